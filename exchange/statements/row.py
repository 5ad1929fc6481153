"""The columns of the flat table, and what each of them holds."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, TypedDict, get_type_hints

from django.db import models
from django.utils.translation import gettext_lazy as _

from debate.models import AppearanceRole, EventKind
from positions.models import PositionKind, Stance


class OrganizationRule(models.TextChoices):
    """By which rule a row has its one organization; empty where nobody printed any."""

    ITSELF = "itself", _("the organization spoke for itself")
    ON_BEHALF_OF = "on_behalf_of", _("the person spoke on its behalf; where on behalf of several, of the first")
    IDENTIFIED_AS = (
        "identified_as",
        _("the person was identified with it, and spoke on behalf of none; the first of them"),
    )


class Statement(TypedDict):
    """One statement: who, speaking as what, took which stance on which proposition, where and when.

    A cell that has several values has " | " between them. Columns that end in `_en` and `_ko` are the same text in
    English and Korean; in the language that is not the source's it is the editors' translation.
    """

    position_id: Annotated[str, "Lasting id of the position that the statement is recorded as."]
    url: Annotated[str, "The page of the position, with the evidence."]
    date: Annotated[str, "Of the debate, in EDTF; X stands for an unknown digit. Empty where it is not given."]
    date_earliest: Annotated[date | None, "The first day it can have been; empty where its year is unknown."]
    date_latest: Annotated[date | None, "The last day it can have been; empty where its year is unknown."]
    debate_id: str
    debate_kind: Annotated[str, EventKind]
    debate_en: Annotated[str, "Title of the debate."]
    debate_ko: Annotated[str, "Title of the debate."]
    session_id: Annotated[str, "The part of the debate's programme."]
    appearance_id: Annotated[str, "The speaker's appearance in that part."]
    person_id: Annotated[str, "Empty where an organization spoke for itself, or somebody unnamed."]
    person_en: str
    person_ko: str
    speaker_label: Annotated[str, "As printed, of somebody whom the source leaves unnamed."]
    name_as_printed: Annotated[str, "The speaker's name at that appearance."]
    role: Annotated[str, AppearanceRole, "What the speaker was at the debate."]
    organization_id: Annotated[str, "See organization_rule. Empty as well where the printed one has no record."]
    organization_en: Annotated[str, "Name of the organization in the record or, where it has none there, as printed."]
    organization_ko: Annotated[str, "Name of the organization in the record or, where it has none there, as printed."]
    organization_rule: Annotated[
        str,
        OrganizationRule,
        "Why this organization: itself, the organization spoke; else on_behalf_of, the first capacity in printed order"
        " in which the person spoke on behalf of an organization; else identified_as, the first in which the person"
        " was identified with one, which does not mean to speak for it. Empty where there is none.",
    ]
    organization_count: Annotated[int, "Among how many organizations the rule chose: 1 where there was no choice."]
    organization_ids: Annotated[str, "All of them in printed order, the one chosen among them."]
    organizations_en: Annotated[str, "Their names, in the same order."]
    organizations_ko: Annotated[str, "Their names, in the same order."]
    organization_bases: Annotated[str, "How the person stood to each: itself, on_behalf_of or identified_as."]
    capacity_role_en: Annotated[str, "What the person was at that organization, or without one, as printed."]
    capacity_role_ko: Annotated[str, "What the person was at that organization, or without one, as printed."]
    capacities_en: Annotated[str, "All that the person spoke as, each in one text: role, unit, organization."]
    capacities_ko: Annotated[str, "All that the person spoke as, each in one text: organization, unit, role."]
    capacities_of: Annotated[
        str,
        {"enum": ["position", "appearance"]},
        "position: the source tells in which of them it was stated; appearance: they are all that were printed there.",
    ]
    capacity_doubtful: Annotated[bool, "Whether the editors doubt any of what is printed of these capacities."]
    proposition_id: str
    proposition_en: Annotated[str, "What was taken a stance on, in the wording that the position was coded on."]
    proposition_ko: Annotated[str, "What was taken a stance on, in the wording that the position was coded on."]
    wording: Annotated[int, "The number of that wording."]
    topic_ids: str
    topics_en: str
    topics_ko: str
    stance: Annotated[str, Stance]
    agreement: Annotated[
        int | None, "1 supports, 0 opposes; empty for conditional and neutral, whose stance stands beside it."
    ]
    condition_en: Annotated[str, "On what a conditional stance hangs."]
    condition_ko: Annotated[str, "On what a conditional stance hangs."]
    kind: Annotated[str, PositionKind]
    summary_paraphrase_en: Annotated[str, "The editors' paraphrase, never the speaker's words."]
    summary_paraphrase_ko: Annotated[str, "The editors' paraphrase, never the speaker's words."]
    language: Annotated[str, {"enum": ["en", "ko"]}, "Of the source it was read from."]
    source_ids: Annotated[str, "Where it was read."]
    source_titles: Annotated[str, "As printed or else as the editors describe it; in the order of source_ids."]
    locators: Annotated[str, "The place in each source; in the order of source_ids, empty where not given."]
    quote: Annotated[str, "The exact words, of the first source that lets them be shown; under that source's terms."]
    quote_language: str
    quote_source_id: Annotated[str, "The source that quote, start and stop are of."]
    quote_withheld: Annotated[bool, "Words are recorded, but no source's terms let them be shown."]
    start: Annotated[int | None, "Where the words start in that source's text, in characters from 0."]
    stop: Annotated[int | None, "Where they end, that character not included."]
    licence: Annotated[str, "Of the data, as SPDX has it; quotes are their sources'."]
    updated_at: Annotated[datetime, "When the position last changed."]


COLUMNS: tuple[str, ...] = tuple(get_type_hints(Statement))
