"""Debates in a few words: who says what of which proposition."""

from __future__ import annotations

from speakers.models import Person
from tests.factories import (
    AppearanceFactory,
    EventFactory,
    PersonFactory,
    PositionFactory,
    PropositionFactory,
    SessionFactory,
)


class Debate:
    """In which people say what they think of propositions, each named by a word."""

    def __init__(self, slug="robots", **options):
        self.event = EventFactory(slug=slug, **options)
        self.session = SessionFactory(event=self.event)
        self.propositions = {}
        self.appearances = {}

    def on(self, name):
        if name not in self.propositions:
            texts = {"slug": f"{self.event.slug}-{name}", "wording": f"The state should {name}"}
            self.propositions[name] = PropositionFactory(**texts)
        return self.propositions[name]

    def says(self, who, stance, proposition, **options):
        if who not in self.appearances:
            person = Person.objects.filter(slug=who.lower()).first() or PersonFactory(name_en=who, slug=who.lower())
            self.appearances[who] = AppearanceFactory(session=self.session, person=person)
        if stance == "conditional":
            options["condition_en"] = "If it pays"
        return PositionFactory(appearance=self.appearances[who], on=self.on(proposition), stance=stance, **options)
