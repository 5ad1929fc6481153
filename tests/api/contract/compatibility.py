"""Which changes between two OpenAPI documents break programs that worked."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

type Schema = Mapping[str, Any]
LIMITS = ("maxLength", "maxItems", "maximum")
METHODS = ("get", "post", "put", "patch", "delete")


def breaks(before: Schema, after: Schema) -> list[str]:
    """In plain words, each with where it is."""
    return list(dict.fromkeys(_Comparison(before, after).all()))


class _Comparison:
    def __init__(self, before: Schema, after: Schema) -> None:
        self._before, self._after = before, after
        self._compared: set[tuple[str, str, bool]] = set()

    def all(self) -> Iterator[str]:
        for path, item in self._before["paths"].items():
            for method in METHODS:
                if method in item:
                    yield from self._operation(f"{method.upper()} {path}", item[method], path, method)

    def _operation(self, where: str, before: Schema, path: str, method: str) -> Iterator[str]:
        after = self._after["paths"].get(path, {}).get(method)
        if after is None:
            yield f"{where}: is gone"
            return
        yield from self._parameters(where, before, after)
        yield from self._taken(where, before.get("requestBody"), after.get("requestBody"))
        for status, answer in before["responses"].items():
            yield from self._answer(f"{where} {status}", answer, after["responses"].get(status))

    def _parameters(self, where: str, before: Schema, after: Schema) -> Iterator[str]:
        known = {(one["in"], one["name"]): one for one in before.get("parameters", ())}
        now = {(one["in"], one["name"]): one for one in after.get("parameters", ())}
        for key, one in known.items():
            if key not in now:
                yield f"{where}: the parameter {one['name']} is gone"
                continue
            yield from self._schema(f"{where}: {one['name']}", one["schema"], now[key]["schema"], taken=True)
        for key, one in now.items():
            if one.get("required") and not known.get(key, {}).get("required"):
                yield f"{where}: the parameter {one['name']} has to be given"

    def _taken(self, where: str, before: Schema | None, after: Schema | None) -> Iterator[str]:
        if after and after.get("required") and not (before or {}).get("required"):
            yield f"{where}: a body has to be sent"
        for form, content in (before or {}).get("content", {}).items():
            now = (after or {}).get("content", {}).get(form)
            if now is None:
                yield f"{where}: takes no {form}"
            else:
                yield from self._schema(where, content.get("schema", {}), now.get("schema", {}), taken=True)

    def _answer(self, where: str, before: Schema, after: Schema | None) -> Iterator[str]:
        if after is None:
            if where.endswith(("200", "201", "204", "301")):
                yield f"{where}: is no answer now"
            return
        for form, content in before.get("content", {}).items():
            now = after.get("content", {}).get(form)
            if now is None:
                yield f"{where}: is not given as {form}"
            else:
                yield from self._schema(where, content.get("schema", {}), now.get("schema", {}), taken=False)

    def _schema(self, where: str, before: Schema, after: Schema, *, taken: bool) -> Iterator[str]:
        """`taken` is what programs send: less may not be taken. What they are sent may not be more than it was."""
        pair = (before.get("$ref", ""), after.get("$ref", ""), taken)
        if all(pair[:2]):
            if pair in self._compared:
                return
            self._compared.add(pair)
            where = pair[0].rpartition("/")[2]
        before, after = _resolved(self._before, before), _resolved(self._after, after)
        yield from _types(where, before, after, taken=taken)
        yield from self._members(where, before, after, taken=taken)
        if "items" in before:
            yield from self._schema(f"{where}[]", before["items"], after.get("items", {}), taken=taken)
        for limit in LIMITS if taken else ():
            if after.get(limit, math.inf) < before.get(limit, math.inf):
                yield f"{where}: {limit} is {after[limit]}"
        yield from self._alternatives(where, before, after, taken=taken)

    def _members(self, where: str, before: Schema, after: Schema, *, taken: bool) -> Iterator[str]:
        had, has = before.get("properties", {}), after.get("properties", {})
        for name, schema in had.items():
            if name not in has:
                yield f"{where}.{name}: is gone"
                continue
            yield from self._schema(f"{where}.{name}", schema, has[name], taken=taken)
        needed_before, needed = set(before.get("required", ())), set(after.get("required", ()))
        for name in sorted(needed - needed_before if taken else (needed_before - needed) & set(has)):
            yield f"{where}.{name}: {'has to be given' if taken else 'may be missing'}"

    def _alternatives(self, where: str, before: Schema, after: Schema, *, taken: bool) -> Iterator[str]:
        """Of several, each is compared with the one of the same name or type; otherwise it is one more or one less."""
        had, has = _by_name(before), _by_name(after)
        for name in had.keys() & has.keys():
            yield from self._schema(where, had[name], has[name], taken=taken)
        lost, new = sorted(had.keys() - has.keys()), sorted(has.keys() - had.keys())
        if taken and lost:
            yield f"{where}: takes no {', '.join(lost)}"
        if not taken and had and new:
            yield f"{where}: may be {', '.join(new)}"


def _resolved(document: Schema, schema: Schema) -> Schema:
    while reference := schema.get("$ref"):
        schema = document["components"]["schemas"][reference.rpartition("/")[2]]
    return schema


def _by_name(schema: Schema) -> dict[str, Schema]:
    alternatives = schema.get("anyOf") or schema.get("oneOf") or ()
    return {one.get("$ref", "").rpartition("/")[2] or str(one.get("type")): one for one in alternatives}


def _types(where: str, before: Schema, after: Schema, *, taken: bool) -> Iterator[str]:
    was, now = _set(before.get("type")), _set(after.get("type"))
    if was and now and (lost := was - now if taken else now - was):
        yield f"{where}: {'takes no' if taken else 'may be'} {', '.join(sorted(lost))}"
    elif was and not now and not after.get("anyOf") and not taken:
        yield f"{where}: may be anything"
    if before.get("format") != after.get("format") and not taken and before.get("format"):
        yield f"{where}: is no {before['format']}"
    if (
        taken
        and "enum" in after
        and (lost_values := set(map(str, before.get("enum", ["anything"]))) - set(map(str, after["enum"])))
    ):
        yield f"{where}: takes no {', '.join(sorted(lost_values))}"


def _set(kind: Any) -> set[str]:
    return set(kind) if isinstance(kind, list) else {kind} if kind else set()
