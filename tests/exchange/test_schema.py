"""The schema, the tables that loading goes by, the page about the format and the models say the same."""

from __future__ import annotations

import json

import pytest
from django.conf import settings
from django.db import models
from jsonschema import Draft202012Validator

from exchange.dossier.fields import ColumnField, GroupField, InheritedField, WordingField, WordsField
from exchange.dossier.kinds import DOSSIER, KINDS
from exchange.dossier.shape import SCHEMA, validator
from speakers.bilingual import LANGUAGES

pytestmark = pytest.mark.once

DOCUMENT = json.loads(SCHEMA.read_text(encoding="utf-8"))
GUIDE = (settings.BASE_DIR / "docs" / "dossiers.md").read_text(encoding="utf-8")


def resolved(schema):
    return {**schema, **DOCUMENT["$defs"][schema["$ref"].removeprefix("#/$defs/")]} if "$ref" in schema else schema


def schema_of(kind):
    """That of one record of the kind, found by the way its keys lead from the top."""
    owner = KINDS[kind]
    above = DOCUMENT if owner is None else schema_of(owner)
    at_key = resolved(above["properties"][kind.key])
    return at_key if kind.single else resolved(at_key["items"])


def columns_of(kind):
    """Each field with its schema, those of a group within theirs."""
    properties = schema_of(kind)["properties"]
    for field in kind.fields:
        if isinstance(field, GroupField):
            inner = resolved(properties[field.key])["properties"]
            yield from ((each, resolved(inner[each.key])) for each in field.fields)
        elif not isinstance(field, InheritedField):
            yield field, resolved(properties[field.key])


WITH_KEYS = [kind for kind in KINDS if not kind.item]
NAMES = [f"{kind.model.__name__}-{kind.owner}" for kind in WITH_KEYS]


def test_the_schema_is_one():
    Draft202012Validator.check_schema(DOCUMENT)
    assert validator().schema == DOCUMENT


def test_the_dossier_has_the_keys_that_are_loaded():
    assert list(DOCUMENT["properties"]) == ["dossier", "language", "licence", *(kind.key for kind in DOSSIER)]


@pytest.mark.parametrize("kind", WITH_KEYS, ids=NAMES)
def test_every_record_has_the_keys_that_are_loaded(kind):
    expected = []
    for field in kind.fields:
        expected += ["proposition", "wording"] if isinstance(field, WordingField) else [field.key]
        expected += ["former_slugs"] if field.key == "slug" else []
    expected = [key for key in expected if key != "source_language" or not kind.single]
    assert sorted(schema_of(kind)["properties"]) == sorted([*expected, *(part.key for part in kind.parts)])
    assert schema_of(kind)["additionalProperties"] is False


@pytest.mark.parametrize("kind", WITH_KEYS, ids=NAMES)
def test_choices_lengths_and_requirements_are_those_of_the_models(kind):
    required = schema_of(kind).get("required", [])
    for field, schema in columns_of(kind):
        if isinstance(field, ColumnField):
            column = field.column
            if column.choices:
                assert schema["enum"] == [value for value, _label in column.choices if value], field.key
            elif isinstance(column, models.CharField) and field.key not in {"id", "country"}:
                assert schema["maxLength"] == column.max_length, field.key
            assert (field.key in required) == must_be_given(column), field.key
        elif isinstance(field, WordsField):
            column = kind.model._meta.get_field(f"{field.attribute}_en")
            assert list(schema["properties"]) == list(LANGUAGES)
            assert resolved(schema["properties"]["en"]).get("maxLength") == column.max_length, field.key


def must_be_given(column):
    return column.name in {"slug", "public_id", "number"} or (
        not column.has_default() and not column.null and not column.blank
    )


def test_every_key_and_choice_has_a_title():
    for name, schema in DOCUMENT["$defs"].items():
        for key, inner in schema.get("properties", {}).items():
            assert resolved(inner).get("title"), f"{name}.{key}"


@pytest.mark.parametrize("kind", WITH_KEYS, ids=NAMES)
def test_the_page_about_the_format_names_every_key_and_choice(kind):
    schema = schema_of(kind)
    for key, inner in schema["properties"].items():
        assert f"`{key}`" in GUIDE, key
        for choice in resolved(inner).get("enum", []):
            assert f"`{choice}`" in GUIDE, choice


def test_the_example_in_the_page_about_the_format_is_a_dossier():
    import yaml

    example = GUIDE.split("```yaml\n", 1)[1].split("```", 1)[0]
    assert list(validator().iter_errors(yaml.safe_load(example))) == []
