"""What has changed since a version."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet

from record.models import EVERYTHING, Change, Departure, Version
from record.version import Stamp, stamp

AT_MOST = 20_000
KEPT_VERSIONS = 100_000


@dataclass(frozen=True, slots=True)
class Changes:
    """Primary keys of changed objects by kind, up to the version `until`; none where `everything` may have changed.

    A kind that starts with `models.BESIDE` has those of which only something that belongs to them changed.
    """

    until: Stamp
    everything: bool
    keys: Mapping[str, frozenset[int]]


def since(version: Stamp, *, at_most: int = AT_MOST) -> Changes:
    """Says `everything` where more than `at_most` changed, or `version` is not in the log: too old, or another's.

    Costs three queries that read at most `at_most` changes, one where there are none.
    """
    now = stamp()
    if version == now:
        return Changes(now, everything=False, keys={})
    if not _is_known(version):
        return Changes(now, everything=True, keys={})
    noted = Change.objects.filter(version__number__gt=version.number, version__number__lte=now.number)
    rows = list(noted.order_by().values_list("kind", "key").distinct()[: at_most + 1])
    if len(rows) > at_most or any(kind == EVERYTHING for kind, _key in rows):
        return Changes(now, everything=True, keys={})
    keys: dict[str, set[int]] = defaultdict(set)
    for kind, key in rows:
        keys[kind].add(key)
    return Changes(now, everything=False, keys={kind: frozenset(found) for kind, found in keys.items()})


@dataclass(frozen=True, slots=True)
class Log:
    """What was noted between two versions, and in which of them last: `changed` objects by kind and primary key,
    `departed` ones by kind and the address that they had.
    """

    changed: Mapping[str, Mapping[int, int]]
    departed: Mapping[str, Mapping[str, int]]


def between(after: int, until: int, *, at_most: int = AT_MOST) -> Log | None:
    """What came after the one version up to the other; None where that is more than `at_most`, or EVERYTHING.

    Whether the versions are of this record is the caller's to know: see `is_known`. Two queries.
    """
    within = {"version__number__gt": after, "version__number__lte": until}
    changed = _last_of_each(Change.objects.filter(**within), "key", at_most)
    departed = _last_of_each(Departure.objects.filter(**within), "address", at_most)
    if EVERYTHING in changed or sum(map(len, (*changed.values(), *departed.values()))) > at_most:
        return None
    return Log(changed, departed)


def _last_of_each(noted: QuerySet[Any], column: str, at_most: int) -> dict[str, dict[Any, int]]:
    found: dict[str, dict[Any, int]] = defaultdict(dict)
    rows = noted.order_by().values_list("kind", column).annotate(last=Max("version__number"))
    for kind, value, last in rows[: at_most + 1]:
        found[kind][value] = last
    return found


def is_known(number: int, token: str = "") -> bool:
    """Whether the version is in the log; without a token any record's of that number."""
    known = Version.objects.filter(number=number)
    return (known.filter(token=UUID(token)) if token else known).exists()


def token_of(number: int) -> str:
    """Of a version in the log."""
    return Version.objects.values_list("token", flat=True).get(number=number).hex


def forget(*, kept_versions: int = KEPT_VERSIONS) -> int:
    """Keeps the log short; what is older than the versions kept has to be built anew. Says how many versions went."""
    old = Version.objects.filter(number__lte=stamp().number - kept_versions)
    Change.objects.filter(version__in=old).delete()
    Departure.objects.filter(version__in=old).delete()
    return old.delete()[0]


def _is_known(version: Stamp) -> bool:
    return bool(version.token) and is_known(version.number, version.token)
