"""How much of each record is told, and in which language: `fields`, `expand` and `lang`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, NamedTuple, Self

from django.http import QueryDict
from django.utils import translation

from api import anatomy
from api.parameters import STRING, Gathering, Parameter
from api.problems import shortened
from search.filters import FiltersError, Problem
from speakers import partial_dates
from speakers.bilingual import LANGUAGES

type JSON = Any
type Find = Callable[[str, Sequence[str]], Mapping[str, JSON]]
_IDENTITY = "id"
_MOST_SHOWN = 40


@cache
def parameters(shape: Any) -> tuple[Parameter, ...]:
    """What is described of them for the records of one shape."""
    names, references = anatomy.fields(shape), anatomy.references(shape)
    taken = (
        Parameter(
            "fields",
            "Only these members of each record, with commas between them: a member, or with a dot one within it. The"
            " `id` is always given.",
            _listed(names),
        ),
        Parameter(
            "expand",
            "Writes these references out, with commas between them, as their own list has them. One of a reference that"
            f" is written out takes another dot. There are: {', '.join(references)}."
            if references
            else "",
            _listed(tuple(references)),
        ),
        Parameter(
            "lang",
            "Gives each text once, in this language or else in the one there is, saying which that is; and dates in its"
            " words. Without it texts come in both.",
            {**STRING, "enum": list(LANGUAGES)},
        ),
    )
    return tuple(one for one in taken if one.name != "expand" or references)


def _listed(names: Sequence[str]) -> Mapping[str, Any]:
    return {"type": "array", "items": {**STRING, "examples": list(names[:1])}, "maxItems": len(names)}


class Expansion(NamedTuple):
    """The path to a reference, the list that it leads to, and the shape of what is in that list."""

    path: tuple[str, ...]
    resource: str
    shape: Any


@dataclass(frozen=True, slots=True)
class Wanted:
    """`fields` is a tree: a name leads to those wanted within it, none of them where all are. In `expand` those on the
    way to others come first.
    """

    fields: Mapping[str, Any] = field(default_factory=dict)
    expand: tuple[Expansion, ...] = ()
    language: str = ""

    @classmethod
    def asked_for(cls, query: QueryDict, shape: Any, shapes: Mapping[str, Any]) -> Self:
        """`shapes` are those of the lists, by name. Raises FiltersError for what there is not."""
        gathering = Gathering()
        with gathering:
            expand = _expand(_names(query, "expand"), shape, shapes)
        with gathering:
            fields = _chosen("fields", _names(query, "fields"), _fields_with(shape, query, shapes))
            if fields:
                fields += [name for name in _names(query, "expand") if not any(one.startswith(name) for one in fields)]
        with gathering:
            language = _language(query)
        gathering.tell()
        return cls(_tree(fields), expand, language)

    def of(self, records: Iterable[JSON], find: Find) -> list[JSON]:
        """`find` gives records of a list by their ids; it is asked once for each reference that is written out."""
        told = list(records)
        for path, resource, _shape in self.expand:
            _write_out(told, path, lambda ids, resource=resource: find(resource, ids))  # type: ignore[misc]
        if self.language:
            told = [in_language(record, self.language) for record in told]
        if self.fields:
            told = [_only(record, {_IDENTITY: {}, **self.fields}) for record in told]
        return told

    def columns(self, shape: Any) -> list[tuple[str, ...]]:
        """The paths to the plain values of what `of` gives."""
        paths = list(anatomy.columns(shape))
        for path, _resource, written_out in self.expand:
            place = next(place for place, other in enumerate(paths) if other[: len(path)] == path)
            others = [other for other in paths if other[: len(path)] != path]
            paths = [*others[:place], *((*path, *inner) for inner in anatomy.columns(written_out)), *others[place:]]
        if self.language:
            paths = [told for path in paths for told in _in_one_language(path)]
        return [path for path in paths if not self.fields or path == (_IDENTITY,) or _is_wanted(path, self.fields)]


def _in_one_language(path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    *before, name = path
    if name == LANGUAGES[0]:
        yield (*before, "text")
        yield (*before, "language")
    elif name not in LANGUAGES:
        yield path


def _is_wanted(path: Sequence[str], tree: Mapping[str, Any]) -> bool:
    for step in path:
        if step not in tree:
            return False
        tree = tree[step]
        if not tree:
            return True
    return True


def in_language(value: JSON, language: str) -> JSON:
    match value:
        case {"en": _, "ko": _, "source_language": source_language, **others} if not others:
            written_in = language if value[language] else next(one for one in LANGUAGES if value[one])
            return {"text": value[written_in], "language": written_in, "source_language": source_language}
        case {"edtf": edtf, **others} if "text" in others:
            return {**value, "text": _in_words(edtf, language)}
        case dict():
            return {name: in_language(member, language) for name, member in value.items()}
        case list():
            return [in_language(member, language) for member in value]
    return value


@lru_cache(maxsize=4096)
def _in_words(edtf: str, language: str) -> str:
    with translation.override(language):
        return partial_dates.parse(edtf).in_words()


def _names(query: QueryDict, name: str) -> list[str]:
    given = [one.strip() for value in query.getlist(name) for one in value.split(",")]
    return list(dict.fromkeys(one for one in given if one))


def _expand(given: Sequence[str], shape: Any, shapes: Mapping[str, Any]) -> tuple[Expansion, ...]:
    """References of the shape, and those within what they lead to."""
    direct = anatomy.references(shape)
    if not direct:
        return ()  # there is no such parameter then, and whoever gave it is told so
    further = {
        f"{path}.{within}": (path, resource)
        for path, list_of in direct.items()
        if any(name.startswith(f"{path}.") for name in given)
        for within, resource in anatomy.references(shapes[list_of]).items()
    }
    chosen = _chosen("expand", given, (*direct, *further))
    for name in chosen:
        if name not in direct and further[name][0] not in chosen:
            problem = f"{name!r} is within {further[name][0]!r}, which has to be expanded as well."
            raise FiltersError([Problem("expand", problem)])
    resources = dict(direct) | {name: resource for name, (_path, resource) in further.items() if name not in direct}
    return tuple(Expansion(tuple(name.split(".")), resources[name], shapes[resources[name]]) for name in sorted(chosen))


def _fields_with(shape: Any, query: QueryDict, shapes: Mapping[str, Any]) -> tuple[str, ...]:
    """What can be chosen, with what is in the references that are written out."""
    names, references = list(anatomy.fields(shape)), anatomy.references(shape)
    for path in _names(query, "expand"):
        if path in references:
            names += [f"{path}.{name}" for name in anatomy.fields(shapes[references[path]])]
    return tuple(dict.fromkeys(names))


def _chosen(parameter: str, given: Sequence[str], names: Sequence[str]) -> list[str]:
    if unknown := [name for name in given if name not in names]:
        shown = ", ".join(names[:_MOST_SHOWN]) + (", …" if len(names) > _MOST_SHOWN else "")
        raise FiltersError([Problem(parameter, f"There is no {shortened(unknown[0])!r} here. There are: {shown}.")])
    return list(given)


def _language(query: QueryDict) -> str:
    given = [value for value in query.getlist("lang") if value]
    if len(given) > 1:
        raise FiltersError([Problem("lang", "Give it once.")])
    if given and given[0] not in LANGUAGES:
        raise FiltersError([Problem("lang", f"{shortened(given[0])!r} is none of: {', '.join(LANGUAGES)}.")])
    return given[0] if given else ""


def _tree(names: Sequence[str]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for name in names:
        if not any(name.startswith(f"{other}.") for other in names):
            branch = tree
            for step in name.split("."):
                branch = branch.setdefault(step, {})
    return tree


def _only(value: JSON, tree: Mapping[str, Any]) -> JSON:
    match value:
        case dict() if tree:
            return {name: _only(member, tree[name]) for name, member in value.items() if name in tree}
        case list():
            return [_only(member, tree) for member in value]
    return value


def _write_out(
    records: Sequence[JSON], path: Sequence[str], find: Callable[[Sequence[str]], Mapping[str, JSON]]
) -> None:
    """Puts whole records in the places of references; where one can't be had any more, the reference stays."""
    *steps, name = path
    holders = list(records)
    for step in steps:
        holders = [value for holder in holders for value in _each(holder.get(step))]
    ids = [value[_IDENTITY] for holder in holders for value in _each(holder.get(name))]
    found = find(list(dict.fromkeys(ids))) if ids else {}
    for holder in holders:
        holder[name] = _replaced(holder[name], found)


def _each(value: JSON) -> Iterator[JSON]:
    if value is not None:
        yield from value if isinstance(value, list) else [value]


def _replaced(value: JSON, found: Mapping[str, JSON]) -> JSON:
    if isinstance(value, list):
        return [_replaced(one, found) for one in value]
    return {**value, **found.get(value[_IDENTITY], {})} if value else value
