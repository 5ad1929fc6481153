"""Reads the rows of the flat table in chunks, as plain values: whole records would cost many times the memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.conf import settings
from django.db.models import BooleanField, Case, ExpressionWrapper, Q, TextField, Value, When
from django.urls import reverse
from django.utils import translation

from debate.models import Capacity, Quoting
from exchange import licence
from exchange.csv_text import joined
from exchange.statements.row import OrganizationRule, Statement
from positions.models import Evidence, Position, PositionCapacity, PositionQuerySet, PropositionTopic, Stance
from speakers.bilingual import LANGUAGES

CHUNK = 1_000
AGREEMENT: Mapping[str, int] = {Stance.SUPPORTS: 1, Stance.OPPOSES: 0}


def rows(positions: PositionQuerySet) -> Iterator[Statement]:
    """Of public positions, in the order they are in; one query, and five for each CHUNK. Holds one CHUNK in memory.

    Of one state of the record where it is read within `record.snapshot.one_state`.
    """
    yield from rows_at(positions.values_list("pk", flat=True).iterator(chunk_size=CHUNK))


def rows_at(keys: Iterable[int]) -> Iterator[Statement]:
    """Of the positions with these primary keys, in this order; those that are not public are passed over."""
    page = _page_before_id()
    for chunk in batched(keys, CHUNK):
        positions = {row["pk"]: row for row in _positions(chunk)}
        around = _Around.of(positions.values())
        yield from (_statement(positions[key], around, page) for key in chunk if key in positions)


@dataclass(frozen=True, slots=True)
class _Around:
    """What belongs to the positions of a chunk, as plain values."""

    chosen: Mapping[int, Sequence[int]]  # by position, the capacities that it names
    capacities: Mapping[int, Sequence[Mapping[str, Any]]]  # by appearance
    evidence: Mapping[int, Sequence[Mapping[str, Any]]]  # by position
    topics: Mapping[int, Sequence[Mapping[str, Any]]]  # by proposition

    @classmethod
    def of(cls, positions: Iterable[Mapping[str, Any]]) -> _Around:
        rows = list(positions)
        keys = [row["pk"] for row in rows]
        named = PositionCapacity.objects.filter(position__in=keys).values_list("position", "capacity")
        chosen = defaultdict(list)
        for position, capacity in named:
            chosen[position].append(capacity)
        return cls(
            chosen,
            _grouped("appearance", _capacities([row["appearance"] for row in rows])),
            _grouped("position", _evidence(keys)),
            _grouped("proposition", _topics({row["proposition"] for row in rows})),
        )


@dataclass(frozen=True, slots=True)
class _Organization:
    slug: str
    english: str
    korean: str
    rule: OrganizationRule
    capacity: Mapping[str, Any] | None = None


def _statement(row: Mapping[str, Any], around: _Around, page: str) -> Statement:
    named = set(around.chosen.get(row["pk"], ()))
    printed = around.capacities.get(row["appearance"], ())
    capacities = [one for one in printed if one["pk"] in named] if named else printed
    organizations = _organizations(row, capacities)
    one = _the_one(organizations)
    spoken_as = one.capacity if one else next(iter(capacities), None)
    topics = around.topics.get(row["proposition"], ())
    evidence = around.evidence.get(row["pk"], ())
    words = _words(evidence)
    return {
        "position_id": row["public_id"],
        "url": f"{page}{row['public_id']}/",
        "date": row["event__date"],
        "date_earliest": row["date_earliest"],
        "date_latest": row["date_latest"],
        "debate_id": row["event__slug"],
        "debate_kind": row["event__kind"],
        "debate_en": row["event__title_en"],
        "debate_ko": row["event__title_ko"],
        "session_id": row["appearance__session__public_id"],
        "appearance_id": row["appearance__public_id"],
        "person_id": row["person__slug"] or "",
        "person_en": row["person__name_en"] or "",
        "person_ko": row["person__name_ko"] or "",
        "speaker_label": row["appearance__label"],
        "name_as_printed": row["appearance__name_as_printed"],
        "role": row["appearance__role"],
        "organization_id": one.slug if one else "",
        "organization_en": one.english if one else "",
        "organization_ko": one.korean if one else "",
        "organization_rule": one.rule.value if one else "",
        "organization_count": len(organizations),
        "organization_ids": joined([each.slug for each in organizations]),
        "organizations_en": joined([each.english for each in organizations]),
        "organizations_ko": joined([each.korean for each in organizations]),
        "organization_bases": joined([each.rule for each in organizations]),
        "capacity_role_en": spoken_as["role_en"] if spoken_as else "",
        "capacity_role_ko": spoken_as["role_ko"] if spoken_as else "",
        "capacities_en": joined([_in_one(one, "en") for one in capacities]),
        "capacities_ko": joined([_in_one(one, "ko") for one in capacities]),
        "capacities_of": "position" if named else "appearance",
        "capacity_doubtful": any(one["is_doubtful"] for one in capacities),
        "proposition_id": row["proposition__slug"],
        "proposition_en": row["wording__text_en"],
        "proposition_ko": row["wording__text_ko"],
        "wording": row["wording__number"],
        "topic_ids": joined([topic["topic__slug"] for topic in topics]),
        "topics_en": joined([topic["topic__name_en"] for topic in topics]),
        "topics_ko": joined([topic["topic__name_ko"] for topic in topics]),
        "stance": row["stance"],
        "agreement": AGREEMENT.get(row["stance"]),
        "condition_en": row["condition_en"],
        "condition_ko": row["condition_ko"],
        "kind": row["kind"],
        "summary_paraphrase_en": row["summary_en"],
        "summary_paraphrase_ko": row["summary_ko"],
        "language": row["source_language"],
        "source_ids": joined([place["source__public_id"] for place in evidence]),
        "source_titles": joined([_title(place) for place in evidence]),
        "locators": joined([place["locator"] for place in evidence]),
        "quote": words["shown"] if words else "",
        "quote_language": words["quote_language"] if words else "",
        "quote_source_id": words["source__public_id"] if words else "",
        "quote_withheld": words is not None and not words["shown"],
        "start": words["start"] if words else None,
        "stop": words["end"] if words else None,
        "licence": licence.CODE,
        "updated_at": row["updated_at"],
    }


def _organizations(row: Mapping[str, Any], capacities: Sequence[Mapping[str, Any]]) -> list[_Organization]:
    """Itself first, then those of the capacities in printed order, each once."""
    found: dict[object, _Organization] = {}
    if slug := row["appearance__organization__slug"]:
        names = (row["appearance__organization__name_en"], row["appearance__organization__name_ko"])
        found[slug] = _Organization(slug, *names, OrganizationRule.ITSELF)
    for capacity in capacities:
        slug = capacity["organization__slug"] or ""
        whose = "organization__name" if slug else "organization_name"
        names = (capacity[f"{whose}_en"], capacity[f"{whose}_ko"])
        rule = OrganizationRule(capacity["basis"])
        before = found.get(slug or names)
        if any(names) and (before is None or (before.rule, rule) == _HEARD_AS_MORE):
            found[slug or names] = _Organization(slug, *names, rule, capacity)
    return list(found.values())


# Somebody printed twice with one organization, once as speaking for it, speaks for it.
_HEARD_AS_MORE = (OrganizationRule.IDENTIFIED_AS, OrganizationRule.ON_BEHALF_OF)


def _the_one(organizations: Sequence[_Organization]) -> _Organization | None:
    for rule in OrganizationRule:
        for organization in organizations:
            if organization.rule == rule:
                return organization
    return None


def _words(evidence: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The first place whose words may be shown, or else the first that has any."""
    shown = (place for place in evidence if place["shown"])
    return next(shown, None) or next((place for place in evidence if place["has_words"]), None)


def _title(place: Mapping[str, Any]) -> str:
    english, korean = place["source__description_en"], place["source__description_ko"]
    return str(place["source__title"] or english or korean)


def _in_one(capacity: Mapping[str, Any], language: str) -> str:
    """As English lists them; Korean goes from the wide to the narrow, without commas."""
    parts = [told for name in ("role", "unit", "organization_name") if (told := capacity[f"{name}_{language}"])]
    return " ".join(reversed(parts)) if language == "ko" else ", ".join(parts)


def _page_before_id() -> str:
    """Looked up once: it is the same for every row."""
    with translation.override(settings.LANGUAGE_CODE):
        return f"{settings.PUBLIC_URL}{reverse('pages:position', args=['id']).removesuffix('id/')}"


def _both(*names: str) -> list[str]:
    return [f"{name}_{language}" for name in names for language in LANGUAGES]


def _positions(keys: Sequence[int]) -> Any:
    # Public is asked here too: keys may come from an index that is behind.
    return Position.objects.public().filter(pk__in=keys).values(
        "pk", "public_id", "date_earliest", "date_latest", "appearance", "proposition", "stance", "kind",
        "source_language", "updated_at", *_both("condition", "summary"),
        "event__slug", "event__kind", "event__date", *_both("event__title"),
        "appearance__public_id", "appearance__session__public_id", "appearance__label", "appearance__name_as_printed",
        "appearance__role", "appearance__organization__slug", *_both("appearance__organization__name"),
        "person__slug", *_both("person__name"),
        "proposition__slug", "wording__number", *_both("wording__text"),
    )  # fmt: skip


def _capacities(appearances: Iterable[int]) -> Any:
    return Capacity.objects.filter(appearance__in=set(appearances)).order_by("order", "pk").values(
        "pk", "appearance", "basis", "is_doubtful", "organization__slug",
        *_both("organization__name", "organization_name", "role", "unit"),
    )  # fmt: skip


def _evidence(positions: Sequence[int]) -> Any:
    """Words that may not be shown (see `Evidence.is_quotable`) do not even leave the database."""
    withheld = Q(source__quoting=Quoting.NOTHING)
    shown = Case(When(withheld, then=Value("")), default="quote", output_field=TextField())
    found = (
        Evidence.objects.filter(position__in=positions)
        .order_by("pk")
        .annotate(shown=shown, has_words=ExpressionWrapper(~Q(quote=""), BooleanField()))
    )
    return found.values(
        "position", "locator", "shown", "has_words", "quote_language", "start", "end", "source__public_id",
        "source__title", *_both("source__description"),
    )  # fmt: skip


def _topics(propositions: Iterable[int]) -> Any:
    """Public ones, in the editors' order."""
    assigned = PropositionTopic.objects.filter(proposition__in=propositions, topic__is_public=True)
    return assigned.order_by("topic__order", "topic__sort_key_en", "topic").values(
        "proposition", "topic__slug", *_both("topic__name")
    )


def _grouped(key: str, found: Iterable[Mapping[str, Any]]) -> Mapping[int, Sequence[Mapping[str, Any]]]:
    groups = defaultdict(list)
    for row in found:
        groups[row[key]].append(row)
    return groups
