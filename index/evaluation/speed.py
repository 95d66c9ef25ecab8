"""How fast an encoder is and what it takes, measured in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from embed.default import DefaultEncoder
from embed.loader import load_encoder
from index.evaluation.report import Speed
from patents.errors import EncoderError

# Passages are filled up or cut to this length, the median of Chinese abstracts.
_PASSAGE = 250
_QUERY = 60
_QUERIES = 200
_RUNS = 3
_LONGEST_S = 1_800


class _Order(msgspec.Struct, frozen=True):
    encoder: str
    passages: list[str]


def measure_speed(encoder: str, texts: Sequence[str], passages: int = 10_000) -> Speed:
    """Measure an encoder.

    Args:
        encoder: what `load_encoder` takes.
        texts: texts to make passages of 250 characters from, at least one not empty.
        passages: how many; some hundreds do for a transformer on a CPU.

    Raises:
        EncoderError: the process failed.
    """
    order = msgspec.json.encode(_Order(encoder, passages_of(texts, passages)))
    done = subprocess.run(
        [sys.executable, "-m", "index.evaluation.speed"],
        input=order,
        capture_output=True,
        timeout=_LONGEST_S,
        check=False,
    )
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise EncoderError("encoder-speed-not-measured", encoder=encoder, reason=" ".join(last))
    return msgspec.json.decode(done.stdout.splitlines()[-1], type=Speed)


def passages_of(texts: Sequence[str], count: int) -> list[str]:
    """As many distinct stretches of 250 characters, cut one after the other from the texts joined."""
    joined = "".join(texts)
    if not joined:
        raise ValueError("speed needs at least one text")
    repeats = -(-count * _PASSAGE // len(joined))
    joined *= repeats
    return [joined[start : start + _PASSAGE] for start in range(0, count * _PASSAGE, _PASSAGE)]


def _measure(order: _Order) -> Speed:
    start = time.perf_counter()
    encoder = load_encoder(order.encoder)
    load = time.perf_counter() - start
    fastest = min(_timed(lambda: encoder.encode(order.passages)) for _ in range(_RUNS))
    queries = [passage[:_QUERY] for passage in order.passages[:_QUERIES]]
    encoder.encode(queries[:1], role="query")
    each = _timed(lambda: [encoder.encode([query], role="query") for query in queries]) / len(queries)
    return Speed(
        encoder=encoder.id,
        passages_per_second=round(len(order.passages) / fastest, 1),
        query_ms=round(each * 1e3, 3),
        load_s=round(load, 3),
        peak_mb=round(_peak_mb(), 1),
        model_mb=_model_mb(encoder.folder)
        if isinstance(encoder, DefaultEncoder)
        else _named_mb(order.encoder),
        torch="torch" in sys.modules,
    )


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _peak_mb() -> float:
    # Where there is /proc: getrusage would give the peak of the process that started this one.
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 2**10
    try:
        import resource
    except ImportError:  # not on Windows
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def _named_mb(name: str) -> float | None:
    folder = Path(name).expanduser()
    return _model_mb(folder) if folder.is_dir() else None


def _model_mb(folder: Path) -> float:
    return round(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6, 2)


if __name__ == "__main__":
    _answer = _measure(msgspec.json.decode(sys.stdin.buffer.read(), type=_Order))
    sys.stdout.buffer.write(msgspec.json.encode(_answer) + b"\n")
