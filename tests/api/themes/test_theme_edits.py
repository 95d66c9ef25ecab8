"""Users' changes to themes: seen at once, kept over imports and builds, undone."""

from __future__ import annotations

import shutil

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.libraries.publishing import build
from api.settings import Settings


@pytest.fixture
def library(library_path, tmp_path):
    return shutil.copytree(library_path, tmp_path / "copy")


@pytest.fixture
def client(library):
    with TestClient(
        create_app(Settings(library=library, refresh_seconds=3600)), headers={"Accept-Language": "en"}
    ) as client:
        yield client


def themes(client, **params):
    answer = client.get("/api/themes", params=params)
    assert answer.status_code == 200, answer.text
    return {theme["id"]: theme for theme in answer.json()["themes"]}


def change(client, status=200, **asked):
    answer = client.post("/api/themes/edits", json=asked)
    assert answer.status_code == status, answer.text
    return answer.json()


def test_a_new_name_is_seen_at_once_and_outlives_a_build(client, library):
    first = next(iter(themes(client)))
    done = change(client, kind="rename", id=first, name="我的主题", who="李", note="好记")
    assert done["snapshot"] == 2 and done["line"]["in_force"]
    assert themes(client)[first]["name"] == "我的主题"
    assert client.get("/api/select", params={"where": "THEME=我的主题"}).json()["selection"]["count"] > 0
    build(library)
    with TestClient(create_app(Settings(library=library)), headers={"Accept-Language": "en"}) as later:
        assert themes(later)[first]["name"] == "我的主题"
        assert later.get(f"/api/themes/{first}").json()["own_name"] != "我的主题"


def test_undoing_gives_the_own_name_back(client):
    first, theme = next(iter(themes(client).items()))
    change(client, kind="rename", id=first, name="我的主题")
    answer = client.post("/api/themes/edits/undo", json={})
    assert answer.status_code == 200 and answer.json()["line"]["undoes"] == 1
    assert themes(client)[first] == theme
    log = client.get("/api/themes/edits").json()["edits"]
    assert [(line["number"], line["undone"], line["in_force"]) for line in log] == [
        (2, False, False),
        (1, True, False),
    ]
    assert client.post("/api/themes/edits/undo", json={}).status_code == 404


def test_merged_themes_are_one_until_that_is_undone(client, library):
    before = themes(client)
    (one, first), (other, second) = list(before.items())[:2]
    change(client, kind="merge", id=one, ids=[other])
    merged = themes(client)
    assert other not in merged and merged[one]["core_size"] == first["core_size"] + second["core_size"]
    assert merged[one]["size"] >= merged[one]["core_size"]
    build(library)
    client.app.state.shelf.library().refresh()
    assert themes(client) == merged
    assert client.get(f"/api/themes/{other}").status_code == 404
    client.post("/api/themes/edits/undo", json={})
    assert themes(client) == before
    drawn = client.get("/api/themes/map").json()
    assert {theme["id"] for theme in drawn["themes"]} == set(before)


def test_a_split_theme_has_parts_with_ids_that_stay(client, library):
    before = themes(client)
    tree = client.get("/api/themes/tree").json()["nodes"]
    wide = [node["id"] for node in tree if node["id"] and node["children"]]
    if not wide:
        pytest.skip("no theme of this library has more than one leaf")
    done = change(client, kind="split", id=wide[0], parts=2)
    (part,) = done["line"]["ids"]
    after = themes(client)
    assert set(after) == {*before, part} and after[part]["keywords"]
    assert after[part]["size"] + after[wide[0]]["size"] >= 0.8 * before[wide[0]]["size"]
    build(library)
    client.app.state.shelf.library().refresh()
    assert themes(client) == after


def test_a_theme_made_of_terms_holds_the_patents_with_them(client):
    done = change(client, kind="seed", name="凸台结构", words=["凸台"])
    made = done["line"]["id"]
    theme = themes(client)[made]
    holding = client.get("/api/select", params={"where": "TIAB=凸台", "limit": 200}).json()
    assert theme["name"] == "凸台结构" and theme["core_size"] == holding["selection"]["count"]
    after = change(client, kind="seed", name="密封", words=["前胡"])
    assert after["line"]["id"] != made


def test_hidden_themes_are_off_the_lists_and_counted(client):
    first = next(iter(themes(client)))
    change(client, kind="hide", id=first)
    answer = client.get("/api/themes").json()
    assert first not in {theme["id"] for theme in answer["themes"]} and answer["hidden"] == 1
    assert themes(client, hidden=True)[first]["hidden"]
    assert first not in {theme["id"] for theme in client.get("/api/themes/map").json()["themes"]}
    change(client, kind="show", id=first)
    assert first in themes(client)


def test_pinned_keywords_come_first_with_their_counts(client):
    first, theme = next(iter(themes(client).items()))
    change(client, kind="pin", id=first, words=["编号", theme["keywords"][2]])
    shown = client.get(f"/api/themes/{first}").json()["keywords"]
    assert [word["text"] for word in shown[:3]] == ["编号", theme["keywords"][2], theme["keywords"][0]]
    assert shown[0]["pinned"] and shown[0]["patents"] == theme["core_size"]
    change(client, kind="pin", id=first, words=[])
    assert themes(client)[first]["keywords"] == theme["keywords"]


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ({"kind": "rename", "id": "T999999", "name": "x"}, 404, "T999999"),
        ({"kind": "merge", "id": "FIRST", "ids": []}, 422, "nothing to merge"),
        ({"kind": "merge", "id": "FIRST", "ids": ["FIRST"]}, 422, "itself"),
        ({"kind": "rename", "id": "FIRST", "name": "SECOND"}, 422, "called"),
        ({"kind": "rename", "id": "FIRST", "name": "长" * 61}, 422, "the limit is 60"),
        ({"kind": "seed", "name": "", "words": ["甲"]}, 422, "name is empty"),
        ({"kind": "seed", "name": "甲", "words": []}, 422, "no terms"),
        ({"kind": "seed", "name": "甲", "words": ["没有这样的词语"]}, 422, "change nothing"),
        ({"kind": "seed", "name": "甲", "words": ["甲"], "industry": "没有"}, 404, "没有"),
        ({"kind": "paint", "id": "FIRST"}, 422, "kind"),
    ],
)
def test_what_cannot_be_done_changes_nothing(client, asked, status, said):
    first, second = list(themes(client).values())[:2]
    names = {"FIRST": first["id"], "SECOND": second["name"]}
    asked = {
        key: [names.get(v, v) for v in value] if isinstance(value, list) else names.get(value, value)
        for key, value in asked.items()
    }
    answer = client.post("/api/themes/edits", json=asked)
    assert answer.status_code == status and said in answer.json()["error"], answer.text
    assert client.get("/api/themes/edits").json() == {"edits": []}
    assert client.get("/api/health").json()["snapshot"] == 1
