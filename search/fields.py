"""What is searched: the one table of text fields, what each counts, and what positions are narrowed and ordered by."""

from __future__ import annotations

from django.db.models import Model

from debate.models import Event, Session, Source
from positions.models import Position, Proposition, Topic
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

# What a word counts in a field: as if it stood there so many times. All fields of a document are weighed as one text,
# in both languages (BM25F: Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple weighted fields", 2004).
#
# kind          title     names                      proposition  topic   text                     context
# position      summary   speaker, spoken for or as  wordings     topics  condition, quotes        debate, its subjects
# person        name      other names                                     note                     affiliations
# organization  name      other names                                     note                     what it is part of
# event         title     organizations, people                           summary, notes, sessions venue
# session       title     people                                                                   debate, its subjects
# proposition   wording                                           topics  former wordings          its debates' subjects
# topic         name                                                      description              what it is part of
# source        title     publisher, author                               note, text if public     debates
WEIGHTS: dict[str, int] = {"title": 3, "names": 2, "proposition": 2, "topic": 1, "text": 1, "context": 1}
NAMED_BY = ("title", "names")  # what a field of the query language looks for: speaker:kang

# What positions are narrowed by, named as in Filters: primary keys, and codes.
KEY_FILTERS = ("speaker", "organization", "topic", "proposition", "debate")
CODE_FILTERS = ("stance", "kind", "role", "language")
# First and last day it can have been said, as ordinals, open ends filled in; and the two orders in time.
DAYS = ("earliest", "latest")
ORDERS = ("newest", "oldest")
YEAR = "year"  # all in which it can have been said
UNDATED = 0  # the year of what has no date
CELL = "cell"  # all codes in one number: see search.facets
