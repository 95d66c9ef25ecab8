"""One system on one sample, in a process of its own: labels, keywords, seconds, peak memory.

    python benchmarks/themes/systems.py WORK SYSTEM ROWS.npy OUT [--seed 0] [--themes 200]

Runs with Patlas's environment for ``patlas`` and k-means and with one that has the peers
installed for the others (`pip install bertopic top2vec umap-learn leidenalg igraph`). The peers
import nothing of Patlas.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from terms.ngrams import TermCounts

Value = TypeVar("Value")


class Sample:
    """The rows of a sample of the prepared folder."""

    def __init__(self, work: Path, rows: np.ndarray) -> None:
        self.work, self.rows = work, rows
        self.vectors = np.ascontiguousarray(np.load(work / "vectors.npy", mmap_mode="r")[rows])

    def lines(self, name: str) -> list:
        """Values of a JSON-lines file for the rows."""
        wanted = set(self.rows.tolist())
        with (self.work / name).open(encoding="utf-8") as file:
            found = {number: json.loads(line) for number, line in enumerate(file) if number in wanted}
        return [found[row] for row in self.rows.tolist()]

    def terms(self) -> tuple[list[str], sparse.csr_matrix, np.ndarray]:
        """Patlas's terms, their counts for the rows, and which are stop words."""
        terms = json.loads((self.work / "terms.json").read_text(encoding="utf-8"))
        return terms, sparse.load_npz(self.work / "terms.npz")[self.rows], np.load(self.work / "stop.npy")

    def term_lists(self) -> list[list[str]]:
        """Patlas's terms of each patent without stop words: the same tokens for a peer."""
        terms, matrix, stop = self.terms()
        return [
            [
                terms[term]
                for term, count in zip(
                    matrix.indices[begin:end].tolist(), matrix.data[begin:end].tolist(), strict=True
                )
                if not stop[term]
                for _ in range(count)
            ]
            for begin, end in pairwise(matrix.indptr.tolist())
        ]


class Clock:
    """Wall and processor seconds by step, and the highest memory so far."""

    def __init__(self) -> None:
        self.steps: dict[str, dict[str, float]] = {}

    def run(self, name: str, call: Callable[[], Value]) -> Value:
        """Run one step."""
        wall, cpu = time.perf_counter(), time.process_time()
        value = call()
        self.steps[name] = {
            "seconds": round(time.perf_counter() - wall, 2),
            "cpu_seconds": round(time.process_time() - cpu, 2),
            "peak_mib": round(memory_mib("VmHWM")),
        }
        return value


def memory_mib(line: str) -> float:
    """VmRSS, or VmHWM for its peak; that of getrusage begins with the memory of the parent process."""
    status = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(row.split()[1]) / 1024 for row in status if row.startswith(f"{line}:"))


def run_patlas(sample: Sample, clock: Clock, seed: int, themes: int | None) -> dict:
    """Patlas's defaults, from texts and vectors; the seed shuffles the rows, which must change nothing."""
    from terms.corpus import corpus_terms
    from themes.clusters import ThemeSettings
    from themes.fit import fit_themes
    from themes.layers import name_groups
    from themes.names import ThemeTerms

    order = np.random.default_rng(seed).permutation(len(sample.rows))
    keys = [f"{row:09d}" for row in sample.rows[order].tolist()]
    texts = sample.lines("texts.jsonl")
    settings = ThemeSettings(themes=themes)
    # As in a build, terms are counted first.
    counts = clock.run("terms", lambda: corpus_terms([texts[row] for row in order.tolist()]).counts)
    # The first sentence is the title; of the few patents without one, that of the abstract.
    titles = [texts[row].partition("。")[0] for row in order.tolist()]
    # A build reads texts once and has vectors once; the copy in another order is this comparison's own.
    texts.clear()
    vectors = sample.vectors[order]
    sample.vectors = vectors
    model = clock.run("cluster", lambda: fit_themes(vectors, keys, settings=settings))
    core = model.clustering.core_label
    stop = _stop_words(sample, counts)
    found = clock.run(
        "keywords and names",
        lambda: name_groups(ThemeTerms.of(counts, titles, stop=stop), core, model.themes),
    )
    back = np.argsort(order)
    nearest = _nearest(vectors, model.centroids)
    return {
        "core": core[back],
        "assigned": model.clustering.assigned_label[back],
        "all": np.where(core >= 0, core, nearest)[back],
        "keywords": [[keyword.text for keyword in keywords] for _, keywords in found],
    }


def _stop_words(sample: Sample, counts: TermCounts) -> np.ndarray:
    """The stop words that were prepared once for all systems, by the numbers of these terms."""
    terms, _, stop = sample.terms()
    stopped = {term for term, off in zip(terms, stop.tolist(), strict=True) if off}
    return np.array([term in stopped for term in counts.terms], dtype=np.bool_)


def run_kmeans(sample: Sample, clock: Clock, seed: int, themes: int | None) -> dict:
    """Spherical k-means of FAISS at a given number of themes."""
    import faiss

    def cluster() -> np.ndarray:
        means = faiss.Kmeans(sample.vectors.shape[1], themes or 200, niter=20, seed=seed + 1, spherical=True)
        means.train(sample.vectors)
        return means.index.search(sample.vectors, 1)[1].ravel()

    labels = clock.run("cluster", cluster)
    found = clock.run("keywords", lambda: c_tf_idf(sample, labels))
    return {"core": labels, "assigned": labels, "all": labels, "keywords": found}


def run_kmeans_same(sample: Sample, clock: Clock, seed: int, themes: int | None) -> dict:
    """k-means with Patlas's ranking of keywords: what the ranking does without Patlas's themes."""
    from terms.ngrams import TermCounts
    from themes.keywords import theme_keywords

    found = run_kmeans(sample, clock, seed, themes)
    terms, matrix, stop = sample.terms()
    counts, labels = TermCounts(tuple(terms), matrix), found["core"].astype(np.int64)
    listed = theme_keywords(counts, labels, int(labels.max()) + 1, stop=stop)
    return {**found, "keywords": [[keyword.text for keyword in keywords] for keywords in listed]}


def c_tf_idf(sample: Sample, labels: np.ndarray) -> list[list[str]]:
    """BERTopic's default ranking over Patlas's terms."""
    terms, matrix, stop = sample.terms()
    classes = int(labels.max()) + 1
    member = sparse.csr_matrix(
        (np.ones(len(labels)), (labels, np.arange(len(labels)))), shape=(classes, len(labels))
    )
    counts = sparse.csr_matrix(member @ matrix)
    frequency = np.asarray(counts.sum(axis=0)).ravel()
    weight = np.log1p(counts.sum() / classes / np.maximum(frequency, 1))
    weight[stop] = 0
    found = []
    for row in range(classes):
        own = counts[row]
        best = np.argsort(-own.data * weight[own.indices], kind="stable")[:10]
        found.append([terms[own.indices[place]] for place in best])
    return found


def run_leiden(sample: Sample, clock: Clock, seed: int, themes: int | None) -> dict:
    """Leiden on the shared-neighbour graph, its resolution searched for the wanted number of themes."""
    import faiss
    import igraph
    import leidenalg

    def cluster() -> np.ndarray:
        k, count = 30, len(sample.vectors)
        index = faiss.IndexFlatIP(sample.vectors.shape[1])
        index.add(sample.vectors)
        rows = index.search(sample.vectors, k)[1]
        lists = sparse.csr_matrix(
            (np.ones(rows.size), rows.ravel(), np.arange(0, rows.size + 1, k)), shape=(count, count)
        )
        shared = sparse.vstack(
            [
                (lists[at : at + 2048] @ lists.T).multiply(lists[at : at + 2048])
                for at in range(0, count, 2048)
            ]
        )
        shared = sparse.triu(shared.maximum(shared.T), 1).tocoo()
        graph = igraph.Graph(n=count, edges=np.column_stack([shared.row, shared.col]).tolist())
        weights = (shared.data / (2 * k - shared.data)).tolist()
        low, high = 0.1, 400.0
        for _ in range(12):
            middle = (low * high) ** 0.5
            parts = leidenalg.find_partition(
                graph,
                leidenalg.RBConfigurationVertexPartition,
                weights=weights,
                resolution_parameter=middle,
                seed=seed,
                n_iterations=2,
            )
            if abs(len(parts) - (themes or 200)) <= 0.03 * (themes or 200):
                break
            low, high = (middle, high) if len(parts) < (themes or 200) else (low, middle)
        return np.array(parts.membership)

    labels = clock.run("cluster", cluster)
    return {"core": labels, "assigned": labels, "all": labels, "keywords": c_tf_idf(sample, labels)}


def _bertopic(sample: Sample, clock: Clock, documents: list, seed: int, **settings: object) -> dict:
    from bertopic import BERTopic

    # BERTopic's own UMAP has no seed and so runs in parallel; a run differs from the next by itself.
    np.random.seed(seed)  # noqa: NPY002 - UMAP draws from the old global state
    model = BERTopic(**settings)
    labels = np.array(clock.run("fit_transform", lambda: model.fit_transform(documents, sample.vectors))[0])
    topics = range(int(labels.max()) + 1)
    return {
        "core": labels,
        "assigned": labels,
        "all": to_nearest(sample.vectors, labels),
        "keywords": [[word for word, _ in model.get_topic(topic) if word][:10] for topic in topics],
    }


def to_nearest(vectors: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Noise to the nearest centroid."""
    centroids = np.stack([vectors[labels == label].mean(axis=0) for label in range(int(labels.max()) + 1)])
    centroids /= np.linalg.norm(centroids, axis=1, keepdims=True)
    return np.where(labels >= 0, labels, _nearest(vectors, centroids))


def _nearest(vectors: np.ndarray, centroids: np.ndarray) -> np.ndarray:
    """Nearest centroid of each vector, in blocks, so that judging a system adds nothing to its memory."""
    blocks = range(0, len(vectors), 4096)
    return np.concatenate([(vectors[at : at + 4096] @ centroids.T).argmax(axis=1) for at in blocks])


def run_bertopic(sample: Sample, clock: Clock, seed: int, themes: int | None) -> dict:
    """BERTopic's defaults; language multilingual, for the default removes all Chinese characters."""
    return _bertopic(sample, clock, sample.lines("texts.jsonl"), seed, language="multilingual")


def run_bertopic_same(sample: Sample, clock: Clock, seed: int, themes: int | None) -> dict:
    """BERTopic with Patlas's terms as its tokens."""
    from sklearn.feature_extraction.text import CountVectorizer

    documents = ["\x1f".join(terms) for terms in sample.term_lists()]
    vectorizer = CountVectorizer(tokenizer=_by_separator, token_pattern=None, lowercase=False)
    return _bertopic(sample, clock, documents, seed, language="multilingual", vectorizer_model=vectorizer)


def _by_separator(text: str) -> list[str]:
    return [term for term in text.split("\x1f") if term.strip()]


def run_umap_hdbscan(sample: Sample, clock: Clock, seed: int, themes: int | None) -> dict:
    """The clustering steps of BERTopic's defaults alone, in parallel as there."""
    import hdbscan
    from umap import UMAP

    np.random.seed(seed)  # noqa: NPY002
    reducer = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", low_memory=False)
    reduced = clock.run("umap", lambda: reducer.fit_transform(sample.vectors))
    scan = hdbscan.HDBSCAN(
        min_cluster_size=10, metric="euclidean", cluster_selection_method="eom", prediction_data=True
    )
    labels = clock.run("hdbscan", lambda: scan.fit_predict(reduced))
    return {"core": labels, "assigned": labels, "all": to_nearest(sample.vectors, labels), "keywords": []}


def run_top2vec(sample: Sample, clock: Clock, seed: int, themes: int | None) -> dict:
    """Top2Vec on the given vectors: its own steps UMAP, HDBSCAN, topic vectors, words by vectors.

    Words get the mean vector of the patents that hold them, for Top2Vec embeds words with its own
    model, which none of the others may use.
    """
    import hdbscan
    from umap import UMAP

    np.random.seed(seed)  # noqa: NPY002
    reducer = UMAP(n_neighbors=15, n_components=5, metric="cosine")
    reduced = clock.run("umap", lambda: reducer.fit_transform(sample.vectors))
    scan = hdbscan.HDBSCAN(min_cluster_size=15, metric="euclidean", cluster_selection_method="eom")
    dense = clock.run("hdbscan", lambda: scan.fit_predict(reduced))

    def topics() -> tuple[np.ndarray, list[list[str]]]:
        centroids = np.stack(
            [sample.vectors[dense == label].mean(axis=0) for label in range(int(dense.max()) + 1)]
        )
        centroids /= np.linalg.norm(centroids, axis=1, keepdims=True)
        terms, matrix, stop = sample.terms()
        frequent = np.flatnonzero((np.bincount(matrix.indices, minlength=len(terms)) >= 50) & ~stop)
        means = np.asarray((matrix[:, frequent] > 0).T.astype(np.float32) @ sample.vectors)
        means /= np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
        best = np.argsort(-(centroids @ means.T), axis=1)[:, :10]
        words = [[terms[frequent[place]] for place in row] for row in best]
        return _nearest(sample.vectors, centroids), words

    labels, words = clock.run("topics", topics)
    return {"core": dense, "assigned": labels, "all": labels, "keywords": words}


SYSTEMS = {
    "patlas": run_patlas,
    "patlas_fine": run_patlas,  # asked for as many themes as BERTopic found
    "kmeans": run_kmeans,
    "kmeans_same_ranking": run_kmeans_same,
    "leiden": run_leiden,
    "bertopic": run_bertopic,
    "bertopic_same_tokens": run_bertopic_same,
    "umap_hdbscan": run_umap_hdbscan,
    "top2vec_steps": run_top2vec,
}


def main() -> None:
    """Run one system and write what it found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("system", choices=SYSTEMS)
    parser.add_argument("rows", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--themes", type=int)
    parser.add_argument("--memory", type=int, default=20, help="GiB of address space")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (options.memory << 30, options.memory << 30))
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    sample, clock = Sample(options.work, np.load(options.rows)), Clock()
    before = memory_mib("VmRSS")
    found = SYSTEMS[options.system](sample, clock, options.seed, options.themes)
    peak = memory_mib("VmHWM")
    keywords = found.pop("keywords")
    np.savez(options.out.with_suffix(".npz"), **found)
    facts = {
        "steps": clock.steps,
        "peak_mib": round(peak),
        "above_start_mib": round(peak - before),
        "keywords": keywords,
    }
    options.out.with_suffix(".json").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
