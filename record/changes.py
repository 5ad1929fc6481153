"""What has changed since a version."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from record.models import EVERYTHING, Change, Version
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


def forget(*, kept_versions: int = KEPT_VERSIONS) -> int:
    """Keeps the log short; what is older than the versions kept has to be built anew. Says how many versions went."""
    old = Version.objects.filter(number__lte=stamp().number - kept_versions)
    Change.objects.filter(version__in=old).delete()
    return old.delete()[0]


def _is_known(version: Stamp) -> bool:
    return bool(version.token) and Version.objects.filter(number=version.number, token=UUID(version.token)).exists()
