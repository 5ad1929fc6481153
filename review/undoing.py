"""Two that were merged are two again: what merging moved moves back, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from review.changing import written_whole
from review.merging import choosable, refuse_what_is_not_theirs
from review.models import Merge, Mergeable, NotTheSame
from review.publicity import is_published
from review.references import Reference, reference_called
from review.refusals import Decided, Gone, InTheWay
from review.roles import Author
from review.rows import held
from review.snapshots import insert, missing_targets, named, remade, sign
from speakers.identity import FormerAddress
from speakers.models import Name


def undo(merge: Merge, by: Author, reason: str, *, partly: bool = False) -> Model:
    """Puts back the one that went, with its key and addresses, and gives it.

    What was edited since stays as it is now: `InTheWay` tells of all that, unless it is to be undone `partly`. It is
    raised in any case where the one that went can't be there again.
    """
    with written_whole():
        done = Merge.objects.select_for_update(of=("self",)).filter(pk=merge.pk).first()
        if done is None:
            raise Gone
        if done.undone_at is not None:
            raise Decided
        undoing = _Undoing(done, by.user, reason)
        is_public = done.was_public or is_published(undoing.kept)
        refuse_what_is_not_theirs(undoing.model, by, reason, is_public=is_public)
        gone = undoing.carry_out()
        if undoing.left and not partly:
            raise InTheWay(undoing.left)
        done.undone_by, done.undone_at, done.undone_because = by.user, timezone.now(), reason
        done.save()
    return gone


class _Undoing:
    """`left` collects what can't be undone, each as a sentence."""

    def __init__(self, merge: Merge, user: Any, reason: str) -> None:
        self.merge, self.user, self.reason = merge, user, reason
        self.model = Mergeable(merge.kind).model
        self.kept = self._kept()
        self.left: list[str] = []

    def carry_out(self) -> Model:
        done = self.merge.done
        self._let_go_of_addresses(done["gone"]["values"]["slug"], done["columns"])
        gone = self._remake(done["gone"])
        for code, keys in done["moved"].items():
            self._move_back(reference_called(code), keys, gone.pk)
        for collapse in done["collapsed"]:
            self._part(collapse)
        self._drop_names(done["names"])
        self._restore(done["columns"])
        FormerAddress.objects.filter(
            kind=self.model._meta.db_table, slug__in=done["addresses"], target=self.kept.pk
        ).update(target=gone.pk)
        NotTheSame.objects.filter(pk__in=done["pairs"]).delete()
        gone.refresh_from_db()
        return gone

    def _kept(self) -> Any:
        found = self.model._base_manager.select_for_update(of=("self",)).filter(pk=self.merge.kept).first()
        if found is not None:
            return found
        if later := Merge.objects.filter(kind=self.merge.kind, gone=self.merge.kept, undone_at=None).first():
            raise InTheWay([_("It was merged again, later: “%(merge)s”. Undo that first.") % {"merge": later}])
        raise InTheWay([_("The one that was kept, “%(name)s”, was deleted.") % {"name": self.merge.kept_name}])

    def _let_go_of_addresses(self, slug: str, columns: Mapping[str, Any]) -> None:
        """So that the other can have its own again."""
        if "slug" in columns and self.kept.slug == slug:
            self.kept.slug = columns["slug"][0]
            self._save(self.kept)
        former = FormerAddress.objects.filter(kind=self.model._meta.db_table, target=self.kept.pk)
        former.filter(slug__in=(slug, self.kept.slug)).delete()

    def _remake(self, taken: Mapping[str, Any]) -> Model:
        gone = remade(taken)
        for _row, field in [*missing_targets([gone])]:
            self.left.append(_("%(field)s: what it was is not there any more.") % {"field": field.verbose_name})
            setattr(gone, field.attname, None)
        try:
            gone.validate_unique()
            gone.validate_constraints()
        except ValidationError as error:
            raise InTheWay([f"{named(gone)}: {message}" for message in error.messages]) from error
        insert(gone, self.user, self.reason)
        return gone

    def _move_back(self, reference: Reference, keys: list[int], gone: int) -> None:
        still = reference.still(self.kept.pk, keys)
        reference.repoint(still, gone, self.user, self.reason)
        if missing := len(keys) - len(still):
            message = ngettext(
                "%(records)s: one of %(all)d was deleted or given to another since, and stays as it is.",
                "%(records)s: %(count)d of %(all)d were deleted or given to others since, and stay as they are.",
                missing,
            )
            told = {"records": reference.model._meta.verbose_name_plural, "count": missing, "all": len(keys)}
            self.left.append(message % told)

    def _part(self, collapse: Mapping[str, Any]) -> None:
        """The row that was one with another is a row of its own again."""
        row = remade(collapse["row"])
        if [*missing_targets([row])]:
            self.left.append(_("%(row)s: what it refers to is not there any more.") % {"row": named(row)})
            return
        insert(row, self.user, self.reason)
        for code, keys in collapse["repointed"].items():
            reference = reference_called(code)
            reference.repoint(reference.still(collapse["into"], keys), row.pk, self.user, self.reason)

    def _drop_names(self, names: Sequence[Mapping[str, Any]]) -> None:
        """Those that merging added, and nobody made another of."""
        for added in map(remade, names):
            name = Name.objects.filter(pk=added.pk).first()
            if name is None:
                continue
            if all(held(field, name) == held(field, added) for field in choosable(Name)):
                sign(name, self.user, self.reason)
                name.delete()
            else:
                self.left.append(_("%(row)s: was edited since, and stays.") % {"row": named(name)})

    def _restore(self, columns: Mapping[str, Any]) -> None:
        for column, (before, after) in columns.items():
            field: Any = self.model._meta.get_field(column)
            now = held(field, self.kept)
            if now == after:
                setattr(self.kept, field.attname, before)
            elif now != before:
                self.left.append(
                    _("%(field)s: was edited since, and stays as it is now.") % {"field": field.verbose_name}
                )
        self._save(self.kept)

    def _save(self, record: Any) -> None:
        sign(record, self.user, self.reason)
        record.save()
        self.kept = self.model._base_manager.get(pk=record.pk)
