"""The hits of a search as a book of tables: what an export says, whatever kind of file it becomes."""

from __future__ import annotations

from datetime import date

from api.live.snapshot import LiveSnapshot
from api.search.shapes import ScoreScaleFacts, SearchAnswer, SimilarPatent
from documents.book import Book, BookColumn, BookTable, Value

# Of a long query the cover shows so many characters.
_SHOWN = 600


def book_of_search(live: LiveSnapshot, found: SearchAnswer) -> Book:
    """The hits of a search for similar patents."""
    kinds = {"text": "文本", "number": "专利号", "patents": "多件专利"}
    modes = {"hybrid": "语义与词面", "dense": "语义", "lexical": "词面"}
    cover = [
        ("检索内容", shortened(found.query)),
        ("检索方式", f"{kinds[found.kind]}；按{modes[found.mode]}排序"),
        ("检索范围", scope_words(found.selection.text)),
        ("检索的专利数", str(found.selection.count)),
        *library_lines(
            live.library.settings["name"] or live.library.path.name, live.as_of, found.selection.snapshot
        ),
        ("得分", score_words(found.score_scale)),
        *(("提示", note) for note in found.notes),
    ]
    rows = [[str(hit.rank), *patent_cells(hit), "；".join(hit.same_technology)] for hit in found.hits]
    columns = [BookColumn(head="序号", width=3), *PATENT_COLUMNS, BookColumn(head="同一技术另有", width=12)]
    return Book(
        title="相似专利检索结果",
        cover=cover,
        tables=[BookTable(name="检索结果", columns=columns, rows=rows, fixed=2)],
    )


#: What is printed of every patent.
PATENT_COLUMNS = (
    BookColumn(head="公开(公告)号", width=8.5),
    BookColumn(head="标题", width=16),
    BookColumn(head="申请人", width=11),
    BookColumn(head="申请日", width=6),
    BookColumn(head="公开日", width=6),
    BookColumn(head="主分类号", width=7),
    BookColumn(head="法律状态", width=4),
    BookColumn(head="得分", width=4),
    BookColumn(head="语义", width=4),
    BookColumn(head="词面", width=4),
)


def patent_cells(hit: SimilarPatent) -> list[Value]:
    """The cells of `PATENT_COLUMNS`."""
    return [
        hit.publication_number or hit.application_number or "",
        hit.title,
        "；".join(hit.applicants),
        day_text(hit.filing_date),
        day_text(hit.publication_date),
        hit.ipc_main or "",
        hit.legal_state,
        round(hit.score),
        round(hit.dense, 3),
        round(hit.lexical, 1),
    ]


def library_lines(name: str, as_of: date | None, snapshot: int) -> list[tuple[str, str]]:
    """The lines of a cover that name the library."""
    return [("专题库", f"{name}（快照 {snapshot}）"), ("数据截至", day_text(as_of) or "未知")]


def score_words(facts: ScoreScaleFacts) -> str:
    """What a cover says of the scores."""
    if not facts.floor:
        return f"0～100：语义与词面接近程度的较高者；库中文本仅 {facts.own_texts} 段，不足以标定下限。"
    return (
        f"0～100，各次检索可比：以 {facts.chance_texts} 段随机词语和本库 {facts.own_texts} 段自有文本（标题、"
        "语句、摘要）各自的首位结果为参照，为两类参照中不及该专利接近者所占百分比的平均；50 左右即超出偶然，"
        f"75 为自有文本的中位。低于 {facts.floor:.0f} 分不视为接近：自有文本 {facts.own_above:.1%} 在其上，"
        f"随机词语 {facts.chance_below:.1%} 在其下。"
    )


def scope_words(text: str) -> str:
    """A 检索式 as a cover prints it."""
    return "全库" if text == "*" else text


def shortened(text: str) -> str:
    """A long text cut, with its length."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}……（共 {len(text)} 个字符）"


def day_text(day: date | None) -> str:
    """A day as ISO 8601; empty when it is not known."""
    return day.isoformat() if day else ""
