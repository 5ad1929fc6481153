"""Which passages of a text are somebody's words, and whose: offers for coding. Pure."""

from editing.quotations.offering import Offer, offers

__all__ = ["Offer", "offers"]
