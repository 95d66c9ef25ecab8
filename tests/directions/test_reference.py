"""References: files of counts by class, and RTA with its interval."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from directions.reference import read_counts
from directions.specialisation import RULE, specialisation, standing
from patents.errors import MappingError, UnreadableFileError


@pytest.fixture
def write(tmp_path):
    def writing(text, name="nation.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return writing


def test_counts_by_class_and_year_are_read_with_their_totals(write):
    reference = read_counts(write('IPC小类,年份,专利量\nC25C,2019,"1,200"\nC01F,2019,300\nC25C,2020,100\n'))
    assert reference.title == "nation"
    assert reference.years == {2019, 2020}
    assert reference.total() == 1_600
    assert reference.of(["C25C"]) == 1_300
    assert reference.of(["C25"]) == 1_300
    assert reference.of(["C"]) == 1_600
    assert reference.of(["A01B"]) == 0


def test_a_line_of_totals_holds_what_no_class_does(write):
    reference = read_counts(write("ipc,count\nC25C,10\n总计,1000\n"))
    assert (reference.total(), reference.years) == (1_000, frozenset())


def test_classes_coarser_than_asked_for_tell_nothing(write):
    reference = read_counts(write("ipc,count\nC25C,10\n"))
    assert reference.of(["C25C3/06"]) is None
    assert reference.of([]) is None


def test_a_csv_of_excel_in_gbk_is_read_too(tmp_path):
    path = tmp_path / "nation.csv"
    path.write_bytes("分类号,专利量\nC25C,10\n合计,90\n".encode("gb18030"))
    assert (read_counts(path).of(["C25C"]), read_counts(path).total()) == (10, 90)


def test_a_sheet_reads_as_a_csv_does(tmp_path):
    import xlsxwriter

    path = tmp_path / "nation.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate([("ipc", "year", "count"), ("C25C", 2019, 12), ("C01F", 2020, 8)]):
            sheet.write_row(place, 0, row)
    reference = read_counts(path, title="全国")
    assert (reference.title, reference.total(), reference.years) == ("全国", 20, frozenset({2019, 2020}))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("class,year\nC25C,2019\n", "has no column count; it has class, year"),
        ("ipc,count\nC25C,many\n", "class C25C has no count"),
        ("ipc,count\nC25C,-1\n", "class C25C has no count"),
        ("ipc,count\nC25,10\nC25C,5\n", "class C25 holds class C25C"),
    ],
)
def test_a_wrong_file_is_refused_with_the_place(write, text, complaint):
    with pytest.raises(MappingError) as raised:
        read_counts(write(text))
    assert complaint in raised.value.what


def test_a_file_that_cannot_be_read_is_refused(tmp_path, write):
    with pytest.raises(UnreadableFileError):
        read_counts(tmp_path / "none.xlsx")
    with pytest.raises(UnreadableFileError):
        read_counts(write("no workbook", "nation.xlsx"))


def test_rta_is_the_ratio_of_shares_with_an_exact_interval():
    found = specialisation(30, 100, 100, 1_000)
    assert found is not None
    assert found.value == pytest.approx(3.0)
    exact = binomtest(30, 130).proportion_ci(0.95, method="exact")
    odds = [share / (1 - share) * 1_000 / 100 for share in (exact.low, exact.high)]
    assert [found.low, found.high] == pytest.approx(odds)
    assert odds == pytest.approx([1.9252, 4.5510], abs=1e-3)


def test_nothing_is_said_without_patents_on_both_sides():
    assert specialisation(0, 0, 1, 10) is None
    assert specialisation(1, 10, 0, 0) is None
    assert standing(5, None) == ""


@given(
    st.integers(0, 50), st.integers(1, 500), st.integers(0, 500), st.integers(1, 50_000), st.integers(2, 5)
)
def test_the_standing_never_contradicts_the_interval(local, more, reference, others, times):
    found = specialisation(local, local + more, reference, reference + others)
    assert found is not None
    told = standing(local, found)
    assert found.low <= found.high
    assert (told == "空白") == (local == 0)
    assert told != "强" or found.low > 1
    assert told != "弱" or found.high < 1
    counts = (local, local + more, reference, reference + others)
    wider = specialisation(*(count * times for count in counts))
    assert wider is not None
    assert wider.value == pytest.approx(found.value)
    assert told in RULE.zh


def test_the_frame_of_counts_has_the_documented_columns(write):
    assert read_counts(write("ipc,count\nC25C,10\n")).counts.schema == pl.Schema(
        {"ipc": pl.String, "year": pl.Int32, "count": pl.Int64}
    )
