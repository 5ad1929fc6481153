"""Why nothing is done in a round; the rest is in `review.refusals`."""

from __future__ import annotations

from django.utils.translation import gettext as _

from review.refusals import Refusal


class NotOpen(Refusal):
    def __init__(self) -> None:
        super().__init__(_("The round is closed: no reading is added or changed any more."))


class NotToBeSettled(Refusal):
    """It still goes on, or all of it was settled already."""

    def __init__(self, *, is_open: bool) -> None:
        still = _("The round is still open: close it first.")
        super().__init__(still if is_open else _("The whole round is settled. Change the position as any other."))
