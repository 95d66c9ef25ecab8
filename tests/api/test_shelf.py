"""Several libraries in one process answer side by side."""

import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.libraries.importing import import_exports
from api.live.parts import encoder_of
from api.live.shelf import Shelf
from api.settings import Settings
from patents.errors import InputError, NotFoundError


@pytest.fixture(scope="module")
def two(library_path, export_file, tmp_path_factory):
    """The built library, and one that holds a patent more."""
    import csv

    folder = tmp_path_factory.mktemp("two")
    other = shutil.copytree(library_path, folder / "另一库")
    with export_file.open(encoding="utf-8-sig", newline="") as file:
        headers, first, *_ = csv.reader(file)
    row = ["CN202010999999.5", "CN115999999A", "一种独有的铝电解槽阴极保温层", *first[3:]]
    with (folder / "more.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headers, row])
    import_exports(other, [folder / "more.csv"])
    return (library_path, other)


@pytest.fixture(scope="module")
def service(two):
    with TestClient(create_app(Settings(library=two)), headers={"Accept-Language": "en"}) as client:
        yield client


def test_each_library_answers_by_its_name_and_the_first_without_one(service):
    def count(**asked):
        answer = service.get("/api/search", params={"q": "铝电解槽阴极保温层", "k": 3, **asked}).json()
        return answer["selection"]["count"], answer["hits"][0]["title"]

    asked = [{}, {"library": "专题库"}, {"library": "另一库"}] * 6
    with ThreadPoolExecutor(6) as threads:
        found = list(threads.map(lambda one: count(**one), asked))
    assert {size for size, _ in found[0::3]} == {size for size, _ in found[1::3]} == {144}
    assert set(found[2::3]) == {(145, "一种独有的铝电解槽阴极保温层")}


def test_the_libraries_are_listed_and_another_is_not_found(service):
    listed = service.get("/api/libraries").json()
    assert [one["name"] for one in listed] == ["专题库", "另一库"]
    refused = service.get("/api/search", params={"q": "膜", "library": "没有"})
    assert refused.status_code == 404 and "专题库" in refused.json()["error"] + refused.json()["help"]


@pytest.mark.parametrize("path", ["/api/select", "/api/query/check", "/api/query/explain"])
def test_a_library_is_named_in_the_address_and_never_in_a_body(service, path):
    query = {"where": "TI=独有"}
    refused = service.post(path, json={**query, "library": "另一库"})
    assert refused.status_code == 422 and "library" in refused.json()["error"]
    by_link = service.get(path, params={**query, "library": "另一库"}).json()
    assert service.post(path, params={"library": "另一库"}, json=query).json() == by_link
    assert service.post("/api/select", params={"library": "另一库"}, json=query).json()["patents"]
    assert not service.post("/api/select", json=query).json()["patents"]


def test_libraries_with_the_same_encoder_share_it(two):
    shelf = Shelf(two)
    try:
        with shelf.library("专题库").current() as one, shelf.library("另一库").current() as other:
            assert one.count == 144 and other.count == 145
            assert encoder_of(one) is encoder_of(other)
    finally:
        shelf.close()


def test_names_must_differ_and_must_be_there(two, library_path):
    with pytest.raises(InputError, match="专题库"):
        Shelf((library_path, library_path))
    with pytest.raises(InputError):
        Shelf(())
    shelf = Shelf(two)
    with pytest.raises(NotFoundError, match="另一库"):
        shelf.library("第三库")
    shelf.close()
