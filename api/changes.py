"""What has changed since a version, so that a copy of the record need not be taken anew."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched, groupby
from operator import itemgetter
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict
from rest_framework.request import Request
from rest_framework.response import Response

from api.addresses import resource_url
from api.parameters import STRING, Gathering, Parameter, refuse_unknown
from api.problems import TooOld, shortened
from api.resources import RESOURCES
from api.shapes.changes import ChangedRecord, Changes
from api.showing import RESOURCE_OF, showing
from api.views import PublicView
from record import changes, version
from record.changes import Log
from record.models import BESIDE
from record.snapshot import one_state
from record.version import Stamp
from search.filters import INCLUDE, FiltersError, Problem

MOST_ON_A_PAGE = 5_000
MOST_WHOLE = 200  # on a page that has the records themselves
MOST = 20_000  # records in all: more is faster had as a new archive
_WHOLE: Mapping[str, Any] = {"type": "integer", "minimum": 0}
_BATCH = 500
_LARGEST = 2**63 - 1
PARAMETERS = (
    Parameter(
        "since", "The version that the copy is at, as its manifest or the last `until` says.", _WHOLE, required=True
    ),
    Parameter("token", "The token of that version: without it, a restored record can't be told from this one.", STRING),
    Parameter("until", "Only up to this version; the address of the next page has it.", _WHOLE),
    Parameter(
        "records",
        f"Takes in the records themselves, so that none has to be fetched; at most {MOST_WHOLE} are on a page then.",
        {**STRING, "enum": [INCLUDE]},
    ),
    Parameter("after", "Only what comes after this one, as resource:id; the address of the next page has it.", STRING),
    Parameter(
        "limit",
        "How many on a page.",
        {"type": "integer", "minimum": 1, "maximum": MOST_ON_A_PAGE, "default": 1_000},
    ),
)


@dataclass(frozen=True, slots=True)
class _Asked:
    since: int
    token: str
    until: int | None
    after: str
    limit: int
    whole: bool

    @classmethod
    def for_(cls, query: QueryDict) -> Self:
        """Raises FiltersError."""
        gathering = Gathering()
        since, until, limit, whole = 0, None, 1_000, False
        with gathering:
            refuse_unknown(query, PARAMETERS)
        with gathering:
            since = _number(query, "since", "the version that the copy is at")
        with gathering:
            until = _number(query, "until", "a version") if query.get("until") else None
        with gathering:
            limit = (
                _number(query, "limit", "a number", at_least=1, at_most=MOST_ON_A_PAGE) if query.get("limit") else 1_000
            )
        with gathering:
            whole = _whole(query.get("records", ""))
            limit = min(limit, MOST_WHOLE) if whole else limit
        with gathering:
            token = _token(query.get("token", ""))
        with gathering:
            after = _cursor(query.get("after", ""))
        gathering.tell()
        return cls(since, token, until, after, limit, whole)


class ChangesView(PublicView):
    """What has changed since a version of the record: what to fetch again and what to remove from a copy.

    Begin with an archive from `exports/`, whose manifest says its version, and go on from `until`.
    """

    shape = Changes
    problems = ("too-old",)

    def takes(self) -> tuple[Parameter, ...]:
        return PARAMETERS

    def get(self, request: Request) -> Response:
        asked = _Asked.for_(request.query_params)
        with one_state():
            now = version.stamp()
            until = _until(asked, now)
            token = now.token if until == now.number else changes.token_of(until)
            found = sorted(_found(asked.since, until), key=_place)
            page = [one for one in found if not asked.after or _place(one) > asked.after][: asked.limit]
            if asked.whole:
                page = list(_with_records(page))
        is_last = not page or _place(page[-1]) == _place(found[-1])
        answer: Changes = {
            "since": asked.since,
            "until": until,
            "token": token,
            "count": len(found),
            "results": page,
            "next": None if is_last else _next(asked, until, _place(page[-1])),
        }
        return Response(answer)


def _until(asked: _Asked, now: Stamp) -> int:
    """Raises TooOld, and FiltersError for a span that is none."""
    if asked.since != now.number or (asked.token and asked.token != now.token):
        _refuse_unknown_version(asked.since, asked.token)
    until = now.number if asked.until is None else asked.until
    if until < asked.since or until > now.number:
        message = f"Name a version from {asked.since}, which is `since`, to {now.number}, the present one."
        raise FiltersError([Problem("until", message)])
    if until != now.number and not changes.is_known(until):
        raise TooOld(f"Version {until} is no longer in the log.")
    return until


def _refuse_unknown_version(number: int, token: str) -> None:
    if not changes.is_known(number, token):
        of = " with that token" if token else ""
        raise TooOld(f"Version {number}{of} is not in the log of this record: take a new archive.")


def _found(since: int, until: int) -> Iterator[ChangedRecord]:
    """Raises TooOld where it is too much to be told."""
    log = changes.between(since, until, at_most=MOST)
    keys = showing(_with_what_lost(log), at_most=MOST) if log else None
    if log is None or keys is None:
        raise TooOld(f"Too much has changed since version {since}: take a new archive.")
    for resource in RESOURCES:
        yield from _changed(resource, keys.get(resource, ()), log)
    for kind, addresses in log.departed.items():
        if not kind.startswith(BESIDE):
            yield from _removed(RESOURCE_OF[kind], addresses)


def _with_what_lost(log: Log) -> dict[str, Collection[int]]:
    """What changed, and what may show less since something that it showed has left; see `record.departures`."""
    lost = {kind: set(map(int, keys)) for kind, keys in log.departed.items() if kind.startswith(BESIDE)}
    return {kind: {*log.changed.get(kind, ()), *lost.get(kind, ())} for kind in {*log.changed, *lost}}


def _changed(resource: str, keys: Collection[int], log: Log) -> Iterator[ChangedRecord]:
    noted = next(
        (log.changed[kind] for kind, name in RESOURCE_OF.items() if name == resource and kind in log.changed), {}
    )
    viewset = RESOURCES[resource]
    for batch in batched(sorted(keys), _BATCH):
        public = viewset().whole().prefetch_related(None).order_by().filter(pk__in=batch)
        for key, identifier in public.values_list("pk", viewset.lookup_field).distinct():
            yield {
                "resource": resource,
                "id": identifier,
                "url": resource_url(resource, identifier),
                "change": "changed",
                "record": None,
                "version": noted.get(key),
            }


def _removed(resource: str, addresses: Mapping[str, int]) -> Iterator[ChangedRecord]:
    """Without those that are public again, be it another's."""
    viewset = RESOURCES[resource]
    for batch in batched(addresses, _BATCH):
        public = viewset().whole().prefetch_related(None).order_by().filter(**{f"{viewset.lookup_field}__in": batch})
        there = set(public.values_list(viewset.lookup_field, flat=True))
        for address in batch:
            if address not in there:
                yield {
                    "resource": resource,
                    "id": address,
                    "url": resource_url(resource, address),
                    "change": "removed",
                    "record": None,
                    "version": addresses[address],
                }


def _with_records(page: Sequence[ChangedRecord]) -> Iterator[ChangedRecord]:
    """The same number of queries for each resource on the page."""
    for resource, several in groupby(page, key=itemgetter("resource")):
        viewset, rows = RESOURCES[resource], list(several)
        ids = [one["id"] for one in rows if one["change"] == "changed"]
        found = viewset().whole().filter(**{f"{viewset.lookup_field}__in": ids}) if ids else ()
        records = {getattr(record, viewset.lookup_field): record for record in found}
        for one in rows:
            record = records.get(one["id"]) if one["change"] == "changed" else None
            yield {**one, "record": dict(viewset.shown_as(record)) if record else None}


def _place(one: ChangedRecord) -> str:
    return f"{one['resource']}:{one['id']}"


def _next(asked: _Asked, until: int, after: str) -> str:
    given: dict[str, object] = {"since": asked.since, "token": asked.token, "until": until, "after": after}
    given |= {"limit": asked.limit, "records": INCLUDE if asked.whole else ""}
    return f"{resource_url('changes')}?{urlencode({name: value for name, value in given.items() if value != ''})}"


def _number(query: QueryDict, name: str, what: str, *, at_least: int = 0, at_most: int = _LARGEST) -> int:
    text = query.get(name, "").strip()
    if text.isascii() and text.isdigit() and len(text) < 20 and at_least <= int(text) <= at_most:
        return int(text)
    given = f"{shortened(text)!r} is none" if text else "Nothing is given"
    within = f", from {at_least} to {at_most}" if at_most < _LARGEST else ""
    raise FiltersError([Problem(name, f"{given}: write {what}{within}, as in {name}={max(at_least, 100)}.")])


def _whole(text: str) -> bool:
    if text not in {"", INCLUDE}:
        raise FiltersError([Problem("records", f"{shortened(text)!r} is not {INCLUDE}, which is all that it can be.")])
    return bool(text)


def _token(text: str) -> str:
    if text and not (len(text) == 32 and all(letter in "0123456789abcdef" for letter in text)):
        raise FiltersError([Problem("token", "A token has 32 of the digits 0-9 and a-f: copy it as it was given.")])
    return text


def _cursor(text: str) -> str:
    if text and text.partition(":")[0] not in RESOURCES:
        raise FiltersError([Problem("after", f"{shortened(text)!r} is not resource:id, as `next` has it.")])
    return text
