"""Documents for the index, of what is public alone, built in batches with the same number of queries each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from search.documents import debates, positions, propositions, speakers
from search.documents.document import Document
from search.documents.shared import Shared

BUILDERS: dict[str, Callable[[Shared, list[int]], Iterator[Document]]] = {
    "position": positions.build,
    "person": speakers.build_people,
    "organization": speakers.build_organizations,
    "event": debates.build_events,
    "session": debates.build_sessions,
    "proposition": propositions.build_propositions,
    "topic": propositions.build_topics,
    "source": debates.build_sources,
}


def build(kind: str, keys: Iterable[int], shared: Shared) -> Iterator[Document]:
    """Those of `keys` that are public; meant for a batch, as it reads them all at once."""
    return BUILDERS[kind](shared, list(keys))


__all__ = ["Document", "Shared", "build"]
