"""What the pages cost in a record of many positions, beside a page that shows nothing of it.

    ./run bench pages --positions N --debates N [--json] [--seed N] [--folder FOLDER] [--database URL] [--only WORD]

Fills a record with made-up debates in English and Korean (`scale/`): a few of thousands of positions, many of a few
dozen. Then asks for each page through Django, in this process and warm: the first and the last page of every list, and
of every kind of record the one in the middle and the one with most to show. The bare page goes through the same
middleware and renders a template of two lines, before and after all others.

    cpu_ms      what this process computed for one answer; the median of several
    worst_ms    the most it computed for any of them
    wall_ms     how long an answer took; the median. With PostgreSQL, whose work is in no process of ours, this is the
                one to look at, on a machine that has nothing else to do
    ratio       cpu_ms, as a multiple of the bare page's
    queries     to the database
    gzip_bytes  of the answer, compressed

--json prints {"positions", "debates", "database", "bare_ms", "pages": [{"name", "address" and the above}, ...]} as
the last line. With --folder the record is left in FOLDER and found there by the next run. With --database (as
DATABASE_URL is written) it is filled into that database, which has to be empty, and FOLDER remembers that it was.
--only asks for the pages with WORD in their name.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.scale.record import Filling, NotOurs, fill, set_up

BARE = "/bare/"
SECONDS_A_PAGE = 2.0
FEWEST, MOST = 5, 25  # times that a page is asked for
BARE_TIMES = 50


@dataclass(frozen=True, slots=True)
class Cost:
    cpu_ms: float
    worst_ms: float
    wall_ms: float


@dataclass(frozen=True, slots=True)
class Measured:
    name: str
    address: str
    cpu_ms: float
    worst_ms: float
    wall_ms: float
    ratio: float
    queries: int
    gzip_bytes: int


@dataclass(frozen=True, slots=True)
class Figures:
    positions: int
    debates: int
    database: str
    bare_ms: float
    pages: list[Measured]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--positions", type=int, default=200_000)
    parser.add_argument("--debates", type=int, default=0, help="one for each 200 positions unless given")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="leave the record there, and use the one that is")
    parser.add_argument("--database", default="", metavar="URL", help="of an empty PostgreSQL database")
    parser.add_argument("--only", default="", metavar="WORD", help="the pages with WORD in their name")
    parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")
    options = parser.parse_args()
    filling = Filling(options.positions, options.seed, debates=options.debates or max(2, options.positions // 200))
    with record_folder(options.folder) as folder:
        set_up(folder, options.database)
        try:
            seconds = fill(folder, filling, say)
        except NotOurs as error:
            parser.error(str(error))
        say("kept from an earlier run" if seconds is None else f"filled in {seconds:.0f} s")
        figures = measured(filling, options.only)
    _show(figures)
    if options.json:
        print(json.dumps(asdict(figures)))


@contextmanager
def record_folder(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.absolute()
        return
    with TemporaryDirectory(prefix="pages-") as folder:
        yield Path(folder)


def say(step: str) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {step}", file=sys.stderr, flush=True)


def measured(filling: Filling, only: str = "") -> Figures:
    from django.db import connection
    from django.test import Client, override_settings

    served = {"ROOT_URLCONF": "benchmarks.scale.bare", "ALLOWED_HOSTS": ["testserver"], "SECURE_SSL_REDIRECT": False}
    with override_settings(**served):
        client = Client(headers={"accept-encoding": "identity"})
        say("pages")
        before = _cost(client, BARE, BARE_TIMES)
        costs = [(name, address, _cost(client, address)) for name, address in addresses() if only in name]
        bare = (before.cpu_ms + _cost(client, BARE, BARE_TIMES).cpu_ms) / 2
        pages = [
            Measured(name, address, **asdict(cost), ratio=round(cost.cpu_ms / bare, 1), **_size(client, address))
            for name, address, cost in costs
        ]
    return Figures(filling.positions, len(filling.sizes), connection.vendor, round(bare, 2), pages)


def addresses() -> Iterator[tuple[str, str]]:
    """The name of each page and its address."""
    yield "home", _at("home")
    yield from _lists()
    yield from _records()
    yield from _of_debates()
    yield from _narrowed()
    yield from _between_people()
    yield from _for_programs()


def _lists() -> Iterator[tuple[str, str]]:
    """First and last pages, in Korean too where the order is that of a language."""
    from debate.models import Event, Source
    from positions.models import Position, Proposition
    from speakers.models import Organization, Person

    lists: dict[str, Any] = {
        "debates": Event,
        "speakers": Person,
        "organizations": Organization,
        "propositions": Proposition,
        "positions": Position,
        "sources": Source,
    }
    for name, model in lists.items():
        last = _last_page(model.objects.public().count())
        yield f"{name}, first page", _at(name)
        yield f"{name}, middle page", f"{_at(name)}?page={last // 2 or 1}"
        yield f"{name}, last page", f"{_at(name)}?page={last}"
    yield "speakers, first page, Korean", f"/ko{_at('speakers')}"
    yield "topics, first page", _at("topics")


def _records() -> Iterator[tuple[str, str]]:
    from benchmarks.scale import heaviest
    from debate.models import Source
    from positions.models import Evidence, Position

    kinds = {
        "debate": heaviest.events(),
        "speaker": heaviest.people(),
        "organization": heaviest.organizations(),
        "proposition": heaviest.propositions(),
        "topic": heaviest.topics(),
        "source": heaviest.sources(),
    }
    for name, ends in kinds.items():
        yield f"{name}, typical", ends.typical.get_absolute_url()
        yield f"{name}, heaviest", ends.heaviest.get_absolute_url()
    source: Source = kinds["source"].heaviest
    yield "source, heaviest, in time", f"{source.get_absolute_url()}?by=time"
    last = _last_page(Evidence.objects.filter(is_public=True, source=source).values("position").distinct().count())
    yield "source, heaviest, last page in time", f"{source.get_absolute_url()}?by=time&page={last}"
    yield "position", Position.objects.public().latest("pk").get_absolute_url()


def _of_debates() -> Iterator[tuple[str, str]]:
    from benchmarks.scale import heaviest

    ends = heaviest.events()
    for end, event in (("typical", ends.typical), ("heaviest", ends.heaviest)):
        for route in ("debate-programme", "debate-matrix", "debate-agreement"):
            yield f"{route.replace('-', ', ')}, {end}", _at(route, event.slug)
    narrowed = f"{_at('debate-matrix', ends.heaviest.slug)}?topic={_topic_in(ends)}"
    yield "debate, matrix, heaviest, of one topic", narrowed


def _topic_in(ends: Any) -> str:
    from positions.models import Position, Topic

    positions = Position.objects.public().filter(event=ends.heaviest)
    return str(Topic.objects.of_positions(positions).for_list()[0].slug)


def _between_people() -> Iterator[tuple[str, str]]:
    """All agreement, and the busiest compared."""
    from benchmarks.scale import heaviest
    from positions.matrix import busiest_speakers
    from positions.models import Position
    from speakers.models import Person

    yield "agreement, all", _at("agreement")
    yield "agreement, of one topic", f"{_at('agreement')}?topic={heaviest.topics().heaviest.slug}"
    people = Person.objects.in_bulk([speaker.person for speaker in busiest_speakers(Position.objects.public(), 6)])
    yield "compare, six busiest", f"{_at('compare')}?{'&'.join(f'speaker={person.slug}' for person in people.values())}"
    yield "compare, nobody yet", _at("compare")


def _for_programs() -> Iterator[tuple[str, str]]:
    yield "feed of positions", _at("positions-feed")
    yield "feed of debates", _at("debates-feed")
    yield "sitemap", "/sitemap.xml"
    yield "sitemap, positions", "/sitemap-positions-1.xml"
    yield "API, positions, first page", "/api/v1/positions/"
    yield "API, positions, last page", f"/api/v1/positions/?page={_last_page(_positions(), 20)}"


def _positions() -> int:
    from positions.models import Position

    return int(Position.objects.public().count())


def _narrowed() -> Iterator[tuple[str, str]]:
    """The list of positions by one filter each: few, and as many as there are."""
    from benchmarks.scale import heaviest

    yield "positions, oldest first", f"{_at('positions')}?sort=oldest"
    yield "positions, by stance", f"{_at('positions')}?stance=opposes"
    yield "positions, by kind and role", f"{_at('positions')}?kind=concern&role=witness"
    yield "positions, by language", f"{_at('positions')}?language=ko"
    yield "positions, by days", f"{_at('positions')}?from=2010&to=2012"
    yield "positions, by days or undated", f"{_at('positions')}?from=2010&undated=include"
    kinds = {
        "speaker": heaviest.people(),
        "organization": heaviest.organizations(),
        "topic": heaviest.topics(),
        "proposition": heaviest.propositions(),
        "debate": heaviest.events(),
    }
    for name, ends in kinds.items():
        yield f"positions, by {name}, typical", f"{_at('positions')}?{name}={ends.typical.slug}"
        yield f"positions, by {name}, heaviest", f"{_at('positions')}?{name}={ends.heaviest.slug}"
    topic, organization = kinds["topic"].heaviest.slug, kinds["organization"].heaviest.slug
    yield (
        "positions, by topic, stance and organization",
        (f"{_at('positions')}?topic={topic}&stance=supports&organization={organization}"),
    )


def _at(route: str, *address: str) -> str:
    from django.urls import reverse

    return reverse(f"pages:{route}", args=address)


def _last_page(records: int, size: int = 0) -> int:
    from pages.paging import PAGE_SIZE

    return max(1, -(-records // (size or PAGE_SIZE)))


def _cost(client: Any, address: str, most: int = MOST) -> Cost:
    """After it was asked for once."""
    _get(client, address)
    until = time.monotonic() + SECONDS_A_PAGE
    computed: list[float] = []
    took: list[float] = []
    while len(computed) < most and (len(computed) < FEWEST or time.monotonic() < until):
        cpu, wall = time.process_time(), time.perf_counter()
        _get(client, address)
        computed.append((time.process_time() - cpu) * 1000)
        took.append((time.perf_counter() - wall) * 1000)
    return Cost(round(median(computed), 2), round(max(computed), 2), round(median(took), 2))


def _size(client: Any, address: str) -> dict[str, int]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        content = _get(client, address)
    return {"queries": len(queries), "gzip_bytes": len(gzip.compress(content, 6))}


def _get(client: Any, address: str) -> bytes:
    answer = client.get(address)
    content = answer.getvalue() if answer.streaming else answer.content
    if answer.status_code != 200:
        raise AssertionError(f"{address} answered {answer.status_code}")
    return bytes(content)


def _show(figures: Figures) -> None:
    print(f"{figures.positions} positions, {figures.debates} debates, {figures.database}")
    print(f"\n{'':46}{'CPU ms':>9}{'worst':>9}{'wall ms':>9}{'ratio':>8}{'queries':>9}{'gzip':>8}")
    print(f"{'bare page':46}{figures.bare_ms:>9}")
    for page in figures.pages:
        print(
            f"{page.name:46}{page.cpu_ms:>9}{page.worst_ms:>9}{page.wall_ms:>9}{page.ratio:>8}{page.queries:>9}"
            f"{page.gzip_bytes:>8}"
        )


if __name__ == "__main__":
    main()
