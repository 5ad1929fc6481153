"""The bin: what was deleted, by whom and why, what is in it, and the way back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import ForeignKey, Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from debate.models import Event, Source
from editing.merging.records import page_of
from editing.screens import author, screen, shown
from positions.models import Topic
from review import bin
from review.models import Binned
from review.publicity import is_published
from review.refusals import Gone, InTheWay, Refusal
from review.snapshots import Snapshot, kept_columns, model_of, remade
from speakers.models import Organization, Person

A_PAGE = 50
MOST_SHOWN = 100  # rows of one record
_CALLED_BY_NAME = frozenset((Person, Organization, Event, Source, Topic))
_TITLES = ("title", "name", "summary", "text", "url", "organization_name", "role", "label", "locator", "slug")

type Target = tuple[type[Model], int]


@dataclass(frozen=True, slots=True)
class Lying:
    binned: Binned
    kind: str
    days_left: int


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    fields: tuple[tuple[str, str], ...]


@screen("review.view_binned")
@require_safe
def lying(request: HttpRequest) -> HttpResponse:
    found = bin.lying().select_related("content_type", "deleted_by").defer("rows")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rows = [Lying(binned, _kind(binned), days_left(binned)) for binned in page]
    return shown(request, "editing/bin.html", _("Bin"), {"page": page, "rows": rows, "days": bin.KEPT.days})


@screen("review.view_binned")
@require_http_methods(["GET", "HEAD", "POST"])
def inside(request: HttpRequest, key: int) -> HttpResponse:
    binned = get_object_or_404(bin.lying().select_related("content_type", "deleted_by"), pk=key)
    model = binned.content_type.model_class()
    if model is None or not author(request).may("view", model):
        raise PermissionDenied
    held, reason, refused = bin.held_in(binned), request.POST.get("reason", ""), None
    if request.method == "POST":
        try:
            return _put_back(request, binned, reason)
        except Gone:
            messages.error(request, _("Somebody else put it back meanwhile, or its time was over."))
            return HttpResponseRedirect(reverse("editing:bin"))
        except Refusal as refusal:
            refused = refusal
    context = {
        "trail": [(reverse("editing:bin"), _("Bin"))],
        "binned": binned,
        "kind": _kind(binned),
        "days_left": days_left(binned),
        "groups": _groups(held[:MOST_SHOWN]),
        "left_out": max(0, len(held) - MOST_SHOWN),
        "may_put_back": author(request).may("add", model),
        "may_publish": author(request).may_publish,
        "reason": reason,
        "refused": refused,
        "problems": refused.problems if isinstance(refused, InTheWay) else (),
    }
    return shown(request, "editing/bin_inside.html", binned.label, context, 409 if refused else 200)


def days_left(binned: Binned) -> int:
    """Whole ones; the last day is 1."""
    return -(-(bin.kept_until(binned) - timezone.now()) // timedelta(days=1))


def _put_back(request: HttpRequest, binned: Binned, reason: str) -> HttpResponse:
    record = bin.put_back(binned, author(request), reason)
    if binned.was_public and not is_published(record):
        told = _("“%(name)s” is back, as a draft: only who may publish brings back what was public as it was.")
    else:
        told = _("“%(name)s” is back as it was.")
    messages.success(request, told % {"name": binned.label})
    return HttpResponseRedirect(page_of(record) or reverse("editing:bin"))


def _kind(binned: Binned) -> str:
    model = binned.content_type.model_class()
    return str(model._meta.verbose_name) if model else binned.content_type.model


def _groups(taken: list[Snapshot]) -> list[tuple[str, list[Row]]]:
    """By kind, in the order in which they are kept; a query for each kind of what they refer to."""
    rows = [_remade(one) for one in taken]
    names = _names_of_targets([row for row in rows if isinstance(row, Model)])
    return [
        (_kind_of(label), [_row(row, names) for _taken, row in several])
        for label, several in groupby(zip(taken, rows, strict=True), key=lambda pair: str(pair[0]["model"]))
    ]


def _kind_of(label: str) -> str:
    try:
        return str(model_of({"model": label})._meta.verbose_name_plural)
    except LookupError:
        return label


def _remade(taken: Snapshot) -> Model | dict[str, Any]:
    """Where the record is kept in another form by now, its plain values."""
    try:
        return remade(taken)
    except (LookupError, ValidationError):
        values: dict[str, Any] = taken["values"]
        return values


def _row(row: Model | dict[str, Any], names: Mapping[Target, str]) -> Row:
    if isinstance(row, dict):
        return Row(str(row.get("id", "")), tuple((name, str(value)) for name, value in row.items()))
    return Row(_name(row), tuple(_fields(row, names)))


def _fields(row: Model, names: Mapping[Target, str]) -> Iterator[tuple[str, str]]:
    """What an editor filled in."""
    for field in kept_columns(type(row)):
        value = getattr(row, field.attname)
        if not field.editable or field.primary_key or value in ("", None, False, []):
            continue
        if isinstance(field, ForeignKey):
            kind = field.related_model._meta.verbose_name
            yield str(field.verbose_name), names.get((field.related_model, value), f"{kind} {value}")
        else:
            yield str(field.verbose_name), str(dict(field.flatchoices).get(value, value))


def _names_of_targets(rows: Sequence[Model]) -> dict[Target, str]:
    """Of those that are called by a name of their own; others are told by kind and key."""
    wanted: dict[type[Model], set[int]] = defaultdict(set)
    for row in rows:
        for field in kept_columns(type(row)):
            if isinstance(field, ForeignKey) and field.related_model in _CALLED_BY_NAME:
                wanted[field.related_model].add(getattr(row, field.attname))
    names: dict[Target, str] = {(type(row), row.pk): _name(row) for row in rows}
    for model, keys in wanted.items():
        for key, record in model._base_manager.in_bulk([key for key in keys if key]).items():
            names[model, key] = str(record)
    return names


def _name(row: Model) -> str:
    """Without asking for what it refers to, which may be in the bin as well."""
    own = (str(getattr(row, attribute, "") or "") for attribute in _TITLES)
    return next(filter(None, own), f"{row._meta.verbose_name} {row.pk}")
