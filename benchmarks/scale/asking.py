"""A process that only searches: opens the index that was built and asks, as a web process does.

python -m benchmarks.scale.asking FOLDER    # questions pickled on standard input, JSON on standard output
"""

from __future__ import annotations

import json
import pickle
import resource
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.scale.questions import Question
from benchmarks.scale.record import set_up
from benchmarks.scale.timing import milliseconds

_WARM_UP = 10
_MEMORY = Path("/proc/self/smaps_rollup")


@dataclass(frozen=True, slots=True)
class Asked:
    """Milliseconds by question, in their order."""

    times: list[float]
    memory_mb: float


def ask_in_a_process_of_its_own(folder: Path, questions: Sequence[Question]) -> Asked:
    command = [sys.executable, "-m", "benchmarks.scale.asking", str(folder)]
    done = subprocess.run(command, input=pickle.dumps(questions), stdout=subprocess.PIPE, check=True)
    return Asked(**json.loads(done.stdout.splitlines()[-1]))


def ask(question: Question) -> None:
    if question.typed:
        complete(question)
    else:
        page(question)


def complete(question: Question) -> None:
    from search.suggest import suggest

    suggest(question.typed, language=question.language)


def page(question: Question) -> None:
    """A page of answers: its hits, the exact count, the facets, and an excerpt of each hit with its words marked, which
    takes one query for their texts.
    """
    from positions.models import Position
    from search.find import find
    from search.marking import excerpt, sought
    from speakers.bilingual import columns

    answer = find(question.filters)
    wanted = sought(answer.reading)
    keys = [hit.key for hit in answer.positions]
    for texts in Position.objects.filter(pk__in=keys).values_list(*columns("summary")):
        for text in texts:
            excerpt(text, wanted)


def main() -> None:
    set_up(Path(sys.argv[1]))
    _load_the_site()
    questions: list[Question] = pickle.load(sys.stdin.buffer)
    for question in questions[:: max(1, len(questions) // _WARM_UP)]:
        ask(question)
    times: list[float] = []
    memory = 0.0
    for number, question in enumerate(questions):
        times.append(milliseconds(partial(ask, question)))
        if number % 25 == 0:
            memory = max(memory, _own_memory())
    print(json.dumps({"times": times, "memory_mb": round(memory, 1)}))


def _load_the_site() -> None:
    """Pages, API and admin, which a web process has in memory too."""
    from django.core.wsgi import get_wsgi_application
    from django.urls import resolve

    get_wsgi_application()
    resolve("/search/")


def _own_memory() -> float:
    """Megabytes that are this process's own, written by it (Anonymous in Linux's smaps_rollup): the mapped files of the
    index are the system's to keep or to let go. Where that is not told, the most that was ever resident.
    """
    if not _MEMORY.exists():
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
    fields: dict[str, Any] = dict(line.split(":", 1) for line in _MEMORY.read_text().splitlines()[1:])
    return float(int(fields["Anonymous"].split()[0]) / 1024)


if __name__ == "__main__":
    main()
