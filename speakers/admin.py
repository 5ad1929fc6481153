from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.admin.widgets import AdminTextareaWidget, AutocompleteSelect, RelatedFieldWidgetWrapper
from django.db.models import Field, ForeignKey, JSONField, Model, Prefetch, QuerySet, TextField
from django.forms.utils import ErrorDict
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from speakers.bilingual import LANGUAGES, columns
from speakers.listing import EnteredBy, Explained, RecordList
from speakers.models import Affiliation, FormerAddress, Identifier, Link, Name, Organization, Person

KEPT_BY_THE_DATABASE = ("public_id", "is_public", "revision", "created_at", "updated_at")
PUBLISHING = ("status", "withdrawn_at", "withdrawn_because")
FIRST, LAST = ("source_language",), ("slug",)


class RecordAdmin(Explained, admin.ModelAdmin):
    """Every record: its languages side by side, what `sections` puts under a heading of its own, whether it is public,
    then what the database keeps.

    How it is saved, by whom, and what its history shows is put on by `editing.guarding`.
    """

    save_on_top = True
    show_full_result_count = False
    list_per_page = 50
    sections: ClassVar[Sequence[tuple[Any, Sequence[str]]]] = ()
    formfield_overrides: ClassVar[Any] = {
        TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4, "cols": 48})},
        JSONField: {"widget": AdminTextareaWidget(attrs={"rows": 1, "cols": 48})},
    }

    class Media:
        css = {"all": ["recorded.css"]}

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[RecordList]:
        return RecordList

    def listed(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With what only the list shows of them."""
        return rows

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Of what has a page there that anybody may open."""
        is_there = bool(getattr(obj, "is_public", False)) and hasattr(obj, "get_absolute_url")
        return obj.get_absolute_url() if is_there else None

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        names = {field.name for field in self.model._meta.get_fields()}
        kept = [name for name in KEPT_BY_THE_DATABASE if name in names and obj is not None]
        stepwise = [name for name in PUBLISHING if name in names]  # changed by steps, on a screen of their own
        return [*super().get_readonly_fields(request, obj), *stepwise, *kept]

    def may_see_past(self, request: HttpRequest, key: int) -> bool:
        """Of a record that is there or was, beyond what it takes to see the record."""
        return True

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        names = [str(name) for name in self.get_fields(request, obj)]
        sections = [(title, [name for name in names if name in several]) for title, several in self.sections]
        elsewhere = {
            *KEPT_BY_THE_DATABASE,
            *PUBLISHING,
            *FIRST,
            *LAST,
            *(name for _title, own in sections for name in own),
        }
        own = [name for name in FIRST if name in names]
        own += [name for name in names if name not in elsewhere]
        own += [name for name in LAST if name in names]
        groups = [
            (None, side_by_side(own), ()),
            *((title, side_by_side(several), ()) for title, several in sections),
            (_("Publishing"), [name for name in PUBLISHING if name in names], ()),
            (_("Kept by the database"), [name for name in KEPT_BY_THE_DATABASE if name in names], ("collapse",)),
        ]
        return [(title, {"fields": fields, "classes": classes}) for title, fields, classes in groups if fields]


def side_by_side(names: Sequence[str]) -> list[str | tuple[str, ...]]:
    """The columns of one bilingual text in one line."""
    lines: dict[str, list[str]] = {}
    for name in names:
        stem, _underscore, language = name.rpartition("_")
        lines.setdefault(stem if language in LANGUAGES else name, []).append(name)
    return [tuple(line) if len(line) > 1 else line[0] for line in lines.values()]


@admin.display(description=_("text"))
def shortened(record: object) -> str:
    """A column for lists, in which a whole summary would push the others away."""
    return Truncator(str(record)).chars(90)


class KnownSelection(AutocompleteSelect):
    """Shows what a row already points to without asking the database for it again."""

    known: Model | None = None

    def optgroups(self, name: str, value: Sequence[str], attrs: Any = None) -> Any:
        if self.known is None or [str(chosen) for chosen in value] != [str(self.known.pk)]:
            return super().optgroups(name, value, attrs)
        option = self.create_option(name, self.known.pk, str(self.known), selected=True, index=0)
        return [(None, [option], 0)]


class RecordForm(forms.ModelForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, KnownSelection):
                widget.known = self.instance._state.fields_cache.get(name)

    def _get_validation_exclusions(self) -> set[str]:
        """Whom a row belongs to is not known while that is new itself; it is checked when both are written."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        parents = {name: getattr(field, "parent_instance", None) for name, field in self.fields.items()}
        return excluded | {name for name, parent in parents.items() if parent is not None and parent.pk is None}

    def full_clean(self) -> None:
        """A row that stands as it is was checked when it was saved; doing so again costs queries for each."""
        if self.is_bound and self.instance.pk and not self.has_changed():
            self._errors, self.cleaned_data = ErrorDict(), dict(self.initial)
        else:
            super().full_clean()


class FewQueries(Explained, InlineModelAdmin):
    """Rows come with what they point to, so that an inline asks once, not once a row."""

    extra = 0
    form = RecordForm

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        return rows.select_related(*self.autocomplete_fields) if self.autocomplete_fields else rows

    def formfield_for_foreignkey(self, db_field: ForeignKey[Any, Any], request: HttpRequest, **options: Any) -> Any:
        if db_field.name in self.autocomplete_fields:
            options["widget"] = KnownSelection(db_field, self.admin_site, using=options.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **options)

    def formfield_for_dbfield(self, db_field: Field[Any, Any], request: HttpRequest, **options: Any) -> Any:
        """Only making a new one is offered beside a choice: four signs to a cell leave no room for the cell."""
        formfield = super().formfield_for_dbfield(db_field, request, **options)
        if formfield and isinstance(formfield.widget, RelatedFieldWidgetWrapper):
            widget = formfield.widget
            widget.can_change_related = widget.can_delete_related = widget.can_view_related = False
        return formfield


class RecordInline(FewQueries, admin.TabularInline):
    """A row for each."""


class RecordStack(FewQueries, admin.StackedInline):
    """A block for each, where there is much to say."""

    formfield_overrides: ClassVar[Any] = RecordAdmin.formfield_overrides

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return [(None, {"fields": side_by_side([str(name) for name in self.get_fields(request, obj)])})]


class NameInline(RecordInline):
    model = Name


class IdentifierInline(RecordInline):
    model = Identifier


class LinkInline(RecordInline):
    model = Link


class AffiliationInline(RecordStack):
    model = Affiliation
    autocomplete_fields = ["organization"]


@admin.register(Person)
class PersonAdmin(RecordAdmin):
    list_display = ["__str__", "name_en", "name_ko", "today", "is_public", "updated_at"]
    list_filter = ["is_public", EnteredBy, "updated_at"]
    search_fields = [*columns("name"), *columns("sort_name"), "slug", "names__text"]
    ordering = ["sort_key_en", "pk"]
    inlines = [NameInline, AffiliationInline, IdentifierInline, LinkInline]

    def listed(self, rows: QuerySet[Person]) -> QuerySet[Person]:
        affiliations = Affiliation.objects.select_related("organization").in_time_order()
        return rows.prefetch_related(Prefetch("affiliations", queryset=affiliations))

    @admin.display(description=_("affiliation"))
    def today(self, person: Person) -> str:
        """Or the last that is known; namesakes are told apart by it."""
        several = [", ".join(filter(None, (str(one.role), str(one.organization)))) for one in person.affiliations.all()]
        return several[0] if several else ""


@admin.register(Organization)
class OrganizationAdmin(RecordAdmin):
    list_display = ["__str__", "name_en", "name_ko", "kind", "parent", "is_public", "updated_at"]
    list_filter = ["kind", "is_public", EnteredBy, "updated_at"]
    list_select_related = ["parent"]
    search_fields = [*columns("name"), "slug", "names__text"]
    ordering = ["sort_key_en", "pk"]
    autocomplete_fields = ["parent"]
    inlines = [NameInline, IdentifierInline, LinkInline]


@admin.register(Affiliation)
class AffiliationAdmin(RecordAdmin):
    list_display = ["person", "organization", "role_en", "role_ko", "period"]
    list_filter = ["organization__kind"]
    list_select_related = ["person", "organization"]
    search_fields = [
        f"{part}__{column}" for part in ("person", "organization") for column in (*columns("name"), "names__text")
    ]
    autocomplete_fields = ["person", "organization"]


@admin.register(Name)
class NameAdmin(RecordAdmin):
    list_display = ["text", "language", "kind", "person", "organization"]
    list_filter = ["kind", "language"]
    list_select_related = ["person", "organization"]
    search_fields = ["text"]
    autocomplete_fields = ["person", "organization"]


@admin.register(Identifier)
class IdentifierAdmin(RecordAdmin):
    list_display = ["scheme", "value", "person", "organization"]
    list_filter = ["scheme"]
    list_select_related = ["person", "organization"]
    search_fields = ["value"]
    autocomplete_fields = ["person", "organization"]


@admin.register(Link)
class LinkAdmin(RecordAdmin):
    list_display = ["url", "person", "organization"]
    list_select_related = ["person", "organization"]
    search_fields = ["url"]
    autocomplete_fields = ["person", "organization"]


@admin.register(FormerAddress)
class FormerAddressAdmin(admin.ModelAdmin):
    """Written by the database when a slug changes; to be looked at, and deleted where an address is to be let go."""

    list_display = ["slug", "kind", "target"]
    list_filter = ["kind"]
    search_fields = ["slug"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
