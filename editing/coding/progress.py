"""Which sources there are to code, and how far each is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import Length

from debate.models import EventSource, Source
from debate.publishing import Status
from positions.models import Evidence

_LOST = Q(state__in=[Evidence.State.MOVED, Evidence.State.NOT_FOUND])


@dataclass(frozen=True, slots=True)
class Progress:
    """`reached` is the end of the last passage in hundredths of the text; None where there is no text or passage."""

    source: Source
    debates: tuple[str, ...]
    characters: int
    reached: int | None
    drafts: int
    in_review: int
    published: int
    unsettled: int  # passages that a changed text has moved or lost

    @property
    def positions(self) -> int:
        return self.drafts + self.in_review + self.published


def sources_to_code(words: str = "", debate: str = "") -> QuerySet[Source]:
    """Newest first; with these words in the title, of that debate."""
    found = Source.objects.for_list()
    for word in words.split():
        named = Q(title__icontains=word) | Q(description_en__icontains=word) | Q(description_ko__icontains=word)
        found = found.filter(named)
    return found.filter(event_sources__event__slug=debate) if debate else found


def progress(sources: Iterable[Source]) -> list[Progress]:
    """Four queries at any number of them."""
    listed = list(sources)
    keys = [source.pk for source in listed]
    lengths = dict(Source.objects.filter(pk__in=keys).order_by().values_list("pk", Length("text")))
    evidence = Evidence.objects.filter(source__in=keys).order_by()
    ends = _ends(evidence)
    by_status, debates = _by_status(evidence), _debates(keys)
    return [
        Progress(
            source,
            tuple(debates[source.pk]),
            lengths[source.pk],
            _hundredths(ends.get(source.pk, (None, 0))[0], lengths[source.pk]),
            drafts=by_status[source.pk, Status.DRAFT],
            in_review=by_status[source.pk, Status.IN_REVIEW],
            published=by_status[source.pk, Status.PUBLISHED],
            unsettled=ends.get(source.pk, (None, 0))[1],
        )
        for source in listed
    ]


def _ends(evidence: QuerySet[Evidence]) -> dict[int, tuple[int | None, int]]:
    """By source, the end of its last passage and how many are lost."""
    found = evidence.values_list("source").annotate(last=Max("end"), lost=Count("pk", filter=_LOST))
    return {source: (last, lost) for source, last, lost in found}


def _by_status(evidence: QuerySet[Evidence]) -> Counter[tuple[int, str]]:
    counted = evidence.values_list("source", "position__status").annotate(Count("position", distinct=True))
    return Counter({(source, status): count for source, status, count in counted})


def _debates(keys: Collection[int]) -> dict[int, list[str]]:
    debates: dict[int, list[str]] = defaultdict(list)
    for link in EventSource.objects.filter(source__in=keys).select_related("event").order_by("order", "pk"):
        debates[link.source_id].append(str(link.event.title))
    return debates


def _hundredths(end: int | None, length: int) -> int | None:
    return min(100, round(100 * end / length)) if end and length else None
