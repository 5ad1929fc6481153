"""Who and what the names in a table stand for: people and organizations by slug and by every name they have.

Every name in the record is read once or twice for a table, whatever the number of its rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from editing.importing.plan import CREATE, Candidate, Made, Planning, Pointer, Question
from exchange.tables.kinds import Entry
from search.spelling import sounds
from speakers.bilingual import LANGUAGES
from speakers.fields import fold
from speakers.models import Affiliation, FormerAddress, Name, Organization, Person

_PIECE = 500
_HANGUL = ("\uac00", "\ud7a3")


@dataclass(frozen=True, slots=True)
class Found:
    """Primary keys: of those called exactly so, and of those called almost so."""

    exact: tuple[int, ...] = ()
    similar: tuple[int, ...] = ()


class Names:
    """Of one kind of record, as far as the texts ask for them.

    Costs a pass over all names there are, and another where one of the texts is nobody's name: of a hundred thousand
    people half a second, and three.
    """

    def __init__(self, model: type[Person | Organization], texts: Iterable[str]) -> None:
        self.model = model
        wanted = {text for text in texts if text}
        self._by_slug = at_slugs(model, wanted)
        self._exact: dict[str, set[int]] = {fold(text): set() for text in wanted if text not in self._by_slug}
        if self._exact:
            for key, name in self._all():
                if (folded := fold(name)) in self._exact:
                    self._exact[folded].add(key)
        unknown = [text for text in wanted if not self._exact.get(fold(text), True)]
        self._similar: dict[str, set[int]] = {alike: set() for text in unknown for alike in _alikes(text, model)}
        if self._similar:
            for key, name in self._all():
                for alike in _alikes(name, model) & self._similar.keys():
                    self._similar[alike].add(key)

    def _all(self) -> Iterator[tuple[int, str]]:
        owner = "person" if self.model is Person else "organization"
        columns = [f"name_{language}" for language in LANGUAGES]
        for key, *names in self.model._base_manager.values_list("pk", *columns).iterator():
            yield from ((key, name) for name in names if name)
        yield from Name.objects.exclude(**{owner: None}).order_by().values_list(owner, "text").iterator()

    def find(self, text: str) -> Found:
        if (key := self._by_slug.get(text)) is not None:
            return Found((key,))
        if exact := self._exact.get(fold(text)):
            return Found(tuple(sorted(exact)))
        similar = {key for alike in _alikes(text, self.model) for key in self._similar.get(alike, ())}
        return Found((), tuple(sorted(similar)))


def _alikes(name: str, model: type[Model]) -> frozenset[str]:
    """Keys under which spellings meet that are likely to mean the same: without spaces and, of people, by sound."""
    squeezed = fold(name).replace(" ", "")
    return frozenset({squeezed, *(sounds(name) if model is Person else ())}) - {""}


def at_slugs(model: Any, texts: Collection[str]) -> dict[str, int]:
    """The primary keys of records by their slugs, those that they once had too."""
    found: dict[str, int] = {}
    for some in batched(sorted(texts), _PIECE):
        former = FormerAddress.objects.filter(kind=model._meta.db_table, slug__in=some)
        found |= dict(former.values_list("slug", "target"))
    for some in batched(sorted(texts), _PIECE):
        found |= dict(model._base_manager.filter(slug__in=some).values_list("slug", "pk"))
    return found


class Somebody:
    """Finds for a cell the person or organization that it names, or asks."""

    def __init__(self, model: type[Person | Organization], texts: Iterable[str], planning: Planning) -> None:
        self.model, self._planning = model, planning
        self.names = Names(model, texts)
        found = {text: self.names.find(text) for text in set(texts) if text}
        doubtful = {key for one in found.values() if len(one.exact) != 1 for key in (*one.exact, *one.similar)}
        self._candidates = candidates(model, doubtful)

    def named(self, entry: Entry, column: str, *, may_create: bool) -> int | Pointer | None:
        """None where it is to be chosen first."""
        text = entry.get(column)
        found = self.names.find(text)
        if len(found.exact) == 1:
            return found.exact[0]
        keys = (*found.exact, *found.similar)
        if not keys and may_create:
            return self._made(text, entry)
        question = self._question(text, keys, is_known=bool(found.exact))
        chosen = self._planning.questions.ask(entry.number, question)
        if chosen == CREATE:
            return self._made(text, entry)
        return int(chosen) if chosen else None

    def _question(self, text: str, keys: Sequence[int], *, is_known: bool) -> Question:
        is_person = self.model is Person
        if is_known:
            asked = _("Several are called “%(name)s”. Which is meant?")
        elif keys:
            asked = _("Nobody is called “%(name)s”. Is one of these meant?")
        elif is_person:
            asked = _("There is no person “%(name)s” in the record.")
        else:
            asked = _("There is no organization “%(name)s” in the record.")
        offered = [self._candidates[key] for key in keys if key in self._candidates]
        return Question(
            key=f"{self.model._meta.model_name}:{fold(text) or text}",
            asked=asked % {"name": text},
            name=text,
            candidates=(*offered, new_one(self.model)),
            rows=(),
            suggested="" if keys else CREATE,
        )

    def _made(self, text: str, entry: Entry) -> Pointer:
        language = "ko" if any(_HANGUL[0] <= letter <= _HANGUL[1] for letter in text) else "en"
        values = {f"name_{language}": text, "source_language": language}
        key = f"{self.model._meta.model_name}:{fold(text) or text}"
        return self._planning.make(Made(key, self.model, text, values))


def new_one(model: type[Model]) -> Candidate:
    label = _("Make a new person") if model is Person else _("Make a new organization")
    return Candidate(CREATE, label)


def candidates(model: type[Person | Organization], keys: Collection[int]) -> dict[int, Candidate]:
    """Those with these primary keys, told by what they are; two queries for each 500."""
    found: dict[int, Candidate] = {}
    for some in batched(sorted(keys), _PIECE):
        records: Mapping[int, Any] = model._base_manager.in_bulk(some)
        held = Affiliation.objects.of_today(some) if model is Person else {}
        for key, record in records.items():
            about = _about(record, held.get(key))
            found[key] = Candidate(str(key), both_names(record), about, change_address(record))
    return found


def _about(record: Any, affiliation: Affiliation | None) -> str:
    parts = [record.slug]
    if affiliation is not None:
        parts.append(", ".join(filter(None, (str(affiliation.role), str(affiliation.organization)))))
    if isinstance(record, Organization):
        parts.append(record.get_kind_display())
    return " · ".join(parts)


def both_names(record: Any) -> str:
    names = [getattr(record, f"name_{language}") for language in LANGUAGES]
    return " · ".join(filter(None, names))


def change_address(record: Model) -> str:
    meta = record._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk])
