"""What is searched: the one table of text fields, what each counts, and what positions are narrowed and ordered by."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Model

from debate.models import Event, Session, Source
from positions.models import Position, Proposition, Topic
from speakers.bilingual import LANGUAGES
from speakers.models import Organization, Person

# In the order in which an answer shows them.
KINDS: dict[str, type[Model]] = {
    "position": Position,
    "person": Person,
    "organization": Organization,
    "event": Event,
    "session": Session,
    "proposition": Proposition,
    "topic": Topic,
    "source": Source,
}


def in_language(name: str, language: str) -> str:
    return f"{name}_{language}"


@dataclass(frozen=True, slots=True)
class TextField:
    """`boost` multiplies what a match counts; a bilingual field is one column for each language, so that words are
    weighed among texts of their own language.
    """

    name: str
    boost: float
    is_bilingual: bool = True

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(in_language(self.name, language) for language in LANGUAGES) if self.is_bilingual else (self.name,)


# kind          title     names                      proposition  topic   text                     context
# position      summary   speaker, spoken for or as  wordings     topics  condition, quotes        debate, its subjects
# person        name      other names                                     note                     affiliations
# organization  name      other names                                     note                     what it is part of
# event         title     organizations, people                           summary, notes, sessions venue
# session       title     people                                                                   debate, its subjects
# proposition   wording                                           topics  former wordings          its debates' subjects
# topic         name                                                      description              what it is part of
# source        title     publisher, author                               note, text if public     debates
TEXT_FIELDS = (
    TextField("title", 4.0),
    TextField("names", 3.0, is_bilingual=False),
    TextField("proposition", 2.0),
    TextField("topic", 1.5),
    TextField("text", 1.0),
    TextField("context", 0.5),
)
BOOSTS: dict[str, float] = {column: field.boost for field in TEXT_FIELDS for column in field.columns}
LETTERS = "letters"  # every letter of scripts cut into pairs, for questions of a single one
LETTERS_BOOST = 0.5

# What positions are narrowed by, named as in Filters: primary keys, and codes.
KEY_FILTERS = ("speaker", "organization", "topic", "proposition", "debate")
CODE_FILTERS = ("stance", "kind", "role", "language")
# First and last day it can have been said, as ordinals, open ends filled in; and the two orders in time.
DAYS = ("earliest", "latest")
ORDERS = ("newest", "oldest")
