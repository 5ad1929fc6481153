"""Coding in a round: a mark is a reading of the coder's own, and what is saved becomes one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from debate.models import Source
from debate.moments import at_moment
from editing.coding.answers import Refused, mistaken
from editing.coding.forms import PlaceForm, StatementForm, language_of
from editing.coding.marks import MOST, Mark, Passage, by_language, place_named
from editing.coding.saving import appearance_of, proposition_of, seen_revision
from editing.rounds.coding import codings_of, record_coding, take_back
from editing.screens import key_sent
from positions.models import Certainty, Coding, CodingRound, Evidence
from review.changing import written_whole
from review.refusals import NotAllowed
from review.roles import Author
from speakers.bilingual import LANGUAGES

READING = "reading"  # beside the statuses of positions, none of which a reading has


@dataclass(frozen=True, slots=True)
class RoundDesk:
    source: Source
    by: Author
    own_round: CodingRound
    others_round: None = None

    @property
    def rights(self) -> Mapping[str, bool]:
        add, change = (self.by.may(act, Coding) for act in ("add", "change"))
        return {"add": add, "change": change, "delete": change, "again": False, "send": False}

    def marks(self) -> list[Mark]:
        return [_mark(self.source, coding) for coding in self._readings()[:MOST]]

    def mark(self, key: str) -> Mark | None:
        found = self._readings().filter(pk=key_sent(key)).first()
        return found and _mark(self.source, found)

    def coded(self) -> Iterable[tuple[int | None, int | None]]:
        """Of the coder's own: where others marked something is theirs to know."""
        return list(self._readings().values_list("start", "end"))

    def add(self, form: StatementForm) -> Mark | None:
        """One reading, also where the answer to the same request was lost."""
        if not form.names_a_place:
            raise mistaken("place", _("Choose some words of the text, or say where in the source it is."))
        place = self._place(form)
        made = self._made_before(form, place)
        if made is None:
            with written_whole():
                values = {**self._columns(form), **place, "source_language": language_of(self.source)}
                made = record_coding(self.own_round, values, self.by)
        return self.mark(str(made.pk))

    def edit(self, key: str, form: StatementForm) -> str:
        coding, base = self._reading(key), seen_revision(form)
        place = self._place(form, coding.quote) if form.names_a_place else {}
        with written_whole():
            values = {**self._columns(form, coding), **place}
            record_coding(self.own_round, values, self.by, coding=coding, base_revision=base)
        return ""

    def add_passage(self, key: str, form: PlaceForm) -> str:
        raise Refused(HTTPStatus.CONFLICT, _("A reading has one passage. Code the other as a reading of its own."))

    def remove_passage(self, key: str, passage: str, form: PlaceForm) -> str:
        raise Refused(HTTPStatus.CONFLICT, _("It is the only passage: take the reading back instead."))

    def remove(self, key: str, form: PlaceForm) -> None:
        take_back(self._reading(key), self.by, base_revision=seen_revision(form))

    def send(self, keys: set[str] | None) -> str:
        raise NotAllowed(_("Readings of a round are not sent to review. Say in the round that you have finished."))

    def _readings(self) -> Any:
        return codings_of(self.by.user.pk, self.own_round)

    def _reading(self, key: str) -> Coding:
        found: Coding | None = self._readings().filter(pk=key_sent(key)).first()
        if found is None:
            raise Http404
        return found

    def _columns(self, form: StatementForm, coding: Coding | None = None) -> dict[str, Any]:
        said = form.cleaned_data
        proposition = proposition_of(self.source, form, self.by)
        kept = coding is not None and coding.wording.proposition_id == proposition.pk
        return {
            "appearance": appearance_of(self.source, form, self.by).pk,
            "wording": coding.wording_id if coding is not None and kept else proposition.current_wording_id,
            **_said(form),
            "certainty": said["certainty"] or (coding.certainty if coding else Certainty.HIGH),
        }

    def _place(self, form: PlaceForm, quote: str = "") -> dict[str, Any]:
        """As `record_coding` takes it; words of a source without a text stay with another place of theirs."""
        place = form.place()
        if place["start"] is not None:
            return {"start": place["start"], "end": place["end"]}
        return {"locator": place["locator"], "quote": "" if self.source.text else quote}

    def _made_before(self, form: StatementForm, place: Mapping[str, Any]) -> Coding | None:
        """The one that says the very same; a new proposition is known by its words, as it has no other name yet."""
        said = form.cleaned_data
        same = {**_said(form), **place, "certainty": said["certainty"] or Certainty.HIGH}
        if said["proposition"]:
            same["wording__proposition"] = said["proposition"]
        else:
            same |= {f"wording__text_{language}": said[f"wording_{language}"] for language in LANGUAGES}
        same |= {"appearance": said["appearance"]} if said["appearance"] else {"appearance__person": said["person"]}
        found: Coding | None = self._readings().filter(**same).first()
        return found


def _said(form: StatementForm) -> dict[str, Any]:
    said = form.cleaned_data
    return {
        "stance": said["stance"],
        "kind": said["kind"],
        "note": said["note"],
        **form.by_language("condition"),
        **form.by_language("summary"),
    }


def _mark(source: Source, coding: Coding) -> Mark:
    return Mark(
        id=str(coding.pk),
        revision=coding.revision,
        status=READING,
        coder=coding.coder.username,
        waiting=0,
        appearance=coding.appearance.public_id,
        speaker=str(coding.appearance.speaker),
        proposition=coding.wording.proposition.slug,
        proposition_text=str(coding.wording.text),
        stance=coding.stance,
        kind=coding.kind,
        condition=by_language(coding, "condition"),
        summary=by_language(coding, "summary"),
        capacities=(),
        passages=(_passage(source, coding),),
        elsewhere=0,
        certainty=coding.certainty,
        note=coding.note,
    )


def _passage(source: Source, coding: Coding) -> Passage:
    paragraph, number = place_named(coding.locator)
    return Passage(
        id=str(coding.pk),
        start=coding.start,
        end=coding.end,
        paragraph=paragraph,
        number=number,
        quote=coding.quote,
        locator=coding.locator,
        moment=at_moment(source.url, coding.locator),
        state=_state(source, coding),
    )


def _state(source: Source, coding: Coding) -> str:
    """A reading does not follow its words through a changed text: its coder marks them anew."""
    if coding.start is None:
        return ""
    is_there = source.text[coding.start : coding.end] == coding.quote
    return Evidence.State.EXACT if is_there else Evidence.State.NOT_FOUND
