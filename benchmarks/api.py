"""What a request to the API costs, beside what others would spend on the same answer.

    ./run bench api [--positions N] [--json] [--rounds N] [--seed N] [--folder FOLDER] [--database URL]

Fills a record with made-up debates (`scale/`), or takes the bundled debate alone for 31 positions or fewer, and asks
for positions by their stance: 20 rows with all that belongs to them, and how many there are. All are asked in this
process, without a network, in turns, so that whatever else the machine does meets them alike; every figure is the
median of its rounds.

    bare        a view of the same site that returns a text made beforehand: middleware and addresses alone
    DRF         a list of REST framework's ModelSerializers of the same rows, with what they show fetched beforehand
    Datasette   the same rows and count out of an SQLite file made for it, facets and suggestions switched off
    cold        the API's answer, which nobody has asked for since an edit; the count is kept, of another page size
    changed     the same, and nobody has counted since either: the first request after an edit
    unchanged   the same request again, with the whole answer; and with If-None-Match, which is answered with 304
    first       the first page of all positions, `deep` the last, `cursor` a step of the walk by cursor; cold as above

Milliseconds are of CPU, of this process with all its threads; what PostgreSQL computes is not in it, but in `wall_ms`.
The site is asked through its WSGI application, as gunicorn asks it, Datasette through its ASGI application.

--json prints {"bare_ms", "drf_ms", "datasette_ms", "cold_ms", "unchanged_ms", "queries_cold", "deep_page_ms",
"positions", and "changed_ms", "not_modified_ms", "first_page_ms", "cursor_ms" (null where there is no such walk),
"database", "asked": [{"name", "address", "cpu_ms", "wall_ms", "queries", "bytes"}, ...]} as the last line.
--folder and --database are those of `bench pages`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.pages import record_folder, say
from benchmarks.scale.record import Filling, NotOurs, fill, fill_bundled, set_up

if TYPE_CHECKING:  # both need Django to be set up
    from benchmarks.peers.in_datasette import Peer
    from benchmarks.peers.wsgi import Site

BUNDLED = 31
ROWS = 20
LIST = "/api/v1/positions/"


@dataclass(frozen=True, slots=True)
class Question:
    """`before` is done each time, and not measured; what is asked then may depend on it."""

    name: str
    cost: Callable[[], tuple[float, float]]
    address: str
    before: Callable[[], object] = lambda: None


@dataclass(frozen=True, slots=True)
class Asked:
    name: str
    address: str
    cpu_ms: float
    wall_ms: float
    queries: int | None
    bytes: int


@dataclass(frozen=True, slots=True)
class Figures:
    positions: int
    database: str
    bare_ms: float
    drf_ms: float
    datasette_ms: float
    cold_ms: float
    changed_ms: float
    unchanged_ms: float
    not_modified_ms: float
    first_page_ms: float
    deep_page_ms: float
    cursor_ms: float | None
    queries_cold: int
    asked: list[Asked] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--positions", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=15, help="how often everything is asked")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="leave the record there, and use the one that is")
    parser.add_argument("--database", default="", metavar="URL", help="of an empty PostgreSQL database")
    parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")
    options = parser.parse_args()
    with record_folder(options.folder) as folder:
        set_up(folder, options.database)
        try:
            _fill(folder, options.positions, options.seed)
        except NotOurs as error:
            parser.error(str(error))
        figures = measured(folder, max(1, options.rounds))
    _show(figures)
    if options.json:
        print(json.dumps(asdict(figures)))


def _fill(folder: Path, positions: int, seed: int) -> None:
    if positions <= BUNDLED:
        fill_bundled()
        return
    seconds = fill(folder, Filling(positions, seed, debates=max(2, positions // 200)), say)
    say("kept from an earlier run" if seconds is None else f"filled in {seconds:.0f} s")


def measured(folder: Path, rounds: int) -> Figures:
    from django.conf import settings
    from django.test import override_settings

    from benchmarks.peers.wsgi import HOST, Site

    served = {"ROOT_URLCONF": "benchmarks.peers.plain", "ALLOWED_HOSTS": [HOST], "SECURE_SSL_REDIRECT": False}
    with override_settings(**served), datasette_over(folder) as datasette:
        assert settings.ROOT_URLCONF == "benchmarks.peers.plain"
        site = Site()
        asking = Asking(site, datasette)
        questions = list(asking.questions())
        say("asking")
        _warm(questions)
        costs = _in_turns(questions, rounds)
        asked = [
            Asked(one.name, one.address, _middle(costs[one.name], 0), _middle(costs[one.name], 1), *asking.size(one))
            for one in questions
        ]
        return _figures(asking.positions, asked)


@contextmanager
def datasette_over(folder: Path) -> Iterator[Peer]:
    """Over the record as it is now."""
    from benchmarks.peers import flat
    from benchmarks.peers.in_datasette import Peer

    say("the file for Datasette")
    file = folder / "flat.db"
    file.unlink(missing_ok=True)
    flat.write(file)
    peer = Peer(file)
    try:
        yield peer
    finally:
        peer.close()
        file.unlink()


class Asking:
    """What is asked of whom."""

    def __init__(self, site: Site, datasette: Peer) -> None:
        from positions.models import Position

        self.positions = Position.objects.public().count()
        self._site, self._datasette = site, datasette
        self._stances = stances_of_a_page()
        self._changes = 0

    def questions(self) -> Iterator[Question]:
        narrowed = "&".join(f"stance={stance}" for stance in self._stances)
        cold, last = f"{LIST}?{narrowed}&page_size={ROWS}", max(1, -(-self.positions // ROWS))
        deep, peer = f"{LIST}?page_size={ROWS}&page={last}", self._datasette.address(self._stances)
        yield self._of_site("bare", "/bare/", times=20)
        yield self._of_site("DRF", f"/drf/positions/?{narrowed}")
        yield Question("Datasette", lambda: self._datasette.cost(peer, 3), peer)
        yield self._of_site("cold", cold, before=lambda: self._changed(counted=f"{LIST}?{narrowed}&page_size=1"))
        yield self._of_site("changed", cold, before=self._changed)
        yield self._of_site("unchanged", cold, times=20, before=lambda: self._site.get(cold))
        yield self._not_modified(cold)
        yield self._of_site("first", f"{LIST}?page_size={ROWS}", before=lambda: self._changed(f"{LIST}?page_size=1"))
        yield self._of_site("deep", deep, before=lambda: self._changed(f"{LIST}?page_size=1"))
        if step := self._step():
            yield self._of_site("cursor", step, before=lambda: self._changed(f"{LIST}?page_size=1&cursor=*"))

    def size(self, question: Question) -> tuple[int | None, int]:
        """How many queries it makes, and how long the answer is."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        if question.name == "Datasette":
            return None, len(self._datasette.ask(question.address))
        question.before()
        with CaptureQueriesContext(connection) as queries:
            answer = self._site.get(question.address)
        return len(queries), len(answer.body)

    def _of_site(
        self, name: str, address: str, times: int = 1, before: Callable[[], object] = lambda: None
    ) -> Question:
        return Question(name, lambda: self._site.cost(address, times), address, before)

    def _not_modified(self, address: str) -> Question:
        """Where answers have no tag this asks for the whole again."""

        def cost() -> tuple[float, float]:
            tag = self._site.get(address).headers.get("etag")
            if tag is None:
                return self._site.cost(address, 1)
            return self._site.cost(address, 20, status=304, if_none_match=tag)

        return Question("not modified", cost, address)

    def _step(self) -> str | None:
        """A step within the walk by cursor, where lists can be walked so."""
        from django.conf import settings

        described = self._site.get("/api/v1/schema/", accept="application/vnd.oai.openapi+json").body
        parameters = json.loads(described)["paths"][LIST]["get"]["parameters"]
        if not any(parameter["name"] == "cursor" for parameter in parameters):
            return None
        start = json.loads(self._site.get(f"{LIST}?page_size={ROWS}&cursor=*").body)
        following: str | None = start["next"]
        return following.removeprefix(settings.PUBLIC_URL) if following else None

    def _changed(self, counted: str = "") -> None:
        """After an edit, which nothing kept of the record outlives; `counted` is asked for then."""
        from positions.models import Position
        from record import version
        from speakers.models import Person

        before = version.stamp()
        self._changes += 1
        speaker = Position.objects.public().exclude(person=None).values("person")[:1]
        Person.objects.filter(pk__in=list(speaker.values_list("person", flat=True))).update(
            note_en=f"Edited {self._changes} times."
        )
        if version.stamp() == before:
            raise AssertionError("The record did not notice that it was changed.")
        if counted:
            self._site.get(counted)


def stances_of_a_page() -> list[str]:
    """As few as fill a page."""
    from positions.models import Position, Stance

    chosen: list[str] = []
    for stance in Stance.values:
        chosen.append(stance)
        if Position.objects.public().filter(stance__in=chosen).count() >= ROWS:
            break
    return chosen


def _warm(questions: list[Question]) -> None:
    for question in questions:
        question.before()
        question.cost()


def _in_turns(questions: list[Question], rounds: int) -> dict[str, list[tuple[float, float]]]:
    costs: dict[str, list[tuple[float, float]]] = {question.name: [] for question in questions}
    for _round in range(rounds):
        for question in questions:
            question.before()
            costs[question.name].append(question.cost())
    return costs


def _middle(costs: list[tuple[float, float]], which: int) -> float:
    return round(median(cost[which] for cost in costs), 3)


def _figures(positions: int, asked: list[Asked]) -> Figures:
    from django.db import connection

    by_name = {one.name: one for one in asked}
    cursor = by_name.get("cursor")
    return Figures(
        positions=positions,
        database=connection.vendor,
        bare_ms=by_name["bare"].cpu_ms,
        drf_ms=by_name["DRF"].cpu_ms,
        datasette_ms=by_name["Datasette"].cpu_ms,
        cold_ms=by_name["cold"].cpu_ms,
        changed_ms=by_name["changed"].cpu_ms,
        unchanged_ms=by_name["unchanged"].cpu_ms,
        not_modified_ms=by_name["not modified"].cpu_ms,
        first_page_ms=by_name["first"].cpu_ms,
        deep_page_ms=by_name["deep"].cpu_ms,
        cursor_ms=cursor.cpu_ms if cursor else None,
        queries_cold=by_name["cold"].queries or 0,
        asked=asked,
    )


def _show(figures: Figures) -> None:
    print(f"{figures.positions} positions, {figures.database}")
    print(f"\n{'':14}{'CPU ms':>9}{'wall ms':>9}{'x bare':>8}{'queries':>9}{'bytes':>8}")
    for one in figures.asked:
        ratio = f"{one.cpu_ms / figures.bare_ms:.2f}"
        queries = "" if one.queries is None else one.queries
        print(f"{one.name:14}{one.cpu_ms:>9}{one.wall_ms:>9}{ratio:>8}{queries:>9}{one.bytes:>8}  {one.address[:100]}")
    print(f"\ncold (not asked since an edit, count kept)   {_ratio(figures.drf_ms, figures.cold_ms)} of DRF's")
    print(
        f"                                             {_ratio(figures.datasette_ms, figures.cold_ms)} of Datasette's"
    )
    print(f"unchanged{'':36}{_ratio(figures.bare_ms, figures.unchanged_ms)} of the bare view's")


def _ratio(whole: float, part: float) -> str:
    return f"{part / whole:.2f}"


if __name__ == "__main__":
    main()
