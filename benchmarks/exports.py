"""What the open data cost in a record of many positions: time to the first byte, rows a second, and memory.

    ./run bench exports --positions N [--json] [--seed N] [--folder FOLDER] [--without-archive]

Fills a record with made-up debates in English and Korean (`scale/`), then does each of these in a process of its own:

    bare        writes one row a position with csv and values_list, a dozen columns over the same joins: the least that
                could be done
    statements  /api/v1/statements.csv, every column of every position
    filtered    the same with ?stance=opposes
    lines       /api/v1/statements.ndjson
    popolo      the document of people, organizations, memberships and debates
    archive     all of it: the whole record in every format, packed

    first_ms    until the first piece was there
    seconds     until the last was
    cpu_s       what this process computed meanwhile, which a busy machine does not lengthen
    rows        how many positions (objects of Popolo) it had
    rows_per_s  rows a second of computing
    ratio       the same a row, as a multiple of bare
    peak_mb     the most memory that the process ever held, Django and all
    grown_mb    by how much that was more than after Django was there and had asked its first question

--json prints {"positions", "debates", "measured": [{"name" and the above}, ...]} as the last line. With --folder the
record is left in FOLDER and found there by the next run.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.scale.record import Filling, NotOurs, fill, set_up

_BARE = (
    "public_id", "event__date", "event__slug", "event__title_en", "person__slug", "person__name_en",
    "proposition__slug", "wording__text_en", "stance", "kind", "summary_en", "appearance__role",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measured:
    name: str
    first_ms: float
    seconds: float
    cpu_s: float
    rows: int
    rows_per_s: float
    peak_mb: float
    grown_mb: float
    bytes: int
    ratio: float = 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--positions", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="leave the record there, and use the one that is")
    parser.add_argument("--without-archive", action="store_true", help="which takes the longest")
    parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")
    parser.add_argument("--measure", choices=WORK, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(asdict(_measured_here(options.measure, options.folder))))
        return
    filling = Filling(options.positions, options.seed, debates=max(2, options.positions // 200))
    with _folder(options.folder) as folder:
        _fill(folder, filling, parser)
        names = [name for name in WORK if not (options.without_archive and name == "archive")]
        measured = [_measured(name, folder) for name in names]
    bare = measured[0]
    shown = [replace(one, ratio=round(bare.rows_per_s / one.rows_per_s, 2)) for one in measured]
    _show(shown)
    if options.json:
        figures = {
            "positions": filling.positions,
            "debates": filling.debates,
            "measured": [asdict(one) for one in shown],
        }
        print(json.dumps(figures))


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.absolute()
        return
    with TemporaryDirectory(prefix="exports-") as folder:
        yield Path(folder)


def _fill(folder: Path, filling: Filling, parser: argparse.ArgumentParser) -> None:
    set_up(folder)
    try:
        seconds = fill(folder, filling, _say)
    except NotOurs as error:
        parser.error(str(error))
    _say("kept from an earlier run" if seconds is None else f"filled in {seconds:.0f} s")


def _say(step: str) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {step}", file=sys.stderr, flush=True)


def _measured(name: str, folder: Path) -> Measured:
    _say(name)
    command = [sys.executable, "-m", "benchmarks.exports", "--measure", name, "--folder", str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def _measured_here(name: str, folder: Path) -> Measured:
    set_up(folder)
    from positions.models import Position

    rows = Position.objects.public().count()
    list(_served("problems/")(lambda _rows: None))  # what the first request of a process loads is no cost of these
    before, start, computed, first, size = _peak_mb(), time.perf_counter(), time.process_time(), 0.0, 0
    counted: list[int] = []
    for piece in WORK[name](counted.append):
        first = first or time.perf_counter() - start
        size += len(piece)
    seconds, cpu = time.perf_counter() - start, time.process_time() - computed
    rows = counted[0] if counted else rows
    peak = _peak_mb()
    return Measured(
        name, round(first * 1000, 1), round(seconds, 2), round(cpu, 2), rows, round(rows / cpu), round(peak, 1),
        round(peak - before, 1), size,
    )  # fmt: skip


def _peak_mb() -> float:
    """From the kernel where it tells: what getrusage says of a child begins with what its parent held."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(next(line for line in status.read_text().splitlines() if "VmHWM" in line).split()[1]) / 1024
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kilobytes / 1024 / (1024 if sys.platform == "darwin" else 1)


type Counted = Callable[[int], object]


def _bare(_counted: Counted) -> Iterator[bytes]:
    from positions.models import Position

    buffer = StringIO()
    writer = csv.writer(buffer)
    for row in Position.objects.public().in_time_order().values_list(*_BARE).iterator(chunk_size=1_000):
        writer.writerow(row)
        if buffer.tell() > 32_768:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def _served(address: str) -> Callable[[Counted], Iterable[bytes]]:
    def work(counted: Counted) -> Iterator[bytes]:
        from django.test import Client, override_settings

        with override_settings(ALLOWED_HOSTS=["testserver"], SECURE_SSL_REDIRECT=False):
            lines = 0
            for piece in Client().get(f"/api/v1/{address}"):
                lines += piece.count(b"CC-BY-4.0")
                yield piece
        counted(lines)

    return work


def _popolo(counted: Counted) -> Iterator[bytes]:
    from exchange import popolo

    return popolo.written(counted)


def _archive(_counted: Counted) -> Iterator[bytes]:
    from api.exports import store

    with TemporaryDirectory(prefix="archive-") as folder:
        made = store.make(Path(folder))
        with (Path(folder) / made.file_name).open("rb") as file:
            while piece := file.read(1_000_000):
                yield piece


WORK: dict[str, Callable[[Counted], Iterable[bytes]]] = {
    "bare": _bare,
    "statements": _served("statements.csv"),
    "filtered": _served("statements.csv?stance=opposes"),
    "lines": _served("statements.ndjson"),
    "popolo": _popolo,
    "archive": _archive,
}


def _show(measured: list[Measured]) -> None:
    columns = ("name", "first_ms", "seconds", "cpu_s", "rows", "rows_per_s", "ratio", "peak_mb", "grown_mb", "bytes")
    print("".join(f"{column:>12}" for column in columns))
    for one in measured:
        print("".join(f"{getattr(one, column):>12}" for column in columns))


if __name__ == "__main__":
    main()
