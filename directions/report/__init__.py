"""Reports: studies and their chapters → docx, xlsx, html, pptx. No indicator imports this.

>>> from directions.report import Report, write_report
"""

from directions.report.report import Part, Report, make_report
from directions.report.writing import FORMATS, write_report

__all__ = ["FORMATS", "Part", "Report", "make_report", "write_report"]
