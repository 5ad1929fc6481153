"""Topics, propositions with their wordings, positions and their evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import batched
from typing import Any

from benchmarks.scale.debates import Debate
from benchmarks.scale.rows import BATCH, Making, insert, pour
from benchmarks.scale.words import Theme, often
from positions.models import (
    Evidence,
    Position,
    PositionCapacity,
    PositionKind,
    Proposition,
    PropositionTopic,
    Stance,
    Topic,
    Wording,
)

FEWEST_PROPOSITIONS = 16  # of a debate
POSITIONS_ON_ONE = 50  # in a long debate
_STANCES = {Stance.SUPPORTS: 45, Stance.OPPOSES: 25, Stance.CONDITIONAL: 16, Stance.NEUTRAL: 14}
_KINDS = {
    PositionKind.RECOMMENDATION: 50,
    PositionKind.ASSESSMENT: 26,
    PositionKind.CONCERN: 16,
    PositionKind.COMMITMENT: 8,
}


@dataclass(frozen=True, slots=True)
class Matter:
    """A topic and the words it brings with it."""

    topic: Topic
    theme: Theme


def make_topics(making: Making, count: int) -> list[Matter]:
    themes = [making.writer.theme() for _number in range(count)]
    topics = insert(
        Topic,
        (
            Topic(
                slug=f"topic-{number}",
                name_en=" ".join(theme.english[:2]).capitalize(),
                name_ko=" ".join(theme.korean[:2]),
                order=number,
                status="published",
            )
            for number, theme in enumerate(themes)
        ),
    )
    return [Matter(topic, theme) for topic, theme in zip(topics, themes, strict=True)]


def make_wordings(making: Making, count: int, matters: list[Matter]) -> list[Wording]:
    """Of as many propositions; what has been reworded is represented by its latest."""
    propositions = insert(
        Proposition, (Proposition(slug=f"proposition-{number}", status="published") for number in range(count))
    )
    drawn = often(making.random, len(matters))
    chosen = [sorted({next(drawn) for _topic in range(making.random.randint(1, 3))}) for _number in range(count)]
    pour(
        PropositionTopic,
        (
            PropositionTopic(proposition=proposition, topic=matters[number].topic)
            for proposition, numbers in zip(propositions, chosen, strict=True)
            for number in numbers
        ),
    )
    themes = [matters[numbers[0]].theme for numbers in chosen]
    reworded = [_wording(making, propositions[number], themes[number], 1) for number in range(0, count, 10)]
    pour(Wording, reworded)
    return insert(
        Wording,
        (
            _wording(making, propositions[number], themes[number], 2 if number % 10 == 0 else 1)
            for number in range(count)
        ),
    )


def make_positions(making: Making, debates: list[Debate], wordings: list[Wording]) -> None:
    """One debate after the other, as they are imported. Holds one batch in memory."""
    for batch in batched(_stated(making, debates, wordings), BATCH):
        positions = insert(Position, (position for position, _debate in batch))
        pour(
            Evidence,
            (_evidence(making, position, debate) for position, (_, debate) in zip(positions, batch, strict=True)),
        )
        pour(PositionCapacity, _choices(making, [(position, debate) for position, debate in batch]))


def _wording(making: Making, proposition: Proposition, theme: Theme, number: int) -> Wording:
    return Wording(
        proposition=proposition,
        number=number,
        text_en=making.writer.english(9, theme),
        text_ko=making.writer.korean(7, theme),
        source_language="ko",
    )


def _stated(making: Making, debates: list[Debate], wordings: list[Wording]) -> Iterator[tuple[Position, Debate]]:
    """What most have spoken about in a debate comes oftenest in it; a few touch on what was debated elsewhere."""
    anywhere = often(making.random, len(wordings))
    for debate in debates:
        many = max(FEWEST_PROPOSITIONS, debate.size // POSITIONS_ON_ONE)
        own = [making.random.choice(wordings) for _wording in range(many)]
        most = often(making.random, len(own))
        for _position in range(debate.size):
            wording = own[next(most)] if making.random.random() < 0.85 else wordings[next(anywhere)]
            yield _position_on(making, debate, wording), debate


def _position_on(making: Making, debate: Debate, wording: Wording) -> Position:
    stance = making.weighted(_STANCES)
    words, write = making.random.randint(12, 25), making.writer
    conditional = stance is Stance.CONDITIONAL
    condition = {"condition_en": write.english(5), "condition_ko": write.korean(4)} if conditional else {}
    return Position(
        public_id=making.public_id(),
        appearance=making.random.choice(debate.appearances),
        wording=wording,
        stance=stance,
        kind=making.weighted(_KINDS),
        summary_en=write.english(words, debate.theme),
        summary_ko=write.korean(words, debate.theme),
        status="published",
        source_language=debate.event.source_language,
        **condition,
    )


def _evidence(making: Making, position: Position, debate: Debate) -> Evidence:
    """With the words in a quarter of cases."""
    quoted: dict[str, Any] = {}
    if making.random.random() < 0.25:
        language, write = debate.event.source_language, making.writer
        text = write.korean(14, debate.theme) if language == "ko" else write.english(18, debate.theme)
        quoted = {"quote": text, "quote_language": language, "state": Evidence.State.EXACT}
    locator = f"¶ {making.random.randint(1, 400)}"
    return Evidence(public_id=making.public_id(), position=position, source=debate.source, locator=locator, **quoted)


def _choices(making: Making, stated: list[tuple[Position, Debate]]) -> Iterator[PositionCapacity]:
    """Where somebody spoke in two capacities, the source tells in one case of five which of them it was."""
    for position, debate in stated:
        capacities = debate.capacities.get(position.appearance_id, ())
        if len(capacities) > 1 and making.random.random() < 0.2:
            yield PositionCapacity(position=position, capacity=capacities[0])
