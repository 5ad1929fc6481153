"""Two records that are one person, or one organization, become one; and how that is undone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, ProtectedError, UniqueConstraint
from django.utils.translation import gettext as _

from debate.models import EventOrganization
from positions.models import Remark
from review import duplicates
from review.changing import locked, refuse_moved_on, written_whole
from review.models import Merge, Mergeable, Revision
from review.pairs import carried_over, declared
from review.publicity import is_published
from review.references import Reference, references_to
from review.refusals import Conflict, InConflict, InUse, NotAllowed, ReasonMissing
from review.roles import Author
from review.rows import PK, Writer, held, relation_called
from review.snapshots import sign, snapshot
from speakers.bilingual import LANGUAGES
from speakers.identity import FormerAddress
from speakers.models import Affiliation, Link, Name, NameKind, Organization, Person

type Record = Person | Organization

# Of these, two rows that say the same are one. What was printed somewhere stays as often as it was printed.
_ONE_IF_EQUAL = (Name, Link, Affiliation, EventOrganization, Remark)
_OF_NO_ACCOUNT = ("order",)


@dataclass(frozen=True, slots=True)
class Collapse:
    """A row that says what one of the kept record says already."""

    reference: Reference
    theirs: Model
    ours: Model


@dataclass(frozen=True, slots=True)
class Plan:
    """What merging would do. `moving` has the primary keys of the rows that are to point to the kept record."""

    moving: Mapping[Reference, Sequence[int]]
    collapsing: Sequence[Collapse]
    conflicts: Sequence[Conflict]


def choosable(model: type[Model]) -> list[Any]:
    """The columns of which the one's or the other's is kept."""
    return [field for field in model._meta.concrete_fields if field.editable and not field.primary_key]


def plan(kept: Record, gone: Record) -> Plan:
    """Costs a few queries for each kind of row that can point to them, and reads all rows that do."""
    collapsing: list[Collapse] = []
    moving: dict[Reference, Sequence[int]] = {}
    for reference in references_to(type(kept)):
        equal = list(_equal_rows(reference, kept, gone))
        collapsing += equal
        passed_over = {collapse.theirs.pk for collapse in equal}
        if reference.model is type(kept):
            passed_over.add(kept.pk)  # it was a part of what it now becomes
        moving[reference] = [key for key in reference.keys(gone.pk) if key not in passed_over]
    return Plan(moving, collapsing, list(_conflicts(kept, gone, moving, collapsing)))


def merge(
    kept: Record,
    gone: Record,
    by: Author,
    *,
    reason: str,
    taken: Collection[str] = (),
    seen: tuple[int, int] | None = None,
) -> Merge:
    """Moves to `kept` all that points to `gone`, lets equal rows be one, and leads the old addresses on.

    `taken` are the columns that `kept` takes from `gone`; `seen` the revisions of both that the author saw.
    Raises InConflict with all that must be resolved first, and what else is in `review.refusals`.
    """
    with written_whole():
        kept, gone = _both_locked(kept, gone)
        for record, revision in zip((kept, gone), seen or (None, None), strict=True):
            refuse_moved_on(record, revision, {})
        was_public = is_published(kept) or is_published(gone)
        refuse_what_is_not_theirs(type(kept), by, reason, is_public=was_public)
        planned = plan(kept, gone)
        if planned.conflicts:
            raise InConflict(planned.conflicts)
        duplicates.forget(Mergeable.of(kept), gone.pk)
        return Merge.objects.create(
            kind=Mergeable.of(kept),
            kept=kept.pk,
            gone=gone.pk,
            kept_name=str(kept),
            gone_name=str(gone),
            was_public=was_public,
            by=by.user,
            reason=reason,
            done=_Merging(kept, gone, by.user, reason).carry_out(planned, taken),
        )


def refuse_what_is_not_theirs(model: type[Model], by: Author, reason: str, *, is_public: bool) -> None:
    if not (by.may("change", model) and by.may("delete", model)):
        message = _("You may not merge %(records)s.")
        raise NotAllowed(message % {"records": model._meta.verbose_name_plural})
    if is_public and not by.may_publish:
        raise NotAllowed(_("Only those who may publish can merge what is public."))
    if not reason.strip():
        raise ReasonMissing(_("Say what shows that they are the same."))


class _Merging:
    def __init__(self, kept: Record, gone: Record, user: Any, reason: str) -> None:
        self.kept, self.gone, self.user, self.reason = kept, gone, user, reason
        self.model = type(kept)

    def carry_out(self, planned: Plan, taken: Collection[str]) -> dict[str, Any]:
        """All that undoing needs to know."""
        done: dict[str, Any] = {"gone": snapshot(self.gone)}
        done["collapsed"] = [self._collapse(collapse) for collapse in planned.collapsing]
        done["moved"] = {reference.code: list(keys) for reference, keys in planned.moving.items() if keys}
        for reference, keys in planned.moving.items():
            reference.repoint(keys, self.kept.pk, self.user, self.reason)
        done["pairs"] = carried_over(Mergeable.of(self.kept), self.gone.pk, self.kept.pk)
        names = [(getattr(one, f"name_{code}"), code) for one in (self.gone, self.kept) for code in LANGUAGES]
        before = {field.name: held(field, self.kept) for field in choosable(self.model)}
        self._write({name: value for name, value in self._values(taken).items() if name != "slug"})
        done["addresses"] = self._remove()
        if "slug" in taken:
            self._write({"slug": self.gone.slug})
        done["columns"] = {
            field.name: [before[field.name], held(field, self.kept)]
            for field in choosable(self.model)
            if before[field.name] != held(field, self.kept)
        }
        done["names"] = list(self._keep_names(names))
        return done

    def _collapse(self, collapse: Collapse) -> dict[str, Any]:
        theirs, repointed = collapse.theirs, {}
        taken = snapshot(theirs)
        for reference in references_to(type(theirs)):
            if keys := reference.keys(theirs.pk):
                reference.repoint(keys, collapse.ours.pk, self.user, self.reason)
                repointed[reference.code] = keys
        sign(theirs, self.user, self.reason)
        theirs.delete()
        return {"row": taken, "into": collapse.ours.pk, "repointed": repointed}

    def _values(self, taken: Collection[str]) -> dict[str, Any]:
        """What the kept record is to hold; it can't be a part of itself, nor of what is to go."""
        values = {field.name: held(field, self.gone) for field in choosable(self.model) if field.name in taken}
        if isinstance(self.kept, Organization) and isinstance(self.gone, Organization):
            above = values.get("parent", self.kept.parent_id)
            both = {self.kept.pk, self.gone.pk}
            others = (key for key in (above, self.gone.parent_id, self.kept.parent_id) if key not in both)
            values["parent"] = above if above not in both else next(others, None)
        return values

    def _write(self, values: Mapping[str, Any]) -> None:
        """Its revision rises also where only its parts are others."""
        written = Writer(self.user, self.reason).write(self.kept, values)
        if written is None:
            sign(self.kept, self.user, self.reason)
            self.kept.save()
            written = self.kept
        self.kept = self.model._base_manager.get(pk=written.pk)

    def _remove(self) -> list[str]:
        """Leaves no address that leads nowhere; gives the former ones that now lead to the kept record."""
        addresses = FormerAddress.objects.filter(kind=self.model._meta.db_table)
        former = addresses.filter(target=self.gone.pk)
        slugs = list(former.values_list("slug", flat=True))
        former.update(target=self.kept.pk)
        key, slug = self.gone.pk, self.gone.slug
        sign(self.gone, self.user, self.reason)
        try:
            self.gone.delete()
        except ProtectedError as error:
            raise InUse(sorted(error.protected_objects, key=lambda row: row.pk)) from error
        self.gone.pk = key
        addresses.update_or_create(kind=self.model._meta.db_table, slug=slug, defaults={"target": self.kept.pk})
        return slugs

    def _keep_names(self, names: Sequence[tuple[str, str]]) -> Iterator[dict[str, Any]]:
        """As other names, those by which one of them is no longer called."""
        own: dict[str, Any] = {"person": self.kept} if isinstance(self.kept, Person) else {"organization": self.kept}
        known = {getattr(self.kept, f"name_{code}") for code in LANGUAGES}
        known.update(Name.objects.filter(**own).values_list("text", flat=True))
        for text, language in names:
            if text and text not in known:
                known.add(text)
                name = Name(**own, text=text, language=language, kind=NameKind.EDITORIAL)
                sign(name, self.user, self.reason)
                name.save()
                yield snapshot(name)


def _both_locked(kept: Record, gone: Record) -> tuple[Record, Record]:
    """In the order of their keys, so that two who merge them the other way round don't wait for each other."""
    model = type(kept)
    found = {key: locked(model, key) for key in sorted({kept.pk, gone.pk})}
    if type(gone) is not model or len(found) < 2:
        raise InConflict([Conflict(_("Choose two different records of one kind."))])
    return found[kept.pk], found[gone.pk]


def _equal_rows(reference: Reference, kept: Record, gone: Record) -> Iterator[Collapse]:
    if reference.model not in _ONE_IF_EQUAL:
        return
    passed_over = {reference.column, *_OF_NO_ACCOUNT}
    told = [field for field in choosable(reference.model) if field.name not in passed_over]
    ours: dict[tuple[Any, ...], Model] = {}
    for row in reference.rows.filter(**{reference.column: kept.pk}):
        ours.setdefault(tuple(held(field, row) for field in told), row)
    for row in reference.rows.filter(**{reference.column: gone.pk}):
        if (equal := ours.get(tuple(held(field, row) for field in told))) is not None:
            yield Collapse(reference, row, equal)


def _conflicts(
    kept: Record, gone: Record, moving: Mapping[Reference, Sequence[int]], collapsing: Sequence[Collapse]
) -> Iterator[Conflict]:
    if declared(kept, gone):
        yield Conflict(_("Somebody has said that they are not the same. Take that back first."))
    if isinstance(kept, Organization) and isinstance(gone, Organization) and _lies_deeper_in(kept, gone):
        yield Conflict(_("The one to be kept lies within a part of the other."), (kept, gone))
    for reference, keys in moving.items():
        for constraint in reference.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and reference.column in constraint.fields:
                yield from _twice(reference, constraint, kept, gone, keys)
    for waiting in _waiting(gone, [collapse.theirs for collapse in collapsing]):
        yield Conflict(_("A change waits that concerns what would go. Accept it or send it back first."), (waiting,))


def _twice(
    reference: Reference, constraint: UniqueConstraint, kept: Record, gone: Record, keys: Sequence[int]
) -> Iterator[Conflict]:
    others = [name for name in constraint.fields if name != reference.column]
    rows = reference.rows if constraint.condition is None else reference.rows.filter(constraint.condition)
    of_both: list[dict[tuple[Any, ...], int]] = [
        {
            tuple(values): key
            for key, *values in rows.filter(**{reference.column: one.pk}).values_list("pk", *others)
            if None not in values
        }
        for one in (kept, gone)
    ]
    ours, theirs = of_both
    going = set(keys)
    fields: list[Any] = [reference.model._meta.get_field(name) for name in others]
    named = ", ".join(str(field.verbose_name) for field in fields)
    for values in sorted(ours.keys() & theirs.keys(), key=repr):
        if theirs[values] in going:
            pair = tuple(reference.rows.filter(pk__in=(ours[values], theirs[values])))
            told = {"record": reference.model._meta.verbose_name, "columns": named}
            yield Conflict(_("Both have a record of this kind (%(record)s) with the same %(columns)s.") % told, pair)


def _lies_deeper_in(kept: Organization, gone: Organization) -> bool:
    above = kept.parent
    while above is not None:
        if above.parent_id == gone.pk:
            return True
        above = above.parent
    return False


def _waiting(gone: Record, collapsing: Sequence[Model]) -> Iterator[Revision]:
    """Changes of what would go, and those that would let something point to it."""
    going = {(type(row), row.pk) for row in (gone, *collapsing)}
    kinds = {ContentType.objects.get_for_model(model).pk: model for model, _key in going}
    for revision in Revision.objects.filter(state=Revision.State.WAITING).order_by("pk"):
        model = kinds.get(revision.content_type_id)
        if (model, revision.object_id) in going or _points_to(revision, gone):
            yield revision


def _points_to(revision: Revision, gone: Record) -> bool:
    model = ContentType.objects.get_for_id(revision.content_type_id).model_class()
    return model is not None and any(_pointing(model, revision.values, gone))


def _pointing(model: type[Model], values: Mapping[str, Any], gone: Record) -> Iterator[bool]:
    for name, value in values.items():
        if (relation := relation_called(model, name)) is not None:
            yield from (found for row in value for found in _pointing(relation.related_model, row, gone))
        elif value == gone.pk and name != PK:
            yield model._meta.get_field(name).related_model is type(gone)
