"""Somebody deletes a record: only what nothing else refers to, and in public only who may publish."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, ProtectedError, RestrictedError
from django.db.models.deletion import Collector
from django.utils.translation import gettext as _

from review import bin, duplicates
from review.changing import locked, refuse_moved_on
from review.models import Binned, Mergeable, Revision
from review.publicity import is_published
from review.refusals import InUse, NotAllowed, ReasonMissing
from review.roles import Author
from review.snapshots import sign
from speakers.identity import Recorded
from speakers.models import Organization, Person

MOST_TOLD = 50


def delete(record: Recorded, by: Author, *, base_revision: int | None = None, reason: str = "") -> Binned:
    """Puts it into the bin with what is a part of it; the edit history keeps all of them, with who and why.

    Raises InUse with what refers to it, and what else is in `review.refusals`.
    """
    if not by.may("delete", type(record)):
        message = _("You may not delete %(records)s.")
        raise NotAllowed(message % {"records": record._meta.verbose_name_plural})
    with transaction.atomic():
        present = locked(type(record), record.pk)
        refuse_moved_on(present, base_revision, {})
        collector = _collected(present)
        was_public = any(is_published(row) for row in _rows(collector))
        if was_public:
            _refuse_what_is_published(by, reason)
        binned = bin.throw_in(present, collector, by, reason, was_public=was_public)
        for row in _rows(collector):
            sign(row, by.user, reason)
        collector.delete()
        if isinstance(present, Person | Organization):
            duplicates.forget(Mergeable.of(present), binned.object_id)
    return binned


def _collected(record: Recorded) -> Collector:
    collector = Collector(using=record._state.db or "default", origin=record)
    try:
        collector.collect([record])
    except ProtectedError as error:
        raise InUse(sorted(error.protected_objects, key=_kind_and_key)[:MOST_TOLD]) from error
    except RestrictedError as error:
        raise InUse(sorted(error.restricted_objects, key=_kind_and_key)[:MOST_TOLD]) from error
    if waiting := list(islice(_waiting(collector), MOST_TOLD)):
        raise InUse(waiting)
    return collector


def _waiting(collector: Collector) -> Iterator[Revision]:
    """Changes of the record, and of what would go with it. Costs a query for each kind of them."""
    for model, rows in collector.data.items():
        if issubclass(model, Recorded):
            kind = ContentType.objects.get_for_model(model)
            keys = [row.pk for row in rows]
            yield from Revision.objects.filter(content_type=kind, object_id__in=keys, state=Revision.State.WAITING)


def _refuse_what_is_published(by: Author, reason: str) -> None:
    if not by.may_publish:
        raise NotAllowed(_("Only those who may publish can delete what is public."))
    if not reason.strip():
        raise ReasonMissing


def _rows(collector: Collector) -> Iterator[Recorded]:
    for rows in collector.data.values():
        yield from (row for row in rows if isinstance(row, Recorded))


def _kind_and_key(record: Model) -> tuple[str, int]:
    return record._meta.label, record.pk
