"""What a form says of changes that wait, and of what can't be proposed in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from django.forms.models import BaseInlineFormSet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from debate.publishing import HasStatus
from review.models import Revision
from review.versions import PARTS

MOST_TOLD = 20


def waiting_for(record: Model, formsets: Sequence[Any]) -> list[Revision]:
    """Changes of the record, and of the rows in its form, new ones too, that nobody has decided on; one query."""
    concerned = Q(content_type=_kind(type(record)), object_id=record.pk)
    for formset in formsets:
        keys = [form.instance.pk for form in formset.initial_forms]
        kind = _kind(formset.model)
        concerned |= Q(content_type=kind, object_id__in=keys)
        if isinstance(formset, BaseInlineFormSet):
            of_this = Q(("object_id", None), (f"values__{formset.fk.name}", record.pk))
            concerned |= of_this & Q(content_type=kind)
    waiting = Revision.objects.filter(concerned, state=Revision.State.WAITING)
    return list(waiting.select_related("author", "content_type").order_by("-created_at", "-pk")[:MOST_TOLD])


def not_proposed(record: Model, formsets: Sequence[Any]) -> list[str]:
    """What a waiting change can't hold, said to somebody whose changes of this record wait."""
    told = []
    if isinstance(record, HasStatus):
        told.append(_("The status: only who may publish changes it."))
    told.append(_("Deleting the record itself."))
    for formset in formsets:
        relation = formset.fk.remote_field.name if isinstance(formset, BaseInlineFormSet) else ""
        if relation not in PARTS.get(type(record), ()):
            name = capfirst(formset.model._meta.verbose_name_plural)
            told.append(_("%(rows)s: each row that you change waits as a change of its own.") % {"rows": name})
    return told


def address_of(waiting: Revision) -> str:
    """Of the page on which it is seen, and decided on."""
    return reverse("editing:review-change", args=[waiting.pk])


def _kind(model: Any) -> ContentType:
    return ContentType.objects.get_for_model(model)
