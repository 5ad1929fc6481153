"""Who and what is in the record by a name, drafts too, told apart from others of the name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from debate.models import Appearance, Source
from search import completion, hangul, korean_names, naming, spelling, upkeep
from search.errors import SearchUnavailable
from search.index import Damaged
from speakers import partial_dates
from speakers.fields import fold
from speakers.models import Affiliation, Name, Organization, OrganizationKind, Person

type Kind = Literal["person", "organization"]
KINDS: Mapping[str, Kind] = {"person": "person", "organization": "organization"}
type Names = Mapping[int, tuple[str, ...]]

OFFERED = 8
MOST_DRAFTS = 2_000  # of people or organizations that nothing public shows; the last that were changed
_LOOKED_AT = 40
_MODELS: Mapping[Kind, Any] = {"person": Person, "organization": Organization}


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody in the record. `label` is their name, first in the language that was asked for; `detail` tells them
    from others; `names` are all they have; `at` are the organizations that they are known to belong to.
    """

    kind: str
    key: int
    label: str
    detail: str
    names: tuple[str, ...] = ()
    at: frozenset[int] = frozenset()


def completed(kind: Kind, typed: str, language: str) -> list[Known]:
    """Those who may be meant by what is typed of a name, the likeliest first; at most OFFERED."""
    several = likely(kind, typed)
    found = described(kind, several, language)
    return [found[key] for key in several if key in found]


def likely(kind: Kind, typed: str) -> list[int]:
    """The primary keys of those. Three queries."""
    drafts = _drafts(kind)
    keys = [
        *_indexed(kind, [typed], OFFERED)[typed],
        *(key for key, names in drafts.items() if _begins(names, kind, typed)),
    ]
    first = [key for key, names in drafts.items() if is_same(kind, typed, names)]
    return list(dict.fromkeys([*first, *keys]))[:OFFERED]


def alike(kind: Kind, names: Iterable[str], language: str) -> dict[str, list[Known]]:
    """By name those whose name that may be, in any spelling. Costs as many queries for one name as for many."""
    wanted = {name for name in names if name}
    if not wanted:
        return {}
    drafts = _drafts(kind)
    indexed = _indexed(kind, wanted, _LOOKED_AT)
    public = _names(kind, {key for keys in indexed.values() for key in keys})
    near = {
        name: [
            *(key for key in indexed[name] if is_near(kind, name, public.get(key, ()))),
            *(key for key, held in drafts.items() if is_near(kind, name, held)),
        ]
        for name in wanted
    }
    found = described(kind, {key for keys in near.values() for key in keys}, language)
    return {name: [found[key] for key in dict.fromkeys(keys) if key in found] for name, keys in near.items()}


def described(kind: Kind, keys: Collection[int], language: str) -> dict[int, Known]:
    """By primary key; five queries at most."""
    if not keys:
        return {}
    names = _names(kind, keys)
    records = _MODELS[kind].objects.in_bulk(list(keys))
    found = {
        key: Known(kind, key, type(record).name.read(record, language).text, "", names.get(key, ()))
        for key, record in records.items()
    }
    return _people(found, records) if kind == "person" else _organizations(found, records)


def _people(found: Mapping[int, Known], records: Mapping[int, Any]) -> dict[int, Known]:
    """With what they are, or where they appeared last, and whether nothing public shows them yet."""
    held: dict[int, list[Affiliation]] = defaultdict(list)
    for affiliation in Affiliation.objects.filter(person__in=found).select_related("organization").in_time_order():
        held[affiliation.person_id].append(affiliation)
    last = _last_debates(found)
    return {
        key: replace(
            known,
            detail=_told_apart(
                [_in_words(affiliation) for affiliation in held[key][:2]], last.get(key, ""), records[key]
            ),
            at=frozenset(affiliation.organization_id for affiliation in held[key]),
        )
        for key, known in found.items()
    }


def _last_debates(people: Collection[int]) -> dict[int, str]:
    """In which they appear in the record, the one that was entered last."""
    newest = Appearance.objects.filter(person=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    last = Person.objects.filter(pk__in=people).annotate(last=Subquery(newest)).values("last")
    shown = Appearance.objects.filter(pk__in=last).select_related("session__event")
    return {one.person_id: str(one.session.event.title) for one in shown if one.person_id}


def _in_words(affiliation: Affiliation) -> str:
    return ", ".join(filter(None, (str(affiliation.role), str(affiliation.organization.name))))


def _told_apart(several: Sequence[str], debate: str, record: Any) -> str:
    return " · ".join(filter(None, ("; ".join(several), debate, "" if record.is_public else _("not public yet"))))


def _organizations(found: Mapping[int, Known], records: Mapping[int, Any]) -> dict[int, Known]:
    parents = Organization.objects.in_bulk({record.parent_id for record in records.values() if record.parent_id})
    shared = Counter(known.label for known in found.values())
    return {
        key: replace(known, detail=_sort(records[key], parents, shared[known.label])) for key, known in found.items()
    }


def _sort(record: Organization, parents: Mapping[int, Organization], sharing: int) -> str:
    kind = "" if record.kind == OrganizationKind.OTHER else record.get_kind_display()
    parent = str(parents[record.parent_id].name) if record.parent_id else ""
    address = record.slug if sharing > 1 else ""
    return " · ".join(filter(None, (str(kind), parent, address, "" if record.is_public else _("not public yet"))))


def is_same(kind: Kind, name: str, names: Iterable[str]) -> bool:
    """Whether one of the names is this one, however it is set."""
    return _plain(name) in {_plain(other) for other in names}


def is_near(kind: Kind, name: str, names: Sequence[str]) -> bool:
    """Whether it may be another spelling of one of the names, or a shorter form of it."""
    if is_same(kind, name, names):
        return True
    if kind == "person":
        keys = _sounds(name)
        return any(not keys.isdisjoint(_sounds(other)) for other in names)
    return any(_is_shorter(name, other) or _is_shorter(other, name) for other in names)


def _is_shorter(short: str, whole: str) -> bool:
    """Its beginning, its initials, or syllables of it from the first on, as 과기정통부 is of 과학기술정보통신부."""
    brief, full = _plain(short), _plain(whole)
    if not brief or len(brief) >= len(full):
        return False
    if brief in spelling.initials(whole):
        return True
    if hangul.is_syllables(brief) and hangul.is_syllables(full):
        letters = iter(full)
        return brief[0] == full[0] and len(brief) > 2 and all(letter in letters for letter in brief)
    return len(brief) > 3 and full.startswith(brief)


@lru_cache(maxsize=20_000)
def _sounds(name: str) -> frozenset[str]:
    return spelling.sounds(name)


def _plain(name: str) -> str:
    return fold(name).replace(" ", "")


def _indexed(kind: Kind, several: Collection[str], limit: int) -> dict[str, list[int]]:
    """Of what is public, by the index of the search: by any spelling and beginning. One query, or one for each name
    where the index can't be asked.
    """
    try:
        snapshot = upkeep.up_to_date()
        found = {typed: completion.candidates(snapshot, typed, _LOOKED_AT).found for typed in several}
    except (SearchUnavailable, Damaged):
        return {typed: list(_begun(kind, typed, limit)) for typed in several}
    return {typed: [one.key for one in those if one.kind == kind][:limit] for typed, those in found.items()}


def _begun(kind: Kind, typed: str, limit: int) -> Iterable[int]:
    """By the beginning of a name, from the indexes of the lists."""
    key = fold(typed)
    begins = Q(sort_key_en__startswith=key) | Q(sort_key_ko__startswith=key)
    keys: Iterable[int] = _MODELS[kind].objects.public().filter(begins).values_list("pk", flat=True)[:limit]
    return keys


def _drafts(kind: Kind) -> dict[int, tuple[str, ...]]:
    """The names of those whom nothing public shows, the last changed first. Two queries."""
    unseen = _MODELS[kind].objects.filter(is_public=False).order_by("-updated_at", "-pk")
    return _with_others(kind, unseen.values_list("pk", "name_en", "name_ko")[:MOST_DRAFTS])


def _names(kind: Kind, keys: Collection[int]) -> Names:
    if not keys:
        return {}
    return _with_others(kind, _MODELS[kind].objects.filter(pk__in=keys).values_list("pk", "name_en", "name_ko"))


def _with_others(kind: Kind, rows: Iterable[tuple[int, str, str]]) -> dict[int, tuple[str, ...]]:
    found = {key: tuple(filter(None, names)) for key, *names in rows}
    others = Name.objects.filter(**{f"{kind}__in": list(found)}).order_by("pk")
    for key, text in others.values_list(kind, "text") if found else ():
        found[key] = (*found[key], text)
    return found


def _begins(names: Sequence[str], kind: str, typed: str) -> bool:
    """As `search.completion` asks the index: each word is the beginning of one, in letters or by its sound."""
    tokens = _tokens(tuple(names), kind)
    words = naming.words(typed)
    return bool(words) and all(
        any(token.startswith(reading) for reading in _readings(word) for token in tokens) for word in words
    )


@lru_cache(maxsize=20_000)
def _tokens(names: tuple[str, ...], kind: str) -> tuple[str, ...]:
    return tuple(naming.naming(names, kind)[naming.COMPLETIONS].split())


@lru_cache(maxsize=200)
def _readings(word: str) -> tuple[str, ...]:
    return tuple(_read(word))


def _read(word: str) -> Iterator[str]:
    letters = naming.whole([word])
    yield from (letters, naming.WHOLE + letters)
    if letters.isascii() and letters.isalpha() and len(letters) > 1:
        yield from (naming.SOUND + reading for reading in korean_names.beginnings(letters))
    elif hangul.is_syllables(word[:1]):
        yield naming.SOUND + korean_names.of_hangul(word)


def sources(typed: str) -> list[Known]:
    """Those whose title, publisher, address or public id has the words; the last changed first. One query."""
    words = typed.split()[:6]
    if not words:
        return []
    found = Source.objects.defer("text")
    for word in words:
        found = found.filter(
            Q(title__icontains=word)
            | Q(description_en__icontains=word)
            | Q(description_ko__icontains=word)
            | Q(publisher__icontains=word)
            | Q(url__icontains=word)
            | Q(public_id=word)
        )
    return [source(one) for one in found.order_by("-updated_at", "-pk")[:OFFERED]]


def source(one: Source) -> Known:
    parts = (one.get_kind_display(), one.publisher, partial_dates.in_words(one.date), one.public_id)
    return Known("source", one.pk, str(one), " · ".join(filter(None, map(str, parts))))


def at_address(url: str) -> Source | None:
    """A source that is in the record already."""
    return Source.objects.defer("text").filter(Q(url=url) | Q(archived_url=url)).order_by("pk").first() if url else None
