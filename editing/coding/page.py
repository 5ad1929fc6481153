"""What the coding screen is made of: the text, the marks, what its form offers, and the words its script says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from debate.models import AppearanceRole, Source
from debate.paragraphs import paragraphs
from debate.publishing import Status
from editing.coding import offering
from editing.coding.desks import Desk, offered_speakers
from editing.coding.forms import language_of
from editing.coding.marks import MOST
from editing.coding.readings import READING
from editing.coding.words import words, words_of_a_round
from positions.models import Certainty, Evidence, PositionKind, Stance

SIGNS = {Stance.SUPPORTS: "+", Stance.CONDITIONAL: "±", Stance.NEUTRAL: "○", Stance.OPPOSES: "−"}


def context(desk: Desk) -> dict[str, Any]:
    """A fixed number of queries, whatever the length of the text and the number of its marks."""
    source, own_round = desk.source, desk.own_round
    debates = offering.debates(source)
    coded = _plain(desk.marks())
    own = debates[0].language if debates else source.source_language
    data = {
        "addresses": _addresses(source),
        "source": source.public_id,
        "user": desk.by.user.pk,
        "round": own_round.public_id if own_round else "",
        "text_hash": source.text_hash,
        "language": language_of(source),
        "source_language": source.language or source.source_language,
        "debates": _plain(debates),
        "speakers": _plain(offered_speakers(desk)),
        "propositions": _plain(offering.propositions(source)),
        "marks": coded,
        "may": desk.rights,
        "stances": {stance.value: {"sign": sign, "label": str(stance.label)} for stance, sign in SIGNS.items()},
        "kinds": {kind.value: str(kind.label) for kind in PositionKind},
        "certainties": dict(_certainties(desk)),
        "certainty": Certainty.HIGH if own_round else "",
        "statuses": {**{status.value: str(status.label) for status in Status}, READING: _("your reading")},
        "states": {state.value: str(state.label) for state in Evidence.State},
        "words": words_of_a_round() if own_round else words(),
    }
    return {
        "source": source,
        "round": own_round,
        "part": own_round and own_round.round_coders.get(coder=desk.by.user),
        "others_round": desk.others_round,
        "paragraphs": [(one, one.of(source.text)) for one in paragraphs(source.text)],
        "debates": debates,
        "stances": [(stance.value, stance.label, sign) for stance, sign in SIGNS.items()],
        "kinds": PositionKind.choices,
        "certainties": _certainties(desk),
        "roles": AppearanceRole.choices,
        "topics": offering.topics(),
        "languages": _languages(own),
        "wording_languages": _languages(language_of(source)),
        "may": data["may"],
        "most": MOST,
        "is_cut": len(coded) == MOST,
        "data": data,
        "trail": [(reverse("editing:coding-list"), _("Sources to code"))],
    }


def _addresses(source: Source) -> Mapping[str, str]:
    own = reverse("editing:coding", args=[source.public_id])
    return {
        "marks": reverse("editing:coding-marks", args=[source.public_id]),
        "send": reverse("editing:coding-send", args=[source.public_id]),
        "suggestions": reverse("editing:coding-suggestions", args=[source.public_id]),
        "positions": reverse("editing:coding-add", args=[source.public_id]),
        "speakers": reverse("editing:coding-speakers"),
        "propositions": reverse("editing:coding-propositions"),
        "login": f"{reverse('admin:login')}?next={own}",
    }


def _certainties(desk: Desk) -> list[tuple[str, str]]:
    """Only a reading says how sure its coder is."""
    return [(certainty.value, str(certainty.label)) for certainty in Certainty] if desk.own_round else []


def _languages(first: str) -> list[tuple[str, str]]:
    """The record's own before the other, which nobody has to fill."""
    return sorted(
        ((code, _(str(name))) for code, name in settings.LANGUAGES), key=lambda language: language[0] != first
    )


def _plain(values: Iterable[Any]) -> list[dict[str, Any]]:
    return [asdict(value) for value in values]
