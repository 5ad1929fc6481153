"""Constraints that many models share the form of."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from speakers.bilingual import any_language


def known(field: str, choices: type[models.TextChoices], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": choices.values}),
        name=name,
        violation_error_message=_("Choose one of the values offered."),
    )


def exactly_one(fields: tuple[str, ...], name: str) -> models.CheckConstraint:
    """Of several foreign keys one is set; a text among them counts as set when it is not empty."""
    present = {field: ~Q(**{field: ""}) if field == "label" else Q(**{f"{field}__isnull": False}) for field in fields}
    alternatives = (
        reduce(
            lambda left, right: left & right,
            (is_set if field == chosen else ~is_set for field, is_set in present.items()),
        )
        for chosen in fields
    )
    return models.CheckConstraint(
        condition=reduce(or_, alternatives),
        name=name,
        violation_error_message=_("Fill in exactly one of these fields."),
    )


def filled(field: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=~Q(**{field: ""}), name=name, violation_error_message=_("This field must not be empty.")
    )


def in_some_language(attribute: str, name: str, *, unless: Q | None = None) -> models.CheckConstraint:
    """The bilingual `attribute` is there in at least one language, except in rows for which `unless` holds."""
    condition = any_language(attribute)
    return models.CheckConstraint(
        condition=condition if unless is None else unless | condition,
        name=name,
        violation_error_message=_("Fill in the text in at least one language."),
    )


def to_the_web(field: str, name: str) -> models.CheckConstraint:
    """An address is empty or leads to the web: `javascript:` and the like would run where it is shown."""
    web = Q(**{f"{field}__startswith": "http://"}) | Q(**{f"{field}__startswith": "https://"})
    return models.CheckConstraint(
        condition=Q(**{field: ""}) | web,
        name=name,
        violation_error_message=_("Write an address that begins with http:// or https://."),
    )
