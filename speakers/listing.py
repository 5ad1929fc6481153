"""What lists in the admin are narrowed by, and how fields are explained. No filter offers a list without end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth import get_user_model
from django.db.models import Field, Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from speakers.bilingual import LANGUAGES

OFFERED = 12
MOST_PEOPLE = 50


class RecordList(ChangeList):
    """Reads for its rows what only a list shows: see `RecordAdmin.listed`."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Any]:
        model_admin: Any = self.model_admin
        rows: QuerySet[Any] = model_admin.listed(super().get_queryset(request, exclude_parameters))
        return rows


class Explained:
    """Says at a field what is often got wrong there. A text for both columns of a bilingual one stands at the first."""

    help_texts: ClassVar[Mapping[str, Any]] = {}

    def formfield_for_dbfield(self, db_field: Field[Any, Any], request: HttpRequest, **options: Any) -> Any:
        formfield = super().formfield_for_dbfield(db_field, request, **options)  # type: ignore[misc]
        text = self.help_texts.get(db_field.name) or self.help_texts.get(_stem(db_field.name))
        if formfield and text:
            formfield.help_text = text
        return formfield


def _stem(name: str) -> str:
    """Of the first column of a bilingual text, what both are called."""
    return name.removesuffix(f"_{LANGUAGES[0]}")


def _linked(text: Any, address: Any, section: str, words: Any) -> str:
    return format_html('{} <a href="{}#{}">{}</a>', text, address, section, words)


_linked_lazily = lazy(_linked, str)


def by_the_rules(text: Any, section: str) -> Any:
    """The text, and a link to where the rules of coding say more."""
    return _linked_lazily(text, reverse_lazy("pages:about-coding"), section, _("Rules of coding"))


class _ByKey(admin.SimpleListFilter):
    """By the primary key of another record."""

    def chosen(self) -> int | None:
        value = self.value()
        if not value:
            return None
        if not str(value).isdecimal() or len(str(value)) > 18:
            raise IncorrectLookupParameters
        return int(value)

    def _offered(self, rows: QuerySet[Any], most: int) -> list[Any]:
        """So many of the rows, and the one that is chosen."""
        offered = list(rows[:most])
        chosen = self.chosen()
        if chosen and chosen not in {row.pk for row in offered}:
            offered += rows.model._base_manager.filter(pk=chosen)
        return offered


class LastChanged(_ByKey):
    """Offers the records of `records` that were changed last."""

    records: type[Model]
    column: str
    related: tuple[str, ...] = ()

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = self.records._base_manager.select_related(*(self.related or (None,))).order_by("-updated_at", "-pk")
        return [(str(row.pk), Truncator(str(row)).chars(48)) for row in self._offered(rows, OFFERED)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.chosen()
        return queryset if chosen is None else queryset.filter(**{self.column: chosen})


class EnteredBy(_ByKey):
    """Who made the record, as its history has it."""

    title = _("entered by")
    parameter_name = "entered_by"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        people = get_user_model()._base_manager.filter(is_staff=True).order_by("username")
        return [(str(one.pk), one.get_full_name() or one.get_username()) for one in self._offered(people, MOST_PEOPLE)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.chosen()
        if chosen is None:
            return queryset
        history: Any = queryset.model.history
        return queryset.filter(pk__in=history.filter(history_type="+", history_user=chosen).values("id"))


class YesOrNo(admin.SimpleListFilter):
    """Of two answers."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Yes")), ("no", _("No"))]

    def has(self, queryset: QuerySet[Any]) -> Any:
        raise NotImplementedError

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in {"yes", "no"}:
            return queryset
        condition = self.has(queryset)
        return queryset.filter(condition if self.value() == "yes" else ~condition)
