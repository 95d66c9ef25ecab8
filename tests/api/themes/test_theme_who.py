"""Who holds themes, over HTTP and on the command line; the figures are those of the columns."""

from __future__ import annotations

import shutil
from collections import Counter

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.live.library import open_live
from api.live.parts import themes_of
from api.studies import holders
from library.folder import Library
from patents.errors import InputError, NotFoundError


@pytest.fixture(scope="module")
def live(library_path):
    with open_live(library_path) as snapshot:
        yield snapshot


def largest(live):
    shown = [theme for theme in themes_of(live).scopes[""].themes if not theme.hidden]
    return max(shown, key=lambda theme: len(rows_of(live, theme)))


def rows_of(live, theme):
    held = live.table.column("theme").to_pylist()
    return [row for row, themes in enumerate(held) if theme.id in (themes or ())]


def test_applicants_of_a_theme_are_counted_from_its_patents(live, client):
    theme = largest(live)
    names = live.table.column("applicants").to_pylist()
    expected = Counter(name for row in rows_of(live, theme) for name in set(names[row] or ()))
    answer = client.get(f"/api/themes/{theme.id}/who").json()
    tables = {table["id"]: table for table in answer["tables"]}
    assert set(tables) == {"top_applicants", "applicant_kinds", "regions_city", "partners"}
    top = tables["top_applicants"]
    places = {column["name"]: place for place, column in enumerate(top["columns"])}
    found = {row[places["applicant"]]: row[places["count"]] for row in top["rows"]}
    assert found and all(expected[name] == count for name, count in found.items())
    assert max(found.values()) == max(expected.values())
    assert answer["title"] == theme.name and answer["count"] == len(rows_of(live, theme))


def test_a_query_narrows_who_is_counted(live, client):
    theme = largest(live)
    years = live.table.column("filing_year").to_pylist()
    late = sum((years[row] or 0) >= 2015 for row in rows_of(live, theme))
    answer = client.get(f"/api/themes/{theme.id}/who", params={"where": "AD=[2015 to 2030]"}).json()
    assert answer["count"] == late


def test_all_themes_of_a_scope_have_their_holders(live, client):
    answer = client.get("/api/themes/who").json()
    holders, open_ones, local = answer["tables"]
    assert holders["id"] == "theme_holders" and open_ones["id"] == "white_space"
    shown = [theme for theme in themes_of(live).scopes[""].themes if not theme.hidden]
    assert len(holders["rows"]) == len(shown)
    assert "home" in local["missing"]


def test_a_home_that_is_set_while_a_library_is_served_fills_the_local_table(library_path, tmp_path):
    library = shutil.copytree(library_path, tmp_path / "library")
    with open_live(library) as live:
        provinces = Counter(filter(None, live.table.column("province").to_pylist()))
    home = provinces.most_common(1)[0][0]
    with open_live(library) as live:
        assert holders.of_scope(live).tables[-1].missing
        with Library.open(library) as opened, opened.lock():
            opened.settings.set("home", home)
        local = holders.of_scope(live).tables[-1]
        assert not local.missing and local.rows["local"].sum() > 0
        assert (local.rows["local"] >= local.rows["local_firms"]).all()


def test_gaps_of_one_applicant(live, client):
    names = Counter(name for names in live.table.column("applicants").to_pylist() for name in names or ())
    name = names.most_common(1)[0][0]
    (table,) = client.get("/api/themes/who", params={"applicant": name}).json()["tables"]
    places = {column["name"]: place for place, column in enumerate(table["columns"])}
    assert sum(row[places["own"]] for row in table["rows"]) > 0
    assert {row[places["gap"]] for row in table["rows"]} <= {"blank", "weak", "held", None}


def test_an_applicant_that_the_library_lacks_is_not_found_and_the_nearest_are_named(live, client):
    name = next(name for names in live.table.column("applicants").to_pylist() for name in names or ())
    refused = client.get("/api/themes/who", params={"applicant": f"{name}二"})
    assert refused.status_code == 404 and name in refused.text


def test_on_the_command_line(live, library_path):
    theme = largest(live)
    told = CliRunner().invoke(app, ["themes", "who", theme.id, "--library", str(library_path)])
    assert told.exit_code == 0 and theme.name in told.stdout and "申请人" in told.stdout
    told = CliRunner().invoke(app, ["themes", "who", "--library", str(library_path)])
    assert told.exit_code == 0 and "主题持有人" in told.stdout
    told = CliRunner().invoke(
        app, ["themes", "who", theme.id, "--applicant", "x", "--library", str(library_path)]
    )
    assert isinstance(told.exception, InputError)


def test_an_unknown_theme_or_an_empty_selection_is_said(live, client):
    with pytest.raises(NotFoundError):
        holders.of_theme(live, "T999999")
    assert client.get("/api/themes/T999999/who").status_code == 404
    empty = client.get(f"/api/themes/{largest(live).id}/who", params={"where": "AD=[1900 to 1901]"})
    assert empty.status_code == 422
