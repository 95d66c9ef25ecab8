"""The vector cache: a text is encoded once for an encoder, whatever happens to the process."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from embed.cache import VectorCache, keys_of
from embed.default import DefaultEncoder
from embed.encoder import Role, Vectors
from tests.damage import damage


class Counting:
    """A real encoder that remembers what it was asked for."""

    def __init__(self, dim: int = 64) -> None:
        self._encoder = DefaultEncoder(dim=dim)
        self.id, self.revision, self.dim = self._encoder.id, self._encoder.revision, dim
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str], *, role: Role = "passage", progress: bool = False) -> Vectors:
        self.asked.extend(texts)
        return self._encoder.encode(texts, role=role, progress=progress)


@pytest.fixture(scope="module")
def model() -> DefaultEncoder:
    return DefaultEncoder(dim=64)


def test_only_new_texts_are_encoded_and_each_once(tmp_path: Path, model: DefaultEncoder) -> None:
    encoder = Counting()
    first = VectorCache(tmp_path).vectors(encoder, ["水泵", "电池", "水泵"])
    assert encoder.asked == ["水泵", "电池"]
    second = VectorCache(tmp_path).vectors(encoder, ["石墨烯", "电池", "水泵"])
    assert encoder.asked == ["水泵", "电池", "石墨烯"]
    np.testing.assert_array_equal(first, model.encode(["水泵", "电池", "水泵"]))
    np.testing.assert_array_equal(second, model.encode(["石墨烯", "电池", "水泵"]))
    assert VectorCache(tmp_path).count(encoder) == 3


def test_another_revision_shares_nothing(tmp_path: Path) -> None:
    encoder, other = Counting(), Counting()
    other.revision = "0" * 12
    VectorCache(tmp_path).vectors(encoder, ["水泵"])
    VectorCache(tmp_path).vectors(other, ["水泵"])
    assert other.asked == ["水泵"]


def test_roles_are_kept_apart(tmp_path: Path) -> None:
    encoder = Counting()
    VectorCache(tmp_path).vectors(encoder, ["水泵"], role="query")
    VectorCache(tmp_path).vectors(encoder, ["水泵"])
    assert encoder.asked == ["水泵", "水泵"]


def test_no_texts_give_no_vectors(tmp_path: Path) -> None:
    assert VectorCache(tmp_path).vectors(Counting(), []).shape == (0, 64)


def test_a_run_killed_between_its_two_files_leaves_no_half_shard(tmp_path: Path) -> None:
    encoder = Counting()
    cache = VectorCache(tmp_path)
    cache.vectors(encoder, ["水泵"])
    folder = next(tmp_path.iterdir())
    (folder / "vectors-000002.bin").write_bytes(bytes(5 * 64 * 4))
    vectors = cache.vectors(encoder, ["水泵", "电池"])
    assert encoder.asked == ["水泵", "电池"]
    np.testing.assert_array_equal(vectors, encoder.encode(["水泵", "电池"]))


def test_many_small_imports_are_merged_into_few_files(tmp_path: Path, model: DefaultEncoder) -> None:
    encoder = Counting()
    texts = [f"第{number}种水泵" for number in range(40)]
    for text in texts:
        VectorCache(tmp_path).vectors(encoder, [text])
    folder = next(tmp_path.iterdir())
    assert len(list(folder.glob("keys-*.bin"))) <= 17
    np.testing.assert_array_equal(VectorCache(tmp_path).vectors(encoder, texts), model.encode(texts))
    assert len(encoder.asked) == 40


def test_keys_tell_texts_apart_and_lone_surrogates_do_no_harm() -> None:
    keys = keys_of(["水泵", "水泵 ", "\ud800", ""], "passage")
    assert len({tuple(key) for key in keys.tolist()}) == 4
    assert keys_of(["水泵"], "query").tolist() != keys[:1].tolist()


TEXTS = [f"第{number}种水泵" for number in range(30)]


@pytest.mark.parametrize("kind", ["flip", "zero", "garbage", "cut"])
@pytest.mark.parametrize("file", ["keys-000001.bin", "vectors-000001.bin"])
def test_damage_to_the_cache_is_encoded_anew_and_never_given(
    tmp_path: Path, model: DefaultEncoder, file: str, kind: str
) -> None:
    right, encoder = model.encode(TEXTS), Counting()
    for number, place in enumerate(np.linspace(0, 0.999, 25).tolist()):
        folder = tmp_path / str(number)
        VectorCache(folder).vectors(encoder, TEXTS)
        before = VectorCache(folder).check()[0]
        assert (before.vectors, before.damaged, before.unreadable) == (30, 0, ())
        damage(next(folder.iterdir()) / file, kind, place, garbage=2_000)
        found = VectorCache(folder).check()[0]
        assert found.damaged or found.unreadable
        encoder.asked.clear()
        np.testing.assert_array_equal(VectorCache(folder).vectors(encoder, TEXTS), right)
        assert len(encoder.asked) == 30 - found.vectors
        VectorCache(folder).drop_damaged()
        after = VectorCache(folder).check()[0]
        assert (after.vectors, after.damaged, after.unreadable) == (30, 0, ())
        encoder.asked.clear()
        np.testing.assert_array_equal(VectorCache(folder).vectors(encoder, TEXTS), right)
        assert not encoder.asked


def test_what_is_damaged_is_not_carried_into_a_merged_file(tmp_path: Path, model: DefaultEncoder) -> None:
    encoder = Counting()
    for text in TEXTS[:16]:
        VectorCache(tmp_path).vectors(encoder, [text])
    folder = next(tmp_path.iterdir())
    damage(folder / "vectors-000003.bin", "flip", 0.5)
    for text in TEXTS[16:20]:
        VectorCache(tmp_path).vectors(encoder, [text])
    assert len(list(folder.glob("keys-*.bin"))) < 16
    assert VectorCache(tmp_path).check()[0].damaged == 1
    np.testing.assert_array_equal(
        VectorCache(tmp_path).vectors(encoder, TEXTS[:20]), model.encode(TEXTS[:20])
    )


def test_what_is_damaged_can_be_dropped_before_it_is_needed(tmp_path: Path) -> None:
    encoder = Counting()
    VectorCache(tmp_path).vectors(encoder, TEXTS)
    damage(next(tmp_path.iterdir()) / "vectors-000001.bin", "flip", 0.5)
    VectorCache(tmp_path).drop_damaged()
    facts = VectorCache(tmp_path).check()[0]
    assert (facts.vectors, facts.damaged) == (29, 0)
    assert VectorCache(tmp_path).count(encoder) == 29
