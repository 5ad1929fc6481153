"""A round with its coders, on a source with a text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from editing.rounds.coding import record_coding
from editing.rounds.opening import close_round, open_round
from review.roles import Author
from tests.factories import AppearanceFactory, EventFactory, EventSourceFactory, PropositionFactory, SessionFactory
from tests.review.people import author_as, person_as

TEXT = """The minister opened the evening.

Han said the state should pay for the bridge, and pay soon.

Lee said that nobody needs a bridge there. Han answered that the state should pay all the same."""


@dataclass
class Team:
    """An editor, two contributors as coders, and a debate in which Han and Lee appear."""

    text: str = TEXT
    coders: int = 2
    editor: Author = field(default_factory=lambda: author_as("editor"))

    def __post_init__(self) -> None:
        event = EventFactory()
        self.source: Any = EventSourceFactory(event=event, source__text=self.text).source
        session = SessionFactory(event=event)
        self.han, self.lee = (AppearanceFactory(session=session) for _name in range(2))
        self.bridge = PropositionFactory(wording="The state should pay for the bridge")
        self.authors = [Author(person_as("contributor", is_staff=True)) for _coder in range(self.coders)]
        self.round = open_round(self.source, [author.user for author in self.authors], self.editor)

    def reads(self, coder: int, quote: str, stance: str = "supports", **values: Any) -> Any:
        """What one of the coders finds in the text, by default of Han on the bridge."""
        whole = {
            "appearance": self.han.pk,
            "wording": self.bridge.current_wording.pk,
            "stance": stance,
            "kind": "recommendation",
            "summary_en": f"Read by {coder}",
            "quote": quote,
            **values,
        }
        return record_coding(self.round, whole, self.authors[coder])

    def close(self) -> Any:
        self.round = close_round(self.round, self.editor, reason="Enough.")
        return self.round

    def units(self) -> list[Any]:
        return list(self.round.units.order_by("number"))
