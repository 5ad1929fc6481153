"""What the languages share in telling whose words a quotation is. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from editing.quotations.marks import Quoted
from editing.quotations.people import Mention
from editing.quotations.reading import Reading


class Ground(Enum):
    """By what a speaker is told, and how far to trust it; the figures are an order and no measured chances."""

    SAID = 0.9  # a verb of saying, with whoever says it
    REFERRED = 0.75  # a verb of saying of somebody who was named before (he said)
    REPORTED = 0.7  # a verb further away, as before words that are part of the writer's sentence
    CARRIED = 0.6  # goes on where somebody's words ended, or follows a sentence about them
    INDIRECT = 0.5  # not in marks
    ALONE = 0.35  # a whole sentence in marks of nobody one can tell


@dataclass(frozen=True, slots=True)
class Attribution:
    """`speaker` is whoever it is as the text calls them, `cue` the words that told of them."""

    ground: Ground
    speaker: str = ""
    may_be: tuple[str, ...] = ()
    cue: str = ""

    @property
    def confidence(self) -> float:
        return self.ground.value if self.may_be else self.ground.value - 0.15

    def carried(self) -> Attribution:
        return replace(self, ground=Ground.CARRIED, cue="")


@dataclass(frozen=True, slots=True)
class Attributed:
    quotation: Quoted
    attribution: Attribution


def by(mention: Mention, ground: Ground, cue: str = "") -> Attribution:
    return Attribution(ground, mention.name, mention.may_be, cue.strip())


def last_named(reading: Reading, place: int) -> Mention | None:
    """Whom a pronoun at the place means: the first person named in the sentence before it that names any, since that
    one is mostly its subject. Looks three paragraphs back.
    """
    start = place
    for _paragraph in range(3):
        start = reading.paragraph_start(start - 1) if start else 0
    several = reading.named(start, place)
    if not several:
        return None
    beginning = reading.sentence_start(several[-1].start)
    return reading.named(beginning, place)[0]


def carried_on(reading: Reading, quotation: Quoted, previous: Attributed | None) -> Attribution | None:
    """Of the speaker whose words came before it in its paragraph, unless somebody else was named since."""
    if previous is None or reading.paragraph_start(quotation.before) > previous.quotation.start:
        return None
    since = reading.named(reading.sentence_end(previous.quotation.after), quotation.before)
    if since and since[0].may_be[:1] != previous.attribution.may_be[:1]:
        return None
    return previous.attribution.carried()
