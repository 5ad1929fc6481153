"""Whether a tree has the shape that schema.json describes, said in plain words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from functools import cache
from pathlib import Path as FilePath
from typing import Any, cast

from django.core.exceptions import ValidationError
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError as SchemaError

from debate import locators
from exchange.dossier.problems import Path, Problem, did_you_mean
from exchange.dossier.source import Document
from speakers import partial_dates
from speakers.identity import new_public_id
from speakers.models import WEB_ADDRESS

SCHEMA = FilePath(__file__).with_name("schema.json")
_TYPES = {
    "object": "a mapping (key: value)",
    "array": "a list (a line with - for each)",
    "string": "a text",
    "integer": "a whole number",
    "boolean": "true or false",
}


def problems(document: Document) -> Iterator[Problem]:
    """Of what is of the wrong type altogether, only that is said."""
    errors = list(validator().iter_errors(document.tree))
    mistyped = {_path(error) for error in errors if error.validator == "type"}
    for error in errors:
        if error.validator == "type" or _path(error) not in mistyped:
            yield from _in_words(error, document)


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")), format_checker=_formats())


def _formats() -> FormatChecker:
    checker = FormatChecker(formats=())
    for name, parse in _FORMATS.items():
        checker.checks(name, raises=ValueError)(_accepts(parse))
    return checker


def _accepts(parse: Callable[[str], object]) -> Callable[[object], bool]:
    def accepts(value: object) -> bool:
        if isinstance(value, str):
            parse(value)
        return True

    return accepts


def _day(text: str) -> date:
    return _read(date.fromisoformat, text, r"\d{4}-\d\d-\d\d", "a day. Write year, month and day: 2025-02-12.")


def _time(text: str) -> time:
    return _read(
        time.fromisoformat, text, r"\d\d:\d\d(:\d\d(\.\d{6})?)?", "a time of day. Write hours and minutes: 09:30."
    )


def _timestamp(text: str) -> datetime:
    form = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)"
    return _read(
        datetime.fromisoformat, text, form, "a time with its zone. Write for example 2025-02-12T09:00:00+09:00."
    )


def _read[T](parse: Callable[[str], T], text: str, form: str, wanted: str) -> T:
    if re.fullmatch(form, text, re.ASCII):
        try:
            return parse(text)
        except ValueError:
            pass
    raise ValueError(f"{text!r} is not {wanted}")


def _web_address(text: str) -> None:
    try:
        WEB_ADDRESS(text)
    except ValidationError:
        raise ValueError(f"{text!r} is no web address. Write it whole, with https:// or http:// in front.") from None


_FORMATS: dict[str, Callable[[str], object]] = {
    "edtf": partial_dates.parse,
    "locator": locators.parse,
    "date": _day,
    "time-of-day": _time,
    "date-time": _timestamp,
    "web-address": _web_address,
}


def _path(error: SchemaError) -> Path:
    return tuple(error.absolute_path)


def _in_words(error: SchemaError, document: Document) -> Iterator[Problem]:
    path, value, schema = _path(error), cast(Any, error.instance), _schema(error)
    match error.validator:
        case "additionalProperties":
            known = list(schema["properties"])
            for key in [key for key in value if key not in known]:
                hint = did_you_mean(key, known) or f" There are: {', '.join(known)}."
                yield Problem((*path, key), f"There is no key {key!r} here.{hint}")
        case "required":
            for key in [key for key in schema["required"] if key not in value]:
                yield Problem(path, f"The key {key!r} is missing.{_reason(schema) or _example(key)}")
        case "type":
            yield Problem(path, _mistyped(error, document))
        case _:
            yield Problem(path, _wrong_value(error))


def _schema(error: SchemaError) -> dict[str, Any]:
    return error.schema if isinstance(error.schema, dict) else {}


def _reason(schema: dict[str, Any]) -> str:
    """Why a rule asks for a key; a schema of a whole record says nothing of its single keys."""
    return f" {schema['errorMessage']}" if "errorMessage" in schema and "properties" not in schema else ""


def _example(key: str) -> str:
    """A new id to copy, since nobody can think one up that is not taken."""
    return f" Make one up once and keep it, for example {new_public_id()}." if key == "id" else ""


def _mistyped(error: SchemaError, document: Document) -> str:
    value, wanted = cast(Any, error.instance), str(error.validator_value)
    if value is None:
        return "There is nothing here. Fill it in or leave the key out."
    if wanted == "string" and not isinstance(value, dict | list):
        what = "true or false" if isinstance(value, bool) else "a number"
        text = document.place(_path(error)).guessed or value
        return f'{text} is read as {what}. Put it in quotes: "{text}".'
    schema = _schema(error)
    if wanted == "object" and "errorMessage" in schema:
        return str(schema["errorMessage"])
    return f"This has to be {_TYPES.get(wanted, wanted)}."


def _wrong_value(error: SchemaError) -> str:
    value, limit = cast(Any, error.instance), cast(Any, error.validator_value)
    match error.validator:
        case "enum":
            choices = [str(choice) for choice in limit]
            return f"{value!r} is none of: {', '.join(choices)}.{did_you_mean(value, choices)}"
        case "const":
            return f"{value!r} is not read here. Write {limit}."
        case "format":
            return str(error.cause)
        case "maxLength":
            return f"The text has {len(value)} characters. At most {limit} fit."
        case "minimum":
            return f"{value} is too small. It has to be {limit} or more."
        case "maximum":
            return f"{value} is too large. It has to be {limit} or less."
        case "uniqueItems":
            return "Something is in this list twice. Keep it once."
    return str(_schema(error).get("errorMessage") or "This can't be left empty. Fill it in or leave the key out.")
