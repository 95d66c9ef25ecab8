"""Themes over HTTP: counted within a Selection, by layer, over time, on the map, one by one."""

from __future__ import annotations

import pytest


def get(client, path, **params):
    answer = client.get(path, params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.fixture(scope="module")
def whole(client):
    return get(client, "/api/themes")


def test_every_patent_is_core_assigned_or_unplaced(whole):
    assert whole["core"] + whole["assigned"] + whole["unplaced"] == whole["count"] == 144
    assert sum(theme["size"] for theme in whole["themes"]) == whole["core"] + whole["assigned"]
    assert sum(theme["core_size"] for theme in whole["themes"]) == whole["core"]
    assert sum(sum(theme["counts_by_year"].values()) for theme in whole["themes"]) == 144 - whole["unplaced"]


def test_themes_are_counted_within_a_selection(client, whole):
    part = get(client, "/api/themes", where="AD=[2012 to 2015]")
    rest = get(client, "/api/themes", where="not AD=[2012 to 2015]")
    assert part["where"] != "*" and 0 < part["count"] < 144
    for figure in ("count", "core", "assigned", "unplaced"):
        assert part[figure] + rest[figure] == whole[figure]
    sizes = {theme["id"]: theme["size"] for theme in whole["themes"]}
    rests = {theme["id"]: theme["size"] for theme in rest["themes"]}
    assert {theme["id"]: theme["size"] + rests[theme["id"]] for theme in part["themes"]} == sizes
    assert all(int(year) <= 2015 for theme in part["themes"] for year in theme["counts_by_year"])


def test_unplaced_patents_can_be_left_out_and_are_counted(client, whole):
    placed = get(client, "/api/themes", placed_only=True)
    assert placed["left_out"] == whole["unplaced"] and placed["unplaced"] == 0
    assert placed["count"] == 144 - whole["unplaced"]
    assert sum(theme["share"] for theme in placed["themes"]) == pytest.approx(1)


def test_the_fields_of_the_query_language_mean_the_same_patents(client, whole):
    theme = whole["themes"][0]
    for field, figure in (("THEME", "size"), ("THEME-CORE", "core_size")):
        for value in (theme["id"], theme["name"]):
            assert (
                get(client, "/api/select", where=f'{field}="{value}"')["selection"]["count"] == theme[figure]
            )
    unplaced = get(client, "/api/select", where="UNPLACED=全库")["selection"]["count"]
    assert unplaced == whole["unplaced"]


def test_an_unknown_theme_in_a_query_is_a_slip_with_the_nearest_named(client, whole):
    answer = client.get("/api/themes", params={"where": "THEME-CORE=T999999"})
    assert answer.status_code == 422 and "T999999" in answer.json()["error"]


def test_industries_are_counted_within_a_selection(client):
    counted = get(client, "/api/industries", where="IPC=C25C")
    assert counted["count"] == 36
    found = {one["id"]: one for one in counted["industries"]}
    assert found["provincial:有色冶金"]["count"] == 36 and found["provincial:有色冶金"]["share"] == 1
    assert "provincial:生物医药" not in found


def test_any_number_of_themes_can_be_asked_for(client, whole):
    coarse = get(client, "/api/themes", layer=2)
    assert len(coarse["themes"]) == 2
    assert sum(theme["size"] for theme in coarse["themes"]) == 144 - whole["unplaced"]
    assert len({theme["name"] for theme in coarse["themes"]}) == 2
    finest = get(client, "/api/themes", layer=500)
    assert len(finest["themes"]) == whole["most"]
    default = get(client, "/api/themes", layer=len(whole["themes"]))
    assert [theme["id"] for theme in default["themes"]] == [theme["id"] for theme in whole["themes"]]


def test_a_layer_that_the_build_did_not_name_is_named_when_asked_for(client, whole):
    between = next(number for number in range(2, whole["most"]) if number not in whole["layers"])
    found = get(client, "/api/themes", layer=between)
    assert len(found["themes"]) == between and all(theme["keywords"] for theme in found["themes"])


def test_the_tree_has_no_single_children_and_adds_up(client, whole):
    tree = get(client, "/api/themes/tree")
    nodes = tree["nodes"]
    for node in nodes:
        assert len(node["children"]) != 1
        assert node["parent"] < node["place"]
        if node["children"]:
            assert sum(nodes[place]["size"] for place in node["children"]) == node["size"]
    assert {node["id"] for node in nodes} - {""} == {theme["id"] for theme in whole["themes"]}
    assert sum(node["size"] for node in nodes if node["parent"] < 0) == 144 - whole["unplaced"]


def test_trends_give_counts_shares_growth_and_mark_incomplete_years(client, whole):
    trends = get(client, "/api/themes/trends")
    years = trends["years"]
    assert years["periods"] == [str(year) for year in range(2012, 2019)]
    assert sum(years["totals"]) == 144
    assert not any(years["incomplete"])
    assert trends["later_span"] == ["2016", "2017", "2018"] and trends["note"] == ""
    sizes = {theme["id"]: theme["size"] for theme in whole["themes"]}
    for theme in trends["themes"]:
        assert sum(theme["counts"]) + theme["unknown"] == sizes[theme["id"]]
        shares = [n / max(total, 1) for n, total in zip(theme["counts"], years["totals"], strict=True)]
        assert theme["shares"] == pytest.approx(shares, abs=1e-5)
        growth = theme["growth"]
        if growth["ratio"] is not None:
            assert growth["low"] <= growth["ratio"] <= growth["high"]
            assert growth["increase"] == pytest.approx(growth["ratio"] - 1, abs=1e-4)
    scores = [theme["emergence"]["score"] for theme in trends["themes"]]
    assert scores == sorted(scores, reverse=True)


def test_trends_end_with_the_year_asked_for(client):
    trends = get(client, "/api/themes/trends", until=2017)
    assert trends["later_span"] == ["2015", "2016", "2017"]
    assert trends["earlier_span"] == ["2012", "2013", "2014"]
    refused = client.get("/api/themes/trends", params={"until": 1800})
    assert refused.status_code == 422 and "No year up to 1800" in refused.text
    assert get(client, "/api/themes/trends", until=2012)["themes"][0]["growth"] is None


def test_a_theme_is_shown_with_evidence_that_holds_its_keywords(client, whole):
    first = whole["themes"][0]
    theme = get(client, f"/api/themes/{first['id']}")
    assert (theme["name"], theme["size"], theme["core_size"]) == (
        first["name"],
        first["size"],
        first["core_size"],
    )
    assert [word["text"] for word in theme["keywords"]] == first["keywords"]
    shown = [word for word in theme["keywords"] if word["evidence"]]
    assert shown and all(word["text"] in word["sentence"] for word in shown)
    record = get(client, f"/api/patents/{shown[0]['evidence']['number']}")["record"]
    assert shown[0]["sentence"] in f"{record['title']}。{record['abstract']}"
    assert {near["id"] for near in theme["neighbours"]} < {each["id"] for each in whole["themes"]}
    assert theme["representatives"][0]["title"] and theme["trend"]["counts"]
    assert get(client, f"/api/themes/{first['name']}")["id"] == first["id"]


def test_an_unknown_theme_is_not_found(client):
    answer = client.get("/api/themes/T999999")
    assert answer.status_code == 404 and "list of themes" in answer.json()["help"]


def test_the_map_has_a_place_for_every_patent_and_labels_for_every_layer(client, whole):
    drawn = get(client, "/api/themes/map")
    columns = [drawn[name] for name in ("x", "y", "theme", "core", "number")]
    assert {len(column) for column in columns} == {144 - drawn["without_place"]}
    assert [theme["id"] for theme in drawn["themes"]] and {len(t["outline"]) for t in drawn["themes"]} == {64}
    assert drawn["theme"].count(-1) == whole["unplaced"] - drawn["without_place"]
    assert sum(drawn["core"]) == whole["core"]
    assert {label["layer"] for label in drawn["labels"]} == set(whole["layers"])
    part = get(client, "/api/themes/map", where="IPC=C25C")
    at = dict(zip(drawn["number"], zip(drawn["x"], drawn["y"], strict=True), strict=True))
    assert part["count"] == 36
    assert all(at[n] == (x, y) for n, x, y in zip(part["number"], part["x"], part["y"], strict=True))


def test_patents_of_a_technology_stand_together_on_the_map(client):
    drawn = get(client, "/api/themes/map")
    own = set(get(client, "/api/themes/map", where="IPC=C25C")["number"])
    points = list(zip(drawn["number"], drawn["x"], drawn["y"], strict=True))
    inside = [(x, y) for number, x, y in points if number in own]
    outside = [(x, y) for number, x, y in points if number not in own]
    middle = [sum(values) / len(values) for values in zip(*inside, strict=True)]

    def away(places):
        return sum((x - middle[0]) ** 2 + (y - middle[1]) ** 2 for x, y in places) / len(places)

    assert away(inside) < 0.2 * away(outside)


def test_themes_of_any_selection_are_found_when_asked_for(client):
    fitted = get(client, "/api/themes/fit", where="IPC=C25C or IPC=E21D", layer=2)
    assert fitted["count"] == 72 and len(fitted["themes"]) == 2 and fitted["note"] == "Found now, not stored"
    assert all(theme["id"] == "" and theme["keywords"] for theme in fitted["themes"])
    for theme, kind in zip(sorted(fitted["themes"], key=lambda each: each["name"]), range(2), strict=True):
        classes = {get(client, f"/api/patents/{n}")["record"]["ipc"][0] for n in theme["representatives"]}
        assert len(classes) == 1, kind
    few = get(client, "/api/themes/fit", where="PN=CN101200000A")
    assert few["themes"] == [] and "ten patents" in few["note"]


def test_the_leading_classes_of_a_scope_are_themed_alone(client):
    leading = get(client, "/api/themes/fit", leading_classes=1)
    assert leading["count"] == 36


def test_new_clusters_are_looked_for_among_the_unplaced(client, whole):
    assert get(client, "/api/themes/new")["count"] == whole["unplaced"]


def test_an_industry_without_themes_says_so(client):
    answer = client.get("/api/themes/map", params={"industry": "wipo:Pharmaceuticals"})
    assert answer.status_code == 404
    assert client.get("/api/themes/tree", params={"industry": "没有"}).status_code == 404


@pytest.mark.parametrize("params", [{"layer": 0}, {"leading_classes": 0}, {"where": "TI=("}])
def test_what_cannot_be_counted_is_refused(client, params):
    assert client.get("/api/themes", params=params).status_code == 422
