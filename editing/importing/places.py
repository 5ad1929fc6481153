"""What rows of positions point to: debates, who appears in them, propositions, sources; read for all rows at once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.db.models import Q
from rapidfuzz import fuzz, process

from debate.models import Appearance, AppearanceRole, Event, EventSource, SessionKind, Source
from debate.publishing import Status
from editing.importing.naming import at_slugs
from editing.importing.plan import label_of
from positions.models import Proposition, Wording
from speakers.bilingual import LANGUAGES
from speakers.fields import fold
from speakers.models import Name

_PIECE = 300
_KEY_LENGTH = 200  # of a sort key
_NEAR = 72  # of a hundred
_MOST_NEAR = 3
_LIKE_A_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


@dataclass(frozen=True, slots=True)
class Debate:
    key: int
    slug: str
    title: str
    status: str


class Debates:
    def __init__(self, texts: Collection[str], keys: Collection[int] = ()) -> None:
        by_slug = at_slugs(Event, texts)
        titled: dict[str, set[int]] = defaultdict(set)
        wanted = {fold(text)[:_KEY_LENGTH] for text in texts}
        for some in batched(sorted(wanted), _PIECE):
            rows = Event.objects.filter(Q(sort_key_en__in=some) | Q(sort_key_ko__in=some))
            for key, *titles in rows.values_list("pk", *(f"title_{language}" for language in LANGUAGES)):
                for title in filter(None, titles):
                    titled[fold(title)].add(key)
        self._found = {
            text: (by_slug[text],) if text in by_slug else tuple(sorted(titled.get(fold(text), ()))) for text in texts
        }
        self.all: dict[int, Debate] = {}
        known = {key for found in self._found.values() for key in found} | set(keys)
        for several in batched(sorted(known), _PIECE):
            for event in Event.objects.filter(pk__in=several).only("slug", "status", "source_language", *_titles()):
                self.all[event.pk] = Debate(event.pk, event.slug, str(event.title), event.status)

    def called(self, text: str) -> tuple[int, ...]:
        return self._found.get(text, ())


def _titles() -> list[str]:
    return [f"title_{language}" for language in LANGUAGES]


@dataclass(frozen=True, slots=True)
class Speaker:
    """One appearance, with everything that it is called by."""

    key: int
    public_id: str
    event: int
    person: int | None
    organization: int | None
    role: str
    sessions: frozenset[str]  # what the session is called
    session: str
    name: str
    names: frozenset[str]

    def is_called(self, text: str) -> bool:
        return text in self.names or fold(text) in self.names

    @property
    def who(self) -> tuple[int | None, int | None, str]:
        return self.person, self.organization, "" if self.person or self.organization else self.name

    @property
    def role_label(self) -> str:
        return label_of(AppearanceRole, self.role)


class Appearances:
    def __init__(self, events: Collection[int], ids: Collection[str], keys: Collection[int]) -> None:
        found: dict[int, Any] = {}
        for column, wanted in (("session__event", events), ("public_id", ids), ("pk", keys)):
            for some in batched(sorted(wanted), _PIECE):
                rows = Appearance.objects.filter(**{f"{column}__in": some})
                found |= {row.pk: row for row in rows.select_related("session", "person", "organization").defer(*_LONG)}
        other_names = _other_names(found.values())
        speakers = [_speaker(row, other_names) for row in found.values()]
        self.by_key = {speaker.key: speaker for speaker in speakers}
        self.by_id = {speaker.public_id: speaker for speaker in speakers}
        self._of_event: dict[int, list[Speaker]] = defaultdict(list)
        for speaker in sorted(speakers, key=lambda one: one.key):
            self._of_event[speaker.event].append(speaker)

    def called(self, event: int, name: str, session: str, role: str) -> list[Speaker]:
        """Those in the debate that the name fits, and the session and role where they are given."""
        return [
            one
            for one in self._of_event.get(event, ())
            if one.is_called(name)
            and (not session or session in one.sessions or fold(session) in one.sessions)
            and (not role or role == one.role)
        ]

    def names(self, event: int) -> list[str]:
        return list(dict.fromkeys(one.name for one in self._of_event.get(event, ())))


_LONG = ("person__note_en", "person__note_ko", "organization__note_en", "organization__note_ko")


def _other_names(rows: Iterable[Any]) -> Mapping[tuple[str, int], list[str]]:
    several = list(rows)
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for owner in ("person", "organization"):
        keys = {key for row in several if (key := getattr(row, f"{owner}_id"))}
        for some in batched(sorted(keys), _PIECE):
            for key, text in Name.objects.filter(**{f"{owner}__in": some}).order_by().values_list(owner, "text"):
                found[owner, key].append(text)
    return found


def _speaker(row: Any, other_names: Mapping[tuple[str, int], list[str]]) -> Speaker:
    record = row.person or row.organization
    names = [row.name_as_printed, row.label]
    if record is not None:
        owner = "person" if row.person else "organization"
        names += [getattr(record, f"name_{language}") for language in LANGUAGES]
        names += other_names.get((owner, record.pk), [])
    session = row.session
    sessions = {str(session.order), session.public_id, session.kind, fold(label_of(SessionKind, session.kind))}
    sessions |= {fold(getattr(session, f"title_{language}")) for language in LANGUAGES}
    return Speaker(
        key=row.pk,
        public_id=row.public_id,
        event=session.event_id,
        person=row.person_id,
        organization=row.organization_id,
        role=row.role,
        sessions=frozenset(sessions - {""}),
        session=f"{session.order}. {session}",
        name=str(row.speaker),
        names=frozenset({*(fold(name) for name in names if name), *([record.slug] if record else [])}),
    )


@dataclass(frozen=True, slots=True)
class Worded:
    proposition: int
    wording: int
    text: str
    status: str


class Propositions:
    def __init__(self, texts: Collection[str]) -> None:
        by_slug = at_slugs(Proposition, texts)
        self.by_key: dict[int, Worded] = {}
        self._by_text: dict[str, dict[int, Worded]] = defaultdict(dict)
        self._by_slug: dict[str, Worded] = {}
        self._read_worded({fold(text)[:_KEY_LENGTH] for text in texts})
        current: dict[int, Worded] = {}
        for some in batched(sorted(set(by_slug.values())), _PIECE):
            rows = Proposition.objects.filter(pk__in=some).exclude(current_wording=None)
            for one in rows.select_related("current_wording"):
                assert one.current_wording
                current[one.pk] = Worded(one.pk, one.current_wording.pk, str(one.current_wording.text), one.status)
        self._by_slug = {text: current[key] for text, key in by_slug.items() if key in current}

    def _read_worded(self, keys: Collection[str]) -> None:
        for some in batched(sorted(keys), _PIECE):
            rows = Wording.objects.filter(Q(sort_key_en__in=some) | Q(sort_key_ko__in=some)).order_by("number")
            for one in rows.select_related("proposition"):
                worded = Worded(one.proposition_id, one.pk, str(one.text), one.proposition.status)
                for language in LANGUAGES:
                    if text := getattr(one, f"text_{language}"):
                        self._by_text[fold(text)][one.proposition_id] = worded

    def called(self, text: str) -> list[Worded]:
        if text in self._by_slug:
            return [self._by_slug[text]]
        return list(self._by_text.get(fold(text), {}).values())

    @staticmethod
    def is_slug(text: str) -> bool:
        return bool(_LIKE_A_SLUG.fullmatch(text))


class NearWordings:
    """Reads all wordings there are, once, and only if it is asked."""

    def __init__(self) -> None:
        self._all: dict[int, str] | None = None
        self._worded: dict[int, Worded] = {}

    def near(self, text: str) -> list[Worded]:
        if self._all is None:
            rows = Wording.objects.order_by().values_list(
                "pk", "proposition", "proposition__status", *(f"text_{language}" for language in LANGUAGES)
            )
            self._all = {}
            for key, proposition, status, *texts in rows.iterator():
                told = next(filter(None, texts), "")
                self._worded[key] = Worded(proposition, key, told, status)
                self._all[key] = fold(told)
        found = process.extract(
            fold(text), self._all, scorer=fuzz.token_sort_ratio, limit=_MOST_NEAR, score_cutoff=_NEAR
        )
        return list({self._worded[key].proposition: self._worded[key] for _text, _score, key in found}.values())


class Sources:
    def __init__(self, texts: Collection[str], events: Collection[int], *, with_text: bool) -> None:
        self._called: dict[str, list[Source]] = defaultdict(list)
        found: dict[int, Source] = {}
        for column in ("public_id", "url", "title"):
            for some in batched(sorted(texts), _PIECE):
                rows = Source.objects.filter(**{f"{column}__in": some})
                found |= {row.pk: row for row in (rows if with_text else rows.defer("text"))}
        for source in found.values():
            for text in {source.public_id, source.url, source.title} - {""}:
                self._called[text].append(source)
        self._of_event: set[tuple[int, int]] = set()
        for several in batched(sorted(events), _PIECE):
            self._of_event |= set(EventSource.objects.filter(event__in=several).values_list("event", "source"))

    def called(self, text: str, event: int) -> Sequence[Source]:
        """Of several that are called so, those of the debate, if any are."""
        found = self._called.get(text, [])
        of_event = [one for one in found if (event, one.pk) in self._of_event]
        return of_event if len(found) > 1 and of_event else found


def is_withdrawn(status: str) -> bool:
    return status == Status.WITHDRAWN
