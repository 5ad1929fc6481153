"""What waits, as the start page says it: each a count, and where it is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from debate.models import Appearance, Event
from editing.reviewing.kinds import KINDS
from editing.reviewing.lists import drafts_of, sent_back_to, waiting_of
from editing.reviewing.waiting import CHANGE, RECORDS, Asked, waiting
from editing.start.gaps import (
    debates_without_source,
    people_without_capacity,
    positions_without_evidence,
)
from positions.models import CodingRound, Evidence, Position
from review.roles import PUBLISH, Author
from search.models import UnansweredQuestion

MOST_COUNTED = 1_000  # beyond it nobody needs to know how many, and to know would cost


@dataclass(frozen=True, slots=True)
class Tile:
    """`count` is at most one more than what is counted."""

    name: str
    count: int
    address: str

    @property
    def shown(self) -> str:
        if self.count > MOST_COUNTED:
            return f"{number_format(MOST_COUNTED, force_grouping=True)}+"
        return number_format(self.count)


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    tiles: list[Tile]


def groups(by: Author) -> list[Group]:
    """By what somebody may do about it. A query for each tile, which stops counting early."""
    found = [Group(_("Mine"), list(_own(by)))]
    if by.may_publish:
        found.append(Group(_("To be decided"), list(_to_decide())))
    if by.may("view", Position) and by.may_send_to_review:
        found.append(Group(_("To be mended"), list(_to_mend(by))))
    return found


def _own(by: Author) -> Iterator[Tile]:
    mine = reverse("editing:review-mine")
    drafts, *others = (drafts_of(by.user, model).order_by().values_list("pk") for model in KINDS.values())
    yield _tile(_("My drafts"), drafts.union(*others, all=True), f"{mine}#drafts")
    yield _tile(_("Sent back to me"), sent_back_to(by.user), f"{mine}#sent-back")
    yield _tile(_("My changes that wait"), waiting_of(by.user), f"{mine}#waiting")


def _to_decide() -> Iterator[Tile]:
    queue = reverse("editing:review")
    yield _tile(_("Changes of what is public"), waiting(Asked(kind=CHANGE)), f"{queue}?kind={CHANGE}")
    yield _tile(_("Records in review"), waiting(Asked(kind=RECORDS)), f"{queue}?kind={RECORDS}")


def _to_mend(by: Author) -> Iterator[Tile]:
    lost, moved = Evidence.State.NOT_FOUND, Evidence.State.MOVED
    evidence = Evidence.objects.all()
    yield _tile(_("Quotes not found"), evidence.filter(state=lost), _list_of(Evidence, state__exact=lost))
    yield _tile(_("Quotes that moved"), evidence.filter(state=moved), _list_of(Evidence, state__exact=moved))
    yield _tile(
        _("Positions without evidence"), positions_without_evidence(), _list_of(Position, without_evidence="yes")
    )
    rounds = CodingRound.objects.unsettled()
    yield _tile(_("Coding rounds to be settled"), rounds, reverse("editing:round-list"))
    yield _tile(_("Debates without a source"), debates_without_source(), _list_of(Event, without_source="yes"))
    yield _tile(_("People without a capacity"), people_without_capacity(), _list_of(Appearance, without_capacity="yes"))
    if by.may("view", UnansweredQuestion):
        yield _tile(_("Searches that found nothing"), UnansweredQuestion.objects.all(), _list_of(UnansweredQuestion))


def _tile(name: str, found: QuerySet[Any, Any], address: str) -> Tile:
    return Tile(name, found.order_by()[: MOST_COUNTED + 1].count(), address)


def _list_of(model: type[Model], **parameters: str) -> str:
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    return f"{address}?{urlencode(parameters)}" if parameters else address


# The ways in, in the order of the work: route, the title of the screen, and the permissions it needs.
WAYS_IN = (
    ("editing:new-debate", gettext_lazy("New debate from an article"), ("debate.add_event",)),
    ("editing:coding-list", gettext_lazy("Sources to code"), ("positions.add_position",)),
    ("editing:review-mine", gettext_lazy("My work"), ()),
    ("editing:review", gettext_lazy("Review"), (PUBLISH,)),
    ("editing:round-list", gettext_lazy("Coding rounds"), ("positions.view_codinground",)),
    ("editing:import", gettext_lazy("Import a table"), ("positions.add_position",)),
    ("editing:dossiers", gettext_lazy("Dossiers"), ("debate.add_event",)),
    ("editing:merging", gettext_lazy("Who may be in the record twice"), ("review.view_merge",)),
    ("editing:bin", gettext_lazy("Bin"), ("review.view_binned",)),
)


@dataclass(frozen=True, slots=True)
class Way:
    name: str
    address: str


def ways_in(user: Any) -> list[Way]:
    return [Way(str(name), reverse(route)) for route, name, permissions in WAYS_IN if user.has_perms(permissions)]
