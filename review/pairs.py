"""Which two are not the same, as somebody has said."""

from __future__ import annotations

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from review import duplicates
from review.changing import locked, written_whole
from review.models import Likeness, Mergeable, NotTheSame
from review.refusals import NotAllowed, ReasonMissing
from review.roles import Author
from speakers.models import Organization, Person

type Record = Person | Organization


def in_order(one: int, other: int) -> dict[str, int]:
    first, second = sorted((one, other))
    return {"first": first, "second": second}


def declared(one: Record, other: Record) -> NotTheSame | None:
    return NotTheSame.objects.filter(kind=Mergeable.of(one), **in_order(one.pk, other.pk)).first()


def declare(one: Record, other: Record, by: Author, reason: str) -> NotTheSame:
    """That they are not the same; said once, it stays as it was said. Raises NotAllowed, ReasonMissing, Gone."""
    _refuse_what_is_not_theirs(type(one), by)
    if not reason.strip():
        raise ReasonMissing(_("Say what shows that they are not the same."))
    with written_whole():
        for key in sorted((one.pk, other.pk)):
            locked(type(one), key)
        pair = {"kind": Mergeable.of(one), **in_order(one.pk, other.pk)}
        said, _is_new = NotTheSame.objects.get_or_create(**pair, defaults={"by": by.user, "reason": reason})
        Likeness.objects.filter(**pair).delete()
    return said


def take_back(said: NotTheSame, by: Author) -> None:
    """They are offered again if they still look alike."""
    kind = Mergeable(said.kind)
    _refuse_what_is_not_theirs(kind.model, by)
    with written_whole():
        said.delete()
        duplicates.look_at(kind, (said.first, said.second))


def carried_over(kind: Mergeable, gone: int, kept: int) -> list[int]:
    """Whoever is not the one that goes is not the one that stays; the keys of what had to be said for that."""
    made = []
    for said in NotTheSame.objects.filter(Q(first=gone) | Q(second=gone), kind=kind):
        other = said.second if said.first == gone else said.first
        pair = {"kind": kind, **in_order(kept, other)}
        new, is_new = NotTheSame.objects.get_or_create(**pair, defaults={"by": said.by, "reason": said.reason})
        if is_new:
            NotTheSame.objects.filter(pk=new.pk).update(at=said.at)
            made.append(new.pk)
    return made


def _refuse_what_is_not_theirs(model: type[Model], by: Author) -> None:
    if not by.may("change", model):
        raise NotAllowed(_("You may not change %(records)s.") % {"records": model._meta.verbose_name_plural})
