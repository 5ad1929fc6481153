"""A hearing with its minutes, to be coded: the text was written for these tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from debate.models import Source
from tests.factories import (
    AppearanceFactory,
    CapacityFactory,
    EventFactory,
    EventSourceFactory,
    SessionFactory,
    SourceFactory,
)

PARAGRAPHS = [
    "Minutes of the hearing on a ferry for the island 𝒳, read and approved.",
    "The chair opened the hearing at ten. She thanked everybody for coming in spite of the fog.",
    "Ms Yoon said that the town should buy a second ferry. “One boat is no boat when it breaks,” she said. 🚢 The"
    " boat of today is thirty years old.",
    "Mr Bae agreed that a boat is needed. He would only pay for it if the county bears half. Without the county, he"
    " said, the fares would have to double.",
    "윤서라 의원은 두 번째 여객선을 도입해야 한다고 말했다. “배 한 척이 멈추면 섬도 멈춘다”라고 덧붙였다.",
    "배도현 국장은 군이 비용의 절반을 부담한다면 찬성한다고 밝혔다. 요금 인상은 피해야 한다는 점도 강조했다.",
    "The chair asked about the winter timetable. Nobody had brought the figures.",
    "Ms Yoon warned that a timetable without a night boat leaves the sick on the island. She called it a danger.",
    "Mr Bae did not take a side on the night boat. He raised the question of the crew’s hours.",
    "주민 대표 한 사람은 야간 운항에 반대했다. 소음 때문에 잠을 이룰 수 없다는 이유였다.",
    "The fishers’ association promised to lend its pier until the new one is built.",
    "A letter from the school was read. It asks for a boat that arrives before eight.",
    "Ms Yoon promised to bring the figures to the next meeting.",
    "위원장은 다음 회의를 4월에 열겠다고 말했다.",
    "The hearing closed at noon.",
]
TEXT = "\n\n".join(PARAGRAPHS)
ISLANDERS = ("Yoon Seo-ra", "윤서라"), ("Bae Do-hyun", "배도현"), ("Han Chair", "한위원")


@dataclass(frozen=True, slots=True)
class Scene:
    source: Source
    event: Any
    appearances: list[Any]

    def span(self, words: str) -> dict[str, Any]:
        """The place of these words as the screen sends it."""
        start = self.source.text.index(words)
        end = start + len(words)
        return {"start": start, "end": end, "quote": words, "text_hash": self.source.text_hash}


def hearing(text: str = TEXT, **event: Any) -> Scene:
    """A draft with three speakers, the first of whom has two capacities."""
    debate = EventFactory(**{"title_en": "A ferry for the island", "status": "draft", **event})
    session = SessionFactory(event=debate, order=1, title_en="Hearing")
    source = EventSourceFactory(event=debate, source=SourceFactory(text=text, title="Minutes on the ferry")).source
    appearances = [
        AppearanceFactory(session=session, person__name_en=english, person__name_ko=korean, order=place)
        for place, (english, korean) in enumerate(ISLANDERS, start=1)
    ]
    CapacityFactory(appearance=appearances[0], organization__name_en="Town council", role_en="Councillor")
    CapacityFactory(appearance=appearances[0], organization__name_en="Harbour club", role_en="Treasurer", order=1)
    return Scene(source, debate, appearances)


def statement(scene: Scene, words: str = "the town should buy a second ferry", **values: Any) -> dict[str, Any]:
    """What the screen sends for a new position on a new proposition."""
    return {
        "appearance": scene.appearances[0].public_id,
        "wording_en": "The town should buy a second ferry",
        "stance": "supports",
        "kind": "recommendation",
        "summary_en": "Asks for a second boat",
        **scene.span(words),
        **values,
    }
