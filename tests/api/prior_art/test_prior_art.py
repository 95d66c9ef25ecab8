"""Prior art on a small library of invented dryers: what counts by its day, and what it discloses."""

from __future__ import annotations

import csv
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from docx import Document
from starlette.testclient import TestClient
from typer.testing import CliRunner

from api.app import create_app
from api.cli import app
from api.libraries.importing import import_exports
from api.libraries.publishing import build
from api.live.library import open_live
from api.prior_art.book import book_of_prior_art
from api.prior_art.prior_art import prior_art
from api.prior_art.shapes import PriorArtWanted
from api.search.book import book_of_search
from api.search.similar import Wanted, search
from api.selections.filters import Filters
from api.settings import Settings
from documents.book_files import write_book
from patents.drafts import draft_of_text
from patents.errors import InputError, NotFoundError

HEADERS = (
    "publication_number",
    "application_number",
    "grant_number",
    "title",
    "abstract",
    "first_claim",
    "claims",
    "ipc",
    "applicants",
    "patent_type",
    "filing_date",
    "priority_date",
    "publication_date",
    "family_id",
)
BELT = "箱体内设有三层网带，茶叶在网带上摊放。"
DRYER = "箱体顶部装有除湿器，除湿器的出口与风机的进口连接。"
CLAIMS = (
    "1. 一种茶叶烘干机，包括箱体和风机，其特征在于：所述箱体内设有三层网带；箱体顶部装有除湿器；"
    "热风温度为60℃。\n2. 根据权利要求1所述的茶叶烘干机，其特征在于：网带由不锈钢制成。"
)
EARLY, LATE, CUT = "2015-02-01", "2018-09-01", date(2017, 5, 1)


def row(number, title, abstract, published, **values):
    return {
        "publication_number": number,
        "title": title,
        "abstract": abstract,
        "publication_date": published,
        "applicants": "测试茶机厂",
        "ipc": "A23F3/06",
        "patent_type": "发明",
    } | values


ROWS = (
    row("CN100000001A", "一种茶叶网带烘干机", BELT, EARLY, family_id="7", filing_date="2014-01-01"),
    row("CN100000002A", "一种茶叶网带烘干装置", BELT, EARLY, family_id="7"),
    row("CN100000003A", "一种带除湿器的茶叶烘干机", DRYER, EARLY),
    row("CN100000004A", "一种除湿器", DRYER, EARLY, ipc="F24F3/14"),
    row("CN100000005A", "一种茶叶揉捻机", "揉捻桶内设有搓板，搓板随转盘转动。", EARLY),
    row("CN100000006A", "一种茶叶烘干房", "烘干房内设有网带。", "2017-05-01", filing_date="2017-01-01"),
    row("CN100000007A", "一种热风烘干机", BELT, LATE, filing_date="2016-03-01"),
    row("CN100000008A", "一种网带干燥机", BELT, LATE, filing_date="2018-01-01", priority_date="2017-04-30"),
    row("CN100000009A", "一种茶叶提香机", BELT, LATE, application_number="CN201610012345.X"),
    row("CN100000010A", "一种茶叶烘焙机", BELT, LATE, application_number="CN201710012345.5"),
    row("CN100000011A", "一种茶叶理条机", "理条槽往复运动。", ""),
    row("CN100000012B", "一种茶叶干燥塔", DRYER, LATE, grant_number="CN100000012B", filing_date="2015-06-01"),
    row(
        "CN100000013A",
        "一种茶叶烘干机",
        "本发明公开了一种烘干机。",
        LATE,
        claims=CLAIMS,
        filing_date="2017-05-01",
    ),
    row(
        "CN100000014A",
        "一种采茶机",
        "采茶机设有往复割刀。",
        LATE,
        filing_date="2017-02-01",
        priority_date="2016-01-05",
    ),
    row("CN300000015S", "茶叶罐", "茶叶罐的外观。", LATE, patent_type="外观设计", filing_date="2016-01-01"),
)


@pytest.fixture(scope="module")
def tea(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tea")
    with (folder / "茶.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, HEADERS)
        writer.writeheader()
        writer.writerows(ROWS)
    import_exports(folder / "库", [folder / "茶.csv"], as_of=date(2020, 1, 1), publish=False)
    build(folder / "库")
    return folder / "库"


@pytest.fixture(scope="module")
def live(tea):
    with open_live(tea) as snapshot:
        yield snapshot


@pytest.fixture(scope="module")
def service(tea):
    with TestClient(
        create_app(Settings(library=tea, refresh_seconds=0)), headers={"Accept-Language": "en"}
    ) as client:
        yield client


def find(live, query=CLAIMS, filters=None, **wanted):
    return prior_art(live, query, filters or Filters(), PriorArtWanted(**{"before": CUT, **wanted}))


def numbers(hits):
    return {hit.patent.publication_number for hit in hits}


def test_only_what_was_published_before_the_day_counts_and_the_rest_is_counted(live):
    found = find(live)
    assert numbers(found.hits) | {"CN100000002A"} == {f"CN10000000{number}A" for number in range(1, 6)}
    searched = found.searched
    assert (searched.count, searched.undated, searched.later, searched.granted) == (5, 1, 9, 1)
    assert any("1 more invention is known by its grant only" in note for note in found.notes)


def test_a_family_is_one_document_and_its_others_are_named(live):
    hits = find(live).hits
    (belt,) = [hit for hit in hits if hit.family]
    assert {belt.patent.publication_number, *belt.family} == {"CN100000001A", "CN100000002A"}
    assert [hit.label for hit in hits] == ["D1", "D2", "D3", "D4"]


def test_each_element_is_shown_where_it_comes_closest_with_what_is_missing(live):
    found = find(live)
    assert [one.text for one in found.elements] == [
        "一种茶叶烘干机，包括箱体和风机",
        "所述箱体内设有三层网带",
        "箱体顶部装有除湿器",
        "热风温度为60℃",
    ]
    belt = next(hit for hit in found.hits if hit.family)
    element = belt.elements[1]
    assert (element.verdict, element.field, element.missing) == ("相近", "摘要", [])
    assert belt.patent.abstract[element.start : element.stop] == element.text == BELT[:-1]
    assert belt.elements[2].verdict != "相近" and "除湿器" in belt.elements[2].missing
    assert "60℃" in belt.elements[3].missing
    assert belt.close == sum(one.verdict == "相近" for one in belt.elements)


def test_a_dependent_claim_is_looked_for_with_what_it_takes_over(live):
    found = find(live, claim=2)
    assert found.elements[-1].text == "网带由不锈钢制成" and len(found.elements) == 5
    with pytest.raises(InputError, match="no claim 3"):
        find(live, claim=3)


def test_two_documents_disclose_more_together_and_those_of_one_field_go_first(live):
    pairs = find(live, combinations=True).combinations
    labels = {hit.label: hit for hit in find(live).hits}
    best = pairs[0]
    assert {2, 3} <= {*best.by_first, *best.by_second} and best.same_field == "A23F"
    assert {labels[best.first].patent.publication_number, labels[best.second].patent.publication_number} <= {
        "CN100000001A",
        "CN100000002A",
        "CN100000003A",
    }
    assert best.covered == len({*best.by_first, *best.by_second}) == 4 - len(best.open)
    assert find(live).combinations is None


def test_documents_that_a_pair_names_are_shown_even_below_the_k_best(live):
    found = find(live, k=1, combinations=True)
    named = {label for pair in found.combinations for label in (pair.first, pair.second)}
    assert named <= {hit.label for hit in found.hits} and len(found.hits) > 1


def test_conflicting_applications_are_chinese_filed_before_and_published_since(live):
    found = find(live, conflicting=True)
    # Filed the day before by priority, in an earlier year by number, on the day itself and so not before.
    expected = {"CN100000006A", "CN100000007A", "CN100000008A", "CN100000009A", "CN100000014A"}
    assert numbers(found.conflicting) == expected
    searched = found.conflicting_searched
    # Only the year is known and it is that of the day; and a grant whose application came out before.
    assert (searched.count, searched.undated, searched.later) == (5, 2, 1)
    assert [hit.label for hit in found.conflicting] == ["E1", "E2", "E3", "E4", "E5"]


def test_a_patent_of_the_library_brings_its_own_day_and_is_left_out(live):
    found = prior_art(live, "CN100000013A", Filters(), PriorArtWanted())
    assert (found.before, found.before_is) == (date(2017, 5, 1), "申请日")
    assert (found.asked.kind, found.asked.claim) == ("number", 1)
    assert [claim.number for claim in found.asked.claims] == [1, 2]
    assert "CN100000013A" not in numbers(found.hits)
    by_priority = prior_art(live, "CN100000014A", Filters(), PriorArtWanted())
    assert (by_priority.before, by_priority.before_is) == (date(2016, 1, 5), "优先权日")
    assert any("its abstract is compared instead" in note for note in by_priority.notes)
    family = prior_art(live, "CN100000001A", Filters(), PriorArtWanted(before=CUT))
    assert not {"CN100000001A", "CN100000002A"} & numbers(family.hits)


def test_a_patent_without_its_day_needs_one(live):
    with pytest.raises(InputError, match="Neither the filing date nor the priority date") as told:
        prior_art(live, "CN100000003A", Filters(), PriorArtWanted())
    assert "before" in told.value.help
    with pytest.raises(NotFoundError):
        find(live, "CN199999999A")


def test_without_a_cut_off_all_counts_but_conflicts_cannot_be_told(live):
    found = find(live, before=None)
    assert (found.before, found.searched.count) == (None, len(ROWS))
    with pytest.raises(InputError, match="Conflicting applications need a cut-off"):
        find(live, before=None, conflicting=True)


def test_a_cut_off_after_the_data_is_remarked_and_filters_narrow(live):
    late = find(live, before=date(2021, 1, 1), filters=Filters(ipc=("F24F",)))
    assert any("2020-01-01" in note for note in late.notes)
    assert numbers(late.hits) == {"CN100000004A"}


def test_a_text_without_claims_is_compared_sentence_by_sentence(live):
    found = find(live, "茶叶在三层网带上烘干。箱体顶部装有除湿器。")
    assert (found.asked.claim, len(found.elements)) == (None, 2)
    with pytest.raises(InputError, match="has no claims"):
        find(live, "茶叶在三层网带上烘干。", claim=1)
    with pytest.raises(InputError, match="empty"):
        find(live, " ")


def test_a_long_text_is_compared_by_its_first_sixty_pieces(live):
    found = find(live, "".join(f"第{number}层网带由电机带动并装有罩子。" for number in range(70)))
    assert len(found.elements) == 60 and any("70" in note for note in found.notes)


def test_the_command_reads_a_draft_and_says_what_it_found(tea, tmp_path):
    draft = tmp_path / "草稿.txt"
    draft.write_text(f"发明名称：一种茶叶烘干机\n权利要求书\n{CLAIMS}\n", encoding="gb18030")
    command = ["prior-art", str(draft), "--library", str(tea), "--before", "2017年5月1日"]
    done = CliRunner().invoke(app, [*command, "--combinations", "--conflicting", "--claim", "2"])
    assert done.exit_code == 0, done.exception
    for said in (
        "claim 2 of 2 (independent: 1)",
        "5 patents searched",
        "[5] 网带由不锈钢制成",
        "D1",
        "E5",
        "both in A23F",
    ):
        assert said in done.stdout


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["nothing.docx"], "cannot be read"),
        (["茶", "--export", "out.pdf"], "cannot be exported"),
        (["茶", "--before", "2017"], "not a full date"),
    ],
)
def test_the_command_says_what_is_wrong(tea, arguments, error):
    done = CliRunner().invoke(app, ["prior-art", *arguments, "--library", str(tea)])
    assert error in str(done.exception)


def test_the_service_takes_a_text_and_a_file(service):
    body = {"query": CLAIMS, "before": "2017-05-01", "k": 3, "combinations": True}
    answer = service.post("/api/prior-art", json=body).json()
    assert answer["asked"]["kind"] == "text" and len(answer["elements"]) == 4
    draft = {"file": ("草稿.txt", f"权利要求书\n{CLAIMS}".encode())}
    form = {"before": "2017-05-01", "k": "3", "claim": "2", "conflicting": "true", "ipc": "A23F"}
    sent = service.post("/api/prior-art/draft", files=draft, data=form).json()
    assert (sent["asked"]["kind"], sent["asked"]["name"], sent["asked"]["claim"]) == ("draft", "草稿.txt", 2)
    assert sent["searched"]["count"] == 4 and sent["conflicting"]


def test_the_service_refuses_what_it_cannot_do(service):
    scan = service.post("/api/prior-art/draft", files={"file": ("a.doc", b"\xd0\xcf\x11\xe0")})
    assert scan.status_code == 422 and "docx" in scan.json()["help"]
    assert service.post("/api/prior-art", json={"query": "茶", "before": "soon"}).status_code == 422
    assert service.post("/api/prior-art", json={"query": "茶", "k": 1000}).status_code == 422
    assert service.post("/api/prior-art", json={"query": "茶" * 100_001}).status_code == 422


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_the_service_sends_files(service, kind):
    body = {"query": CLAIMS, "before": "2017-05-01"}
    sent = service.post(f"/api/prior-art?export={kind}", json=body)
    assert sent.status_code == 200 and f".{kind}" in sent.headers["content-disposition"]
    if kind == "docx":
        assert Document(BytesIO(sent.content)).tables
    else:
        assert "特征对比表" in openpyxl.load_workbook(BytesIO(sent.content)).sheetnames


def test_a_document_has_cover_hits_and_chart(live, tmp_path):
    found = find(live, combinations=True, conflicting=True)
    write_book(book_of_prior_art(found), tmp_path / "报告.docx")
    document = Document(str(tmp_path / "报告.docx"))
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert headings == ["技术特征", "对比文件", "特征对比表", "两篇结合", "抵触申请", "抵触申请对比表"]
    cover = {row.cells[0].text: row.cells[1].text for row in document.tables[0].rows}
    assert (cover["截止日"], cover["检索的专利数"], cover["数据截至"]) == (
        "2017-05-01（给定）",
        "5",
        "2020-01-01",
    )
    chart = document.tables[3]
    assert len(chart.rows) == 5 and chart.rows[0].cells[2].text.startswith("D1 CN1")
    words = {row.cells[2].text.split()[0] for row in chart.rows[1:]}
    assert words <= {"相近", "部分", "未见"}


def test_a_sheet_has_numbers_as_numbers_and_runs_no_formula(live, tmp_path):
    found = search(live, "=1+1 茶叶 网带", Filters(), Wanted(k=3))
    write_book(book_of_search(live, found), tmp_path / "结果.xlsx")
    book = openpyxl.load_workbook(tmp_path / "结果.xlsx")
    assert book.sheetnames == ["说明", "检索结果"]
    assert (book["说明"]["B2"].value, book["说明"]["B2"].data_type) == ("=1+1 茶叶 网带", "s")
    head = [cell.value for cell in book["检索结果"][1]]
    score = book["检索结果"][2][head.index("语义")]
    assert isinstance(score.value, float) and book["检索结果"].max_row == 4


def test_a_search_is_exported_as_a_document_too(live, tmp_path):
    found = search(live, "CN100000001A", Filters(), Wanted(k=2))
    write_book(book_of_search(live, found), tmp_path / "结果.docx")
    document = Document(str(tmp_path / "结果.docx"))
    assert document.paragraphs[0].text == "相似专利检索结果" and len(document.tables[1].rows) == 3


def test_control_characters_and_many_documents_do_not_break_a_document(live, tmp_path):
    found = find(live, draft_of_text("权利要求书\n1. 一种茶\x0b叶烘干机，其特征在于：设有网带\x1f。"))
    write_book(book_of_prior_art(found), tmp_path / "x.docx")
    assert Document(str(tmp_path / "x.docx")).tables
    with pytest.raises(InputError, match="cannot be exported"):
        write_book(book_of_prior_art(found), tmp_path / "x.csv")
    with pytest.raises(InputError, match="no folder"):
        write_book(book_of_prior_art(found), tmp_path / "none" / "x.xlsx")
