"""地区, by hand: 贵阳 ten patents, 遵义 four, 深圳 one, one unknown."""

from dataclasses import replace

import pytest

from directions.indicators.facts_file import read_facts
from directions.indicators.regions import (
    home_share,
    per_population,
    per_revenue,
    region_table,
    regions_by_year,
)
from patents.errors import MappingError, UnreadableFileError
from tests.directions.hand_made import column, pairs, records, study

FACTS = (
    "地区,年份,常住人口（万人）,营业收入（亿元）\n贵阳,2020,600,2500\n贵阳,2023,640,3000\n遵义市,2021,650,\n"
)


@pytest.fixture
def facts(tmp_path):
    path = tmp_path / "regions.csv"
    path.write_text(FACTS, encoding="utf-8")
    return read_facts(path)


def test_regions_share_the_patents_whose_region_is_known():
    table = region_table(study())
    assert pairs(table, "region", "count") == {"贵阳市": 10, "遵义市": 4, "深圳市": 1}
    assert column(table, "share") == pytest.approx([10 / 15, 4 / 15, 1 / 15])
    assert table.notes[0].zh == "1件专利城市未知，不计入占比。"
    assert pairs(region_table(study(), "province"), "region", "count") == {"贵州省": 14, "广东省": 1}


def test_a_table_may_be_of_one_province_or_city():
    table = region_table(study(), within="贵州省")
    assert column(table, "share") == pytest.approx([10 / 14, 4 / 14])
    assert column(region_table(study(), within="贵州省/遵义市"), "count") == [4]
    assert (table.coverage.known, table.coverage.of) == (14, 14)


def test_the_share_of_home_needs_a_home():
    assert home_share(study()).missing.zh == "未设置本地：请在设置 home 中给出省份，如贵州省"
    assert home_share(replace(study(), home="贵州省")).value == pytest.approx(14 / 15)
    assert home_share(replace(study(), home="贵州省/遵义市")).value == pytest.approx(4 / 15)


def test_counties_stand_with_their_city():
    some = [replace(records()[0], county="花溪区"), replace(records()[4], county="红花岗区")]
    assert set(column(region_table(study(some), "county"), "region")) == {"贵阳市花溪区", "遵义市红花岗区"}


def test_regions_by_year():
    table = regions_by_year(study(), count=1)
    assert column(table, "count") == [1, 1, 2, 0, 2, 3, 1, 0]


def test_inventions_per_inhabitant_take_the_latest_year_not_after_the_study(facts):
    table = per_population(study(), facts, within="贵州省")
    assert pairs(table, "region", "count") == {"贵阳市": 2, "遵义市": 2}  # 2, 14; 5, 8
    assert pairs(table, "region", "value") == pytest.approx({"贵阳市": 2 / 600, "遵义市": 2 / 650})
    assert [note.zh for note in table.notes] == ["常住人口来自regions.csv"]
    assert table.definitions[0].id == "per_population.in_force"


def test_high_value_inventions_per_inhabitant(facts):
    table = per_population(study(), facts, within="贵州省", high_value=True)
    assert pairs(table, "region", "count") == {"贵阳市": 2, "遵义市": 1}


def test_inventions_per_revenue_leave_regions_without_figures_blank(facts):
    table = per_revenue(study(), facts)
    assert pairs(table, "region", "value") == {"贵阳市": 2 / 2500, "遵义市": None, "深圳市": None}
    assert "2个地区缺数" in table.notes[0].zh


def test_too_few_known_states_give_no_density(facts):
    unknown = [replace(one, legal_state="未知", lapse_reason=None) for one in records()[:12]]
    table = per_population(study([*unknown, *records()[12:]]), facts)
    assert table.empty
    assert "需要简单法律状态" in table.missing.zh


def test_no_region_at_all_is_named():
    bare = study([replace(one, province=None, city=None) for one in records()])
    assert region_table(bare).missing.zh == "需要地级市（city）"


def test_figures_come_in_other_units_and_undated_and_from_a_workbook(tmp_path):
    import xlsxwriter

    path = tmp_path / "产业.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(
            [["产业", "就业人员（人）", "营业收入（万元）"], ["电池", 12000, "1,500"]]
        ):
            sheet.write_row(place, 0, row)
    found = read_facts(path)
    assert found.of("电池产业", "employees", 2020) == pytest.approx(1.2)
    assert found.of("电池", "revenue", 2020) == pytest.approx(0.15)
    assert found.of("有色", "revenue", 2020) is None


def test_a_title_above_the_headings_is_no_heading(tmp_path):
    path = tmp_path / "titled.csv"
    path.write_text("各地区人口（万人）\n城市,主营业务收入（亿元）\n贵阳市,25\n", encoding="utf-8")
    assert read_facts(path).of("贵阳市", "revenue", 2020) == 25


def test_a_mean_is_over_the_years_of_the_period(facts):
    assert facts.mean("贵阳市", "population", 2019, 2023) == pytest.approx(620)
    assert facts.mean("贵阳市", "population", 2021, 2022) is None


def test_a_file_in_gb18030_reads_like_one_in_utf_8(tmp_path):
    path = tmp_path / "gbk.csv"
    path.write_bytes(FACTS.encode("gb18030"))
    assert read_facts(path).of("贵阳市", "population", 2020) == 600


def test_a_wrong_file_says_what_is_wrong(tmp_path):
    path = tmp_path / "wrong.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(MappingError, match="no row of headings"):
        read_facts(path)
    path.write_text("地区,人口\n贵阳,640\n", encoding="utf-8")
    with pytest.raises(MappingError, match="'人口' names no unit"):
        read_facts(path)
    path.write_text("地区,人口/万人\n贵阳,很多\n", encoding="utf-8")
    with pytest.raises(MappingError, match="row 2: '很多' is not a number"):
        read_facts(path)
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"no workbook")
    with pytest.raises(UnreadableFileError):
        read_facts(broken)
