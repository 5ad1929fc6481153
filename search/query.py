"""What a reader's words ask for: pure, knows neither the database nor the index."""

from __future__ import annotations

from dataclasses import dataclass

from search.analysis import Word, words

MOST_WORDS = 40


@dataclass(frozen=True, slots=True)
class Query:
    """`words` are alternatives, and what has more of them comes first."""

    words: tuple[Word, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(word.text for word in self.words)


def read(text: str) -> Query:
    """Never fails; of a very long question the first MOST_WORDS different words are read."""
    found: dict[tuple[str, ...], Word] = {}
    for word in words(text):
        if len(found) == MOST_WORDS:
            break
        found.setdefault(word.tokens, word)
    return Query(tuple(found.values()))
