"""What speaks for two people, or two organizations, being one, and what against it. Pure.

Those who may be one meet under keys, made of all that they are called and of what they are called elsewhere:

    s:ㄱㅏㅇㅎㅜㄴㅅㅣㄱ     of people, by sound, in whatever spelling and order of words (`search.spelling.sounds`)
    n:johnsmith           a name as a whole, without case, accents, spaces and hyphens
    w:korea of university  of organizations, the words of a name in any order
    i:smith j, j:smith j  of people, the surname with one initial: of a name in full, and of one that has no more of it
    a:msit, b:msit        of organizations, for short: what a name in full may be shortened to, and a short name
    x:wikidata:q1         an identifier, however it is written
    u:example.org/kim     a link

A key leads to candidates and shows nothing by itself: what does is a `Finding`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.db import models
from django.utils.translation import gettext_lazy as _

from review.models import Grade
from search import hangul, spelling
from search.analysis import fold
from search.naming import whole, words

LONGEST_KEY = 100
MOST_KEYS = 60  # of one record; a spelling with many readings has some forty
_SHORT = re.compile("[a-z]{2,10}")
_WEB = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s_.-]+")
_COUNTERPARTS = {"i": ("j",), "j": ("i",), "a": ("b",), "b": ("a",)}


class Sign(models.TextChoices):
    SAME_IDENTIFIER = "same_identifier", _("The same identifier")
    SAME_LINK = "same_link", _("The same link")
    SHARED_ORGANIZATION = "shared_organization", _("The same organization")
    SHARED_PEOPLE = "shared_people", _("The same people belong to both")
    SAME_WHOLE = "same_whole", _("Parts of the same organization")
    SAME_NAME = "same_name", _("The same name")
    SAME_SOUND = "same_sound", _("Spellings of one name")
    FOR_SHORT = "for_short", _("One name may be short for the other")
    OTHER_IDENTIFIER = "other_identifier", _("Different identifiers of one kind")
    SAME_SESSION = "same_session", _("Both appear in the same session")
    OTHER_HANGUL = "other_hangul", _("Different names in Hangul")
    WHOLE_AND_PART = "whole_and_part", _("One is a part of the other")
    OTHER_NAME = "other_name", _("Their names are not alike")
    OTHER_KIND = "other_kind", _("Organizations of different kinds")
    SAME_DEBATE = "same_debate", _("Both appear in the same debate, in different sessions")
    OTHER_ORGANIZATIONS = "other_organizations", _("Different organizations at the same time")

    @property
    def weight(self) -> int:
        """How much it speaks for them being one, or against it; a name speaks for nothing."""
        return _WEIGHTS.get(self, 0)


_WEIGHTS = {
    Sign.SAME_IDENTIFIER: 4,
    Sign.SAME_LINK: 3,
    Sign.SHARED_ORGANIZATION: 3,
    Sign.SHARED_PEOPLE: 3,
    Sign.SAME_WHOLE: 2,
    Sign.OTHER_IDENTIFIER: -4,
    Sign.SAME_SESSION: -4,
    Sign.OTHER_HANGUL: -4,
    Sign.WHOLE_AND_PART: -4,
    Sign.OTHER_NAME: -2,
    Sign.OTHER_KIND: -2,
    Sign.SAME_DEBATE: -1,
    Sign.OTHER_ORGANIZATIONS: -1,
}
_OF_NAMES = frozenset((Sign.SAME_NAME, Sign.SAME_SOUND, Sign.FOR_SHORT))
_DECISIVE = 4  # whatever weighs as much against it is not outweighed by less
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Finding:
    sign: Sign
    details: tuple[str, ...] = ()

    @property
    def speaks_for(self) -> bool:
        return self.sign in _OF_NAMES or self.sign.weight > 0


@dataclass(frozen=True, slots=True)
class Place:
    """An organization that somebody belonged to, and from which day to which, where that is known."""

    organization: int
    name: str
    earliest: date | None = None
    latest: date | None = None

    def overlaps(self, other: Place) -> bool:
        """Surely, and not only perhaps."""
        if None in (self.earliest, self.latest, other.earliest, other.latest):
            return False
        return self.earliest <= other.latest and other.earliest <= self.latest  # type: ignore[operator]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a person or an organization, as far as it tells them from others."""

    names: tuple[str, ...]
    identifiers: frozenset[tuple[str, str]] = frozenset()
    links: frozenset[str] = frozenset()
    places: tuple[Place, ...] = ()  # of a person
    sessions: Mapping[int, tuple[int, str]] = field(default_factory=dict)  # by key, the debate with its title
    people: Mapping[int, str] = field(default_factory=dict)  # of an organization
    kind: str = ""
    itself: int = 0
    parent: int | None = None


def keys(kind: str, facts: Facts) -> frozenset[str]:
    """All that the record can be met under."""
    found = {key for name in facts.names for key in _of_name(kind, name)}
    found |= {tie for tie in ties(facts) if tie[1] == ":"}
    kept = sorted(key for key in found if len(key) <= LONGEST_KEY)
    return frozenset(kept[:MOST_KEYS])


def asked(key: str) -> tuple[str, ...]:
    """The keys of those who may be the same as one who has this key."""
    letter, _colon, rest = key.partition(":")
    return tuple(f"{other}:{rest}" for other in _COUNTERPARTS.get(letter, (letter,)))


def ties(facts: Facts) -> frozenset[str]:
    """What two must have one of in common for anything but a name to speak for them."""
    found = {f"x:{fold(scheme)}:{_bare_identifier(value)}" for scheme, value in facts.identifiers}
    found |= {f"u:{_bare_link(link)}" for link in facts.links}
    found |= {f"place {place.organization}" for place in facts.places} | {f"person {key}" for key in facts.people}
    return frozenset(found if facts.parent is None else found | {f"parent {facts.parent}"})


def findings(kind: str, one: Facts, other: Facts) -> tuple[Finding, ...]:
    """What speaks for it first, the weightiest first."""
    found = list(_of_names(kind, one, other))
    found += _of_identifiers(one, other)
    found += _of_people(one, other) if kind == "person" else _of_organizations(one, other)
    return tuple(sorted(found, key=lambda finding: (not finding.speaks_for, -abs(finding.sign.weight))))


def grade(found: Collection[Finding]) -> Grade:
    weights = [finding.sign.weight for finding in found]
    speaks_for = sum(weight for weight in weights if weight > 0)
    if min(weights, default=0) <= -_DECISIVE and speaks_for < _DECISIVE:
        return Grade.CONTRADICTED
    if not speaks_for:
        return Grade.NAME_ALONE
    return Grade.LIKELY if sum(weights) >= _ENOUGH else Grade.POSSIBLE


@lru_cache(maxsize=50_000)  # a list of namesakes asks for the same ones again and again
def _of_name(kind: str, name: str) -> tuple[str, ...]:
    return tuple(_keys_of_name(kind, name))


def _keys_of_name(kind: str, name: str) -> Iterator[str]:
    found = words(name)
    if not found:
        return
    yield f"n:{whole(found)}"
    if kind == "person":
        yield from (f"s:{key}" for key in spelling.sounds(name))
        yield from _with_initials(name, found)
    else:
        yield f"w:{' '.join(sorted(hangul.letters(_bare(word)) for word in found))}"
        yield from (f"a:{short}" for short in spelling.initials(name))
        if len(found) == 1 and _SHORT.fullmatch(found[0]):
            yield f"b:{found[0]}"


def _with_initials(name: str, found: list[str]) -> Iterator[str]:
    """Of a name in full either end may be the surname."""
    in_full = [_bare(word) for word in found if len(word) > 1]
    initials = [word for word in found if len(word) == 1]
    if len(found) < 2 or not all(word.isascii() for word in found) or not in_full:
        return
    if len(in_full) == 1:
        yield f"j:{in_full[0]} {initials[0]}"
        return
    if initials:  # a middle one, which others leave out
        yield f"n:{''.join(in_full)}"
        yield from (f"s:{key}" for key in spelling.sounds(" ".join(in_full)))
    yield f"i:{in_full[-1]} {in_full[0][0]}"
    yield f"i:{in_full[0]} {in_full[-1][0]}"


def _of_names(kind: str, one: Facts, other: Facts) -> Iterator[Finding]:
    ours, theirs = (_names_by_key(kind, facts) for facts in (one, other))
    shared = {sort: _pairs(ours, theirs, letters) for sort, letters in _SORTS.items()}
    sign = next((sort for sort, names in shared.items() if names), None)
    yield Finding(sign, shared[sign]) if sign else Finding(Sign.OTHER_NAME)
    if kind == "person":
        hangul_names = [_hangul_names(facts) for facts in (one, other)]
        if all(hangul_names) and hangul_names[0].isdisjoint(hangul_names[1]):
            yield Finding(Sign.OTHER_HANGUL, tuple(sorted(hangul_names[0] | hangul_names[1])))


_SORTS = {Sign.SAME_NAME: "nw", Sign.SAME_SOUND: "s", Sign.FOR_SHORT: "ijab"}


def _names_by_key(kind: str, facts: Facts) -> dict[str, str]:
    return {key: name for name in facts.names for key in _of_name(kind, name)}


def _pairs(ours: Mapping[str, str], theirs: Mapping[str, str], letters: str) -> tuple[str, ...]:
    """The names that meet under a key of these letters."""
    met = (
        (name, theirs[counterpart])
        for key, name in ours.items()
        if key[0] in letters
        for counterpart in asked(key)
        if counterpart in theirs
    )
    return tuple(dict.fromkeys(name for pair in sorted(met) for name in pair))


def _hangul_names(facts: Facts) -> set[str]:
    names = ("".join(words(name)) for name in facts.names)
    return {name for name in names if hangul.is_syllables(name) and 2 <= len(name) <= spelling.LONGEST_HANGUL}


def _of_identifiers(one: Facts, other: Facts) -> Iterator[Finding]:
    ours, theirs = (_by_scheme(facts.identifiers) for facts in (one, other))
    schemes = ours.keys() & theirs.keys()
    same = sorted(scheme for scheme in schemes if ours[scheme] & theirs[scheme])
    if same:
        yield Finding(Sign.SAME_IDENTIFIER, tuple(same))
    if others := sorted(schemes.difference(same)):
        told = (f"{name}: {', '.join(sorted(ours[name]))} / {', '.join(sorted(theirs[name]))}" for name in others)
        yield Finding(Sign.OTHER_IDENTIFIER, tuple(told))
    links = [{_bare_link(link): link for link in facts.links} for facts in (one, other)]
    if shared := sorted(links[0].keys() & links[1].keys()):
        yield Finding(Sign.SAME_LINK, tuple(links[0][link] for link in shared))


def _by_scheme(identifiers: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for scheme, value in identifiers:
        found.setdefault(fold(scheme), set()).add(_bare_identifier(value))
    return found


def _of_people(one: Facts, other: Facts) -> Iterator[Finding]:
    ours, theirs = ({place.organization: place.name for place in facts.places} for facts in (one, other))
    if shared := sorted(ours[key] for key in ours.keys() & theirs.keys()):
        yield Finding(Sign.SHARED_ORGANIZATION, tuple(shared))
    elif clashing := [(here, there) for here in one.places for there in other.places if here.overlaps(there)]:
        yield Finding(Sign.OTHER_ORGANIZATIONS, tuple(f"{here.name} / {there.name}" for here, there in clashing[:3]))
    together = one.sessions.keys() & other.sessions.keys()
    debates = {one.sessions[session] for session in together}
    if together:
        yield Finding(Sign.SAME_SESSION, tuple(sorted(title for _key, title in debates)))
    if apart := (set(one.sessions.values()) & set(other.sessions.values())) - debates:
        yield Finding(Sign.SAME_DEBATE, tuple(sorted(title for _key, title in apart)))


def _of_organizations(one: Facts, other: Facts) -> Iterator[Finding]:
    if shared := sorted(one.people[key] for key in one.people.keys() & other.people.keys()):
        yield Finding(Sign.SHARED_PEOPLE, tuple(shared))
    if one.parent is not None and one.parent == other.parent:
        yield Finding(Sign.SAME_WHOLE)
    if one.itself == other.parent or other.itself == one.parent:
        yield Finding(Sign.WHOLE_AND_PART)
    if one.kind != other.kind and "other" not in (one.kind, other.kind):
        yield Finding(Sign.OTHER_KIND)


def _bare(word: str) -> str:
    return _BETWEEN.sub("", word.replace("\u2010", "").replace("\u2011", ""))


def _bare_identifier(value: str) -> str:
    """An identifier is written alone or as the address that it has in the catalogue."""
    last = value.rstrip("/").rpartition("/")[2] if "/" in value else value
    return _BETWEEN.sub("", fold(last))


def _bare_link(link: str) -> str:
    return fold(_WEB.sub("", link.strip()).removesuffix("/"))
