"""One HTML file with everything in it: pictures, styles, links from sentences to their numbers."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from html import escape
from pathlib import Path
from string import Template

from directions.notation import NUMERIC, heading, printed_columns, printed_rows
from directions.report.blocks import (
    Block,
    FigureBlock,
    Heading,
    Paragraph,
    Remark,
    TableBlock,
    body_blocks,
    cover_blocks,
)
from directions.report.pictures import Pictures
from directions.report.report import Report
from directions.report.words import word
from patents.bilingual import Language
from patents.errors import InputError

#: `$title`, `$subtitle`, `$contents`, `$cover`, `$body`, `$language`, `$warning` are filled in.
TEMPLATE = Path(__file__).parent / "report.html"


def write_html(report: Report, path: Path, pictures: Pictures, template: Path | None = None) -> None:
    """Write a report.

    Args:
        report: what is printed.
        path: of the file.
        pictures: of the figures.
        template: an HTML file with the same placeholders as report.html.

    Raises:
        InputError: the template has a placeholder that nothing fills.
    """
    language = report.language
    blocks = list(body_blocks(report))
    filled = {
        "language": "zh-CN" if language == "zh" else "en",
        "title": escape(report.title),
        "subtitle": escape(
            f"{word('subtitle', language)} · {word('as_of', language)} {report.study.as_of:%Y-%m-%d}"
        ),
        "warning": escape(word("synthetic", language)) if report.synthetic else "",
        "contents_title": escape(word("contents", language)),
        "contents": "".join(_entries(blocks)),
        "cover": "".join(_table(block, language) for block in cover_blocks(report)),
        "body": "".join(_block(block, language, pictures) for block in blocks),
    }
    source = template or TEMPLATE
    try:
        text = Template(source.read_text(encoding="utf-8")).substitute(filled)
    except (KeyError, ValueError) as error:
        raise InputError(
            "report-placeholder-unknown", path=source, name=error, names=", ".join(filled)
        ) from error
    path.write_text(text, encoding="utf-8")


def _entries(blocks: list[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Heading) and block.level <= 2:
            yield f'<li class="l{block.level}"><a href="#{block.anchor}">{escape(block.text)}</a></li>\n'


def _block(block: Block, language: Language, pictures: Pictures) -> str:
    if isinstance(block, Heading):
        level = block.level + 1
        return f'<h{level} id="{block.anchor}">{escape(block.text)}</h{level}>\n'
    if isinstance(block, Paragraph):
        return f"<p>{'' if language == 'zh' else ' '}{_sentences(block, language)}</p>\n"
    if isinstance(block, Remark):
        return f'<p class="note">{escape(block.text)}</p>\n'
    if isinstance(block, TableBlock):
        return _table(block, language)
    return _figure(block, pictures)


def _sentences(block: Paragraph, language: Language) -> str:
    parts = []
    for run in block.runs:
        if not run.source:
            parts.append(escape(run.text))
            continue
        target = f' href="#{run.anchors[0]}"' if run.anchors else ""
        parts.append(f'<a class="sentence"{target} title="{escape(run.source)}">{escape(run.text)}</a>')
    return ("" if language == "zh" else " ").join(parts)


def _table(block: TableBlock, language: Language) -> str:
    columns = printed_columns(block.table)
    kinds = [' class="n"' if column.kind in NUMERIC else "" for column in columns]
    heads = "".join(
        f"<th{kind}>{escape(heading(column, language))}</th>"
        for kind, column in zip(kinds, columns, strict=True)
    )
    rows = "".join(
        "<tr>"
        + "".join(f"<td{kind}>{escape(text)}</td>" for kind, text in zip(kinds, row, strict=True))
        + "</tr>\n"
        for row in printed_rows(block.table, language)
    )
    below = "".join(f'<p class="note">{escape(text)}</p>' for text in block.below)
    return (
        f'<figure class="table" id="{block.anchor}"><figcaption>{escape(block.caption)}</figcaption>'
        f'<div class="scroll"><table><thead><tr>{heads}</tr></thead><tbody>\n{rows}</tbody></table></div>'
        f"{below}</figure>\n"
    )


def _figure(block: FigureBlock, pictures: Pictures) -> str:
    data = b64encode(pictures.png(block.figure)).decode("ascii")
    caption = escape(block.caption)
    return (
        f'<figure id="{block.anchor}"><img alt="{caption}" src="data:image/png;base64,{data}">'
        f"<figcaption>{caption}</figcaption></figure>\n"
    )
