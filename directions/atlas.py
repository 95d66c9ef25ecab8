"""专利导航 atlas: every figure and table of an industry in four folders with an index page.

The folders are the steps of 产业规划类专利导航: where the industry goes, how its patents lie, where the
region stands in it, which ways are open. Source: GB/T 39551.4-2020 专利导航指南 第4部分：产业规划.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from string import Template

from directions.facts import Chapter, Figure, Finding, Step, Table
from directions.figures import draw
from directions.notation import heading, printed_columns, printed_rows
from directions.report.xlsx_writer import write_table
from directions.study import Study
from patents.bilingual import Language, Text

#: Folders in order, one a step.
FOLDERS: dict[Step, Text] = {
    "development": Text("产业发展", "Development"),
    "patents": Text("专利分析", "Patents"),
    "position": Text("产业定位", "Position"),
    "ways": Text("发展路径", "Ways"),
}
_PAGE = Path(__file__).with_name("atlas.html")
_WORDS = {
    "heading": Text("专利导航图册", "Patent navigation atlas"),
    "query": Text("检索式", "Query"),
    "as_of": Text("检索截止日", "As of"),
    "patents": Text("专利", "Patents"),
}
_DATA = Text("数据", "data")
_NO_FIGURE = Text("本目录无图：所需字段缺失。", "No figure: columns are missing.")
_SYNTHETIC = Text("合成数据，仅供演示。", "SYNTHETIC data, for demonstration only.")
#: Of a table without a figure, on the page; its xlsx holds all.
_ROWS_SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Plate:
    """One figure or table of the atlas as it was written.

    Attributes:
        folder: of the four.
        title: as printed.
        picture: file name below the folder; empty for a table without a figure.
        data: file name of the xlsx below the folder.
        notes: printed below.
        lines: heading and first rows of a table without a figure.
    """

    folder: str
    title: str
    picture: str
    data: str
    notes: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...] = ()


def write_atlas(
    study: Study,
    chapters: Sequence[Chapter],
    folder: Path,
    *,
    language: Language = "zh",
    synthetic: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Plate, ...]:
    """Write pictures, their data and an index page.

    Args:
        study: that the chapters are of.
        chapters: any; each goes into the folder of its step.
        folder: made where it is missing; files of the same name are replaced.
        language: of labels and the page.
        synthetic: whether the page says that the patents are made up.
        progress: ``progress(done, total)``.

    Returns:
        What was written, in order of print.

    Raises:
        MissingFontError: the system has no Chinese font.
    """
    plan = [
        (step, number, item)
        for step in FOLDERS
        for number, item in enumerate(
            sorted(
                (item for chapter in chapters if chapter.step == step for item in _items(chapter)),
                key=lambda item: isinstance(item, Table),
            ),
            start=1,
        )
    ]
    plates = []
    for done, (step, number, item) in enumerate(plan):
        if progress is not None:
            progress(done, len(plan))
        plates.append(_write(item, folder, folder_name(step, language), number, language))
    if progress is not None:
        progress(len(plan), len(plan))
    for step in FOLDERS:
        (folder / folder_name(step, language)).mkdir(parents=True, exist_ok=True)
    page = index_page(study, chapters, plates, language=language, synthetic=synthetic)
    (folder / "index.html").write_text(page, encoding="utf-8")
    return tuple(plates)


def folder_name(step: Step, language: Language = "zh") -> str:
    """`1-产业发展`."""
    return f"{list(FOLDERS).index(step) + 1}-{FOLDERS[step].of(language)}"


def _items(chapter: Chapter) -> Iterator[Figure | Table]:
    """Figures, then the tables that no figure draws, without empty ones."""
    drawn = set()
    for figure in chapter.figures:
        drawn.add(figure.table.id)
        if not figure.table.empty:
            yield figure
    for table in chapter.tables:
        if not table.empty and table.id not in drawn:
            yield table
    for inner in chapter.chapters:
        yield from _items(inner)


def _write(item: Figure | Table, folder: Path, name: str, number: int, language: Language) -> Plate:
    home = folder / name
    home.mkdir(parents=True, exist_ok=True)
    stem = f"{number:02d}-{_file_name(item.title.of(language))}"
    picture = ""
    table = item.table if isinstance(item, Figure) else item
    if isinstance(item, Figure):
        picture = f"{stem}.png"
        draw(item, home / picture, language=language)
    figures = (item,) if isinstance(item, Figure) else ()
    write_table(table, home / f"{stem}.xlsx", language=language, figures=figures)
    return Plate(
        folder=name,
        title=item.title.of(language),
        picture=picture,
        data=f"{stem}.xlsx",
        notes=tuple(note.of(language) for note in table.notes),
        lines=() if picture else _lines(table, language),
    )


def _lines(table: Table, language: Language) -> tuple[tuple[str, ...], ...]:
    head = tuple(heading(column, language) for column in printed_columns(table))
    short = replace(table, rows=table.rows.head(_ROWS_SHOWN))
    return (head, *map(tuple, printed_rows(short, language)))


def _file_name(text: str) -> str:
    safe = "".join("_" if sign in '\\/:*?"<>|#%&\n\t ' else sign for sign in text)
    return safe.strip("._")[:60] or "figure"


def index_page(
    study: Study,
    chapters: Sequence[Chapter],
    plates: Sequence[Plate],
    *,
    language: Language = "zh",
    synthetic: bool = False,
) -> str:
    """The page that lists the folders with their pictures and the sentences of their chapters."""
    sections = (_section(step, chapters, plates, language) for step in FOLDERS)
    return Template(_PAGE.read_text(encoding="utf-8")).substitute(
        {name: word.of(language) for name, word in _WORDS.items()},
        language="zh-CN" if language == "zh" else "en",
        title=escape(study.title),
        warning=f'<p class="warning">{_SYNTHETIC.of(language)}</p>' if synthetic else "",
        text=escape(study.query),
        date=f"{study.as_of:%Y-%m-%d}",
        count=Text(f"{study.count}件", f"{study.count:,}").of(language),
        sections="".join(sections),
    )


def _section(step: Step, chapters: Sequence[Chapter], plates: Sequence[Plate], language: Language) -> str:
    name = folder_name(step, language)
    own = [plate for plate in plates if plate.folder == name]
    sentences = [
        finding.text.of(language)
        for chapter in chapters
        if chapter.step == step
        for finding in _findings(chapter)
    ]
    joined = escape(("" if language == "zh" else " ").join(sentences))
    body = "".join(_figure(plate, language) for plate in own) or f"<p>{_NO_FIGURE.of(language)}</p>"
    return f'<section><h2>{escape(name)}</h2><p>{joined}</p><div class="plates">{body}</div></section>\n'


def _findings(chapter: Chapter) -> Iterator[Finding]:
    yield from chapter.findings
    for inner in chapter.chapters:
        yield from _findings(inner)


def _figure(plate: Plate, language: Language) -> str:
    folder = escape(plate.folder)
    image = (
        f'<a href="{folder}/{escape(plate.picture)}"><img alt="{escape(plate.title)}" '
        f'src="{folder}/{escape(plate.picture)}"></a>'
        if plate.picture
        else ""
    )
    data = f'<a href="{folder}/{escape(plate.data)}">{_DATA.of(language)}</a>'
    notes = "".join(f"<small>{escape(note)}</small>" for note in plate.notes)
    table = "".join(
        f"<tr>{''.join(f'<{tag}>{escape(cell)}</{tag}>' for cell in line)}</tr>"
        for tag, line in zip(["th", *["td"] * _ROWS_SHOWN], plate.lines, strict=False)
    )
    image = image or f'<div class="table"><table>{table}</table></div>'
    return f"<figure>{image}<figcaption>{escape(plate.title)} {data}{notes}</figcaption></figure>"
