"""Small corpora for the tests: records in, a Corpus out."""

from __future__ import annotations

from datetime import date

from library.columns import table_of
from patents.merge import record_key
from patents.record import Citation, LegalEvent, PatentRecord
from selection.evaluation import Corpus


def corpus_of(records, **options):
    """A corpus and its records in the order of its rows."""
    ordered = sorted(records, key=record_key)
    return Corpus(table_of(ordered), **options), ordered


def numbered(records):
    """Records with made-up application numbers, so that each is a patent of its own."""
    return [
        PatentRecord(application_number=f"CN2015100{number:05d}", **fields)
        for number, fields in enumerate(records)
    ]


LIBRARY = (
    PatentRecord(
        application_number="CN201510000001.0",
        publication_number="CN104000001A",
        grant_number="CN104000001B",
        kind_code="B",
        patent_type="发明",
        title="石墨烯导热膜及其制备方法",
        abstract="本发明公开了一种石墨烯导热膜。将氧化石墨烯涂布后还原，导热系数高于 1200 W/mK；成本低。",
        first_claim="1.一种石墨烯导热膜的制备方法，其特征在于，还原温度为 2800℃。",
        ipc_main="C01B32/184",
        ipc=("C01B32/184", "H01M4/62"),
        applicants=("兰州大学", "西北矿冶研究院"),
        inventors=("王小明", "李强"),
        filing_date=date(2015, 1, 4),
        publication_date=date(2015, 6, 10),
        grant_date=date(2017, 3, 1),
        address="甘肃省兰州市城关区天水南路222号",
        legal_state="有效",
        legal_text="授权",
        events=(LegalEvent(kind="转让", date=date(2018, 5, 2)),),
        cites=(Citation(number="CN101850473B"),),
        priority_numbers=("US62/000001",),
        keywords=("石墨烯", "散热"),
    ),
    PatentRecord(
        application_number="CN201620000002.5",
        publication_number="CN205000002U",
        kind_code="U",
        patent_type="实用新型",
        title="一种LED灯散热装置",
        abstract="本实用新型涉及一种LED灯散热装置，包括灯座和散热片，灯座与散热片之间设有石墨垫。",
        ipc_main="F21V29/70",
        ipc=("F21V29/70",),
        applicants=("甘肃光明照明有限公司",),
        inventors=("赵刚",),
        filing_date=date(2016, 3, 9),
        publication_date=date(2016, 9, 21),
        address="甘肃省天水市秦州区",
        legal_state="失效",
        legal_text="未缴年费专利权终止",
        lapse_reason="未缴年费",
    ),
    PatentRecord(
        application_number="CN201810000003.3",
        publication_number="CN108000003A",
        kind_code="A",
        patent_type="发明",
        title="锂离子电池正极材料",
        abstract="一种锂离子电池正极材料，电池容量高，电池寿命长。电池安全。",
        title_en="Positive electrode material for lithium ion battery",
        abstract_en="The material improves the battery. A computer controls computing.",
        ipc_main="H01M4/525",
        ipc=("H01M4/525", "H01M10/0525"),
        applicants=("清华大学",),
        inventors=("王小明",),
        filing_date=date(2018, 1, 2),
        publication_date=date(2018, 7, 3),
        address="北京市海淀区清华园1号",
        legal_state="审中",
        legal_text="实质审查的生效",
        claim_count=9,
    ),
    PatentRecord(
        publication_number="CN85108154A",
        kind_code="A",
        title="电解铝槽",
        abstract="",
        ipc_main="C25C3/08",
        ipc=("C25C3/08",),
        publication_date=date(1986, 10, 1),
    ),
)
