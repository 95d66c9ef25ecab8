"""Studies over HTTP and on the command line, on the small library of this folder."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys

import pytest

from api.studies.industries import StudyRequest, make_studies, read_counting, read_period
from patents.errors import InputError, NotFoundError

pytestmark = pytest.mark.usefixtures("with_chinese_font")

BASE = "/api/directions"


def test_chapters_are_listed_and_each_answers(client):
    names = [one["id"] for one in client.get(f"{BASE}/chapters").json()["chapters"]]
    assert names[:2] == ["overview", "growth"] and "effects" in names
    for name in names:
        answer = client.get(f"{BASE}/chapters/{name}")
        assert answer.status_code == 200, answer.text
        assert answer.json()["count"] == 144


def test_a_chapter_counts_by_the_choices_asked_for(client):
    def years(**params):
        answer = client.get(f"{BASE}/chapters/overview/tables/filings_by_year", params=params).json()
        return {row[0]: row[1] for row in answer["rows"]}

    filed, published = years(), years(count="year_by=publication")
    assert sum(filed.values()) == sum(published.values()) == 144
    assert published[2013] == filed[2012]


def test_a_study_of_one_industry_counts_its_patents_only(client):
    industries = client.get("/api/industries").json()["industries"]
    scheme = "provincial"
    own = max((one for one in industries if one["scheme"] == scheme), key=lambda one: one["count"])
    answer = client.get(f"{BASE}/chapters/growth", params={"industry": own["id"]}).json()
    assert answer["count"] == own["count"] and answer["query"] == f"INDUSTRY={own['name']}"


def test_a_query_narrows_the_study_and_is_printed(client):
    answer = client.get(f"{BASE}/chapters/ipc", params={"where": "IPC=C25C"}).json()
    assert answer["count"] == 36 and answer["query"] == "IPC=C25C"


def test_tables_come_as_csv_and_xlsx(client):
    path = f"{BASE}/chapters/ipc/tables/top_ipc_subclass"
    answer = client.get(path, params={"format": "csv"})
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][0] == "IPC小类" and {row[0] for row in rows[1:]} == {"C25C", "H01M", "E21D", "A61K"}
    xlsx = client.get(path, params={"format": "xlsx"})
    assert xlsx.content[:2] == b"PK" and "top_ipc_subclass.xlsx" in xlsx.headers["content-disposition"]


def test_figures_come_as_options_and_pictures(client):
    path = f"{BASE}/chapters/overview/figures/filings_by_year"
    option = client.get(path).json()
    assert option["table"] == "filings_by_year" and option["option"]["series"]
    assert client.get(path, params={"format": "png"}).content[:4] == b"\x89PNG"
    assert b"<svg" in client.get(path, params={"format": "svg"}).content


def test_a_report_is_sent_as_a_file(client):
    answer = client.get(f"{BASE}/report", params={"chapter": "growth", "format": "html", "title": "测试省"})
    assert answer.status_code == 200 and "测试省" in answer.text and "144件" in answer.text


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("chapters/grwth", 404, "Use growth"),
        ("chapters/growth/tables/plans_multiple", 404, "Use plan_multiples"),
        ("chapters/growth?count=year_by%3Dfoo", 422, "filing | publication | grant"),
        ("chapters/growth?count=nothing", 422, "year_by"),
        ("chapters/growth?period=20", 422, "2011-2020"),
        ("chapters/growth?industry=%E9%87%91", 404, "no industry"),
        ("chapters/growth?where=IPC%3DB66C", 422, "no patents to study"),
    ],
)
def test_what_is_wrong_is_said_with_the_next_step(client, path, status, said):
    answer = client.get(f"{BASE}/{path}")
    assert answer.status_code == status, answer.text
    assert said in answer.json()["error"] + answer.json()["help"]


def test_definitions_are_listed_with_their_sources(client):
    found = client.get(f"{BASE}/definitions").json()["definitions"]
    assert {"grant_rate.cohort", "grant_rate.year"} <= {one["id"] for one in found}
    assert all(one["source"] for one in found)


def test_choices_and_periods_are_read_and_refused():
    assert read_counting(["designs=true", "year_by=grant"]).designs is True
    assert read_period("2011—2020").last == 2020 and read_period("") is None
    with pytest.raises(InputError, match="not a way to count"):
        read_counting(["colour=red"])
    with pytest.raises(InputError, match="not a valid period"):
        read_period("2020-2011")


def test_industries_of_the_scheme_have_parts_and_unknown_ones_are_refused(library_path):
    from api.live.library import open_live

    with open_live(library_path) as live:
        studies = make_studies(live, StudyRequest())
        assert studies.whole.count == 144 and studies.industries
        for part, name in zip(studies.parts, studies.industries, strict=True):
            assert part.period == studies.whole.period and name in part.query
        assert make_studies(live, StudyRequest(industries=())).parts == ()
        with pytest.raises(NotFoundError, match="'没有'"):
            make_studies(live, StudyRequest(industries=("没有",)))


def test_groups_come_from_the_file_of_the_library(library_path):
    from api.live.library import open_live
    from api.studies.industries import groups_of

    path = library_path / "groups.yaml"
    path.write_text("云岭集团: [云岭测试科技有限公司, 测试研究院]\n", encoding="utf-8")
    try:
        with open_live(library_path) as live:
            found = dict(groups_of(live))
            assert found["测试研究院"] == "云岭集团"
            groups = make_studies(live, StudyRequest(industries=())).whole.groups
            assert dict(groups) == found
    finally:
        path.unlink()


def test_patlas_report_writes_the_files_and_says_so(library_path, tmp_path):
    done = subprocess.run(
        [
            *(sys.executable, "-m", "api", "report", "--library", str(library_path), "--out", str(tmp_path)),
            *("--format", "docx,xlsx", "--title", "测试省", "--industry", "none", "--chapter", "growth"),
            *("--count", "multiple=R-1", "--json", "--processes", "1"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["count"] == 144 and answer["industries"] == []
    assert [path.rpartition(".")[2] for path in answer["files"]] == ["docx", "xlsx"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["测试省.docx", "测试省.xlsx"]
