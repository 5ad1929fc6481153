"""A coder's statement becomes a position with its evidence, in one transaction, through `review`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from debate.models import Appearance, Source
from debate.publishing import Status
from editing.coding.answers import Refused, mistaken
from editing.coding.forms import PlaceForm, StatementForm, language_of
from editing.coding.marks import coded_from
from positions.models import Evidence, Position, Proposition
from review.changing import Outcome, change, written_whole
from review.refusals import NotAllowed
from review.roles import Author


def add(source: Source, form: StatementForm, by: Author) -> Position:
    """A new draft with one piece of evidence; the one that is there where the answer to this request was lost."""
    if (made := _made_before(source, form, by)) is not None:
        return made
    if not form.names_a_place:
        raise mistaken("place", _("Choose some words of the text, or say where in the source it is."))
    with written_whole():
        values = {
            **_columns(source, form, by),
            "source_language": language_of(source),
            **_own_id(form),
            "evidence": [form.place()],
        }
        record = change(Position(), values, by).record
        assert record is not None  # a draft waits for nobody
        return record


def _made_before(source: Source, form: StatementForm, by: Author) -> Position | None:
    asked = form.cleaned_data["id"]
    return coded_from(source, by=by.user).filter(public_id=asked).first() if asked else None


def _own_id(form: StatementForm) -> dict[str, str]:
    return {"public_id": form.cleaned_data["id"]} if form.cleaned_data["id"] else {}


def edit(source: Source, position: Position, form: StatementForm, by: Author) -> Outcome[Position]:
    """What the form says; where it names another place, `passage` is put there."""
    with written_whole():
        values = _columns(source, form, by, position)
        if form.names_a_place:
            values["evidence"] = _rows(position, form.cleaned_data["passage"], form.place())
        return _change(position, values, form, by)


def add_passage(position: Position, form: PlaceForm, by: Author) -> Outcome[Position]:
    if not form.names_a_place:
        raise mistaken("place", _("Choose some words of the text, or say where in the source it is."))
    return _change(position, {"evidence": [*_kept(position.evidence.all()), form.place()]}, form, by)


def remove_passage(position: Position, passage: Evidence, form: PlaceForm, by: Author) -> Outcome[Position]:
    """Of several; a position without any evidence would say nothing that can be looked up."""
    kept = _kept(position.evidence.exclude(pk=passage.pk))
    if not kept:
        raise Refused(HTTPStatus.CONFLICT, _("It is the only evidence: remove the position instead."))
    return _change(position, {"evidence": kept}, form, by)


def send_to_review(positions: Iterable[Position], by: Author) -> tuple[int, int]:
    """The drafts among them, with the drafts of their propositions: how many of each."""
    if not by.may_send_to_review:
        raise NotAllowed(_("Only editors can send to review, or take back from it."))
    drafts = [position for position in positions if position.status == Status.DRAFT]
    used = (position.proposition for position in drafts)
    propositions = {one.pk: one for one in used if one is not None and one.status == Status.DRAFT}
    with written_whole():
        for proposition in propositions.values():
            change(proposition, {"status": Status.IN_REVIEW}, by)
        for draft in drafts:
            change(draft, {"status": Status.IN_REVIEW}, by, base_revision=draft.revision)
    return len(drafts), len(propositions)


def _change(position: Position, values: Mapping[str, Any], form: PlaceForm, by: Author) -> Outcome[Position]:
    return change(position, values, by, base_revision=seen_revision(form), reason=form.cleaned_data["reason"])


def seen_revision(form: PlaceForm) -> int:
    base: int | None = form.cleaned_data["revision"]
    if base is None:
        raise mistaken("revision", _("Say which revision you saw."))
    return base


def _columns(source: Source, form: StatementForm, by: Author, position: Position | None = None) -> dict[str, Any]:
    said = form.cleaned_data
    appearance = appearance_of(source, form, by)
    chosen = [capacity.pk for capacity in said["capacities"]]
    held = {row.capacity_id: row.pk for row in position.capacity_choices.all()} if position else {}
    values = {
        "appearance": appearance.pk,
        "stance": said["stance"],
        "kind": said["kind"],
        **form.by_language("condition"),
        **form.by_language("summary"),
        "capacity_choices": [_row(held.get(key), {"capacity": key}) for key in chosen],
    }
    proposition = proposition_of(source, form, by)
    if position is None or position.proposition_id != proposition.pk:
        values["wording"] = proposition.current_wording_id
    return values


def appearance_of(source: Source, form: StatementForm, by: Author) -> Appearance:
    """The one that is chosen, or a new one of the person who is."""
    chosen: Appearance | None = form.cleaned_data["appearance"]
    return chosen or _new_appearance(source, form, by)


def proposition_of(source: Source, form: StatementForm, by: Author) -> Proposition:
    """The one that is chosen, or a new one with the words that are given."""
    chosen: Proposition | None = form.cleaned_data["proposition"]
    return chosen or _new_proposition(source, form, by)


def _new_appearance(source: Source, form: StatementForm, by: Author) -> Appearance:
    said = form.cleaned_data
    session = said["session"]
    last = session.appearances.aggregate(last=Max("order"))["last"] or 0
    values = {"session": session.pk, "person": said["person"].pk, "role": said["role"], "order": last + 1}
    record = change(Appearance(), {**values, "source": source.pk}, by, reason=said["reason"]).record
    if record is None:
        raise mistaken("appearance", _("This debate is published: who may publish has to add the speaker to it first."))
    return record


def _new_proposition(source: Source, form: StatementForm, by: Author) -> Proposition:
    wording = {**form.by_language("wording", "text"), "source_language": language_of(source)}
    topics = [{"topic": topic.pk} for topic in form.cleaned_data["topics"]]
    values = {"wordings": [wording], "topic_assignments": topics}
    record = change(Proposition(), values, by).record
    assert record is not None  # a draft waits for nobody
    record.refresh_from_db()  # its wording is noted by the database
    return record


def _rows(position: Position, passage: str, place: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The place instead of that passage."""
    rows = [_row(piece.pk, place if piece.public_id == passage else {}) for piece in position.evidence.order_by("pk")]
    if not any(len(row) > 1 for row in rows):
        raise mistaken("place", _("This passage was removed meanwhile."))
    return rows


def _kept(evidence: Iterable[Evidence]) -> list[dict[str, Any]]:
    return [_row(piece.pk, {}) for piece in evidence]


def _row(key: int | None, values: Mapping[str, Any]) -> dict[str, Any]:
    return {"pk": key, **values} if key else dict(values)
