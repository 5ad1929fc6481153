"""How many of a text's quotations are offered, how many offers are wrong, and how often the speaker is right.

    ./run bench quotations [--json] [--show]

On articles written for this, in which every quotation is marked with its speaker (tests/editing/quotations/articles).
Those that are held back were not looked at while the rules were made. `words in marks` is the bare way to compare
with: it offers whatever stands in quotation marks, with the nearest name before it, else behind it.

A quotation counts as found where an offer covers it but for a tenth; an offer that finds none is wrong. A speaker is
right where the first name offered is the one marked, or none is offered where no known name is.
"""

from __future__ import annotations

import json
import re
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from editing.quotations import Offer, offers

ARTICLES = Path(__file__).parent.parent / "tests/editing/quotations/articles"
NOBODY = "-"
_COVERED = 0.9
_MARKED = re.compile(r"⟦(?P<indirect>~?)(?P<speaker>[^|⟧]*)\|(?P<words>[^⟧]*)⟧")
_IN_MARKS = re.compile('[“"‘「『]([^“”"‘’「」『』]*)[”"’」』]')

type Way = Callable[[str, str, Sequence[str]], Sequence[Offer]]


@dataclass(frozen=True, slots=True)
class Quotation:
    start: int
    end: int
    speaker: str
    is_direct: bool


@dataclass(frozen=True, slots=True)
class Article:
    name: str
    language: str
    is_held_back: bool
    names: tuple[str, ...]
    text: str
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    way: str
    articles: str
    quotations: int
    offers: int
    found: int
    right_speaker: int

    @property
    def recall(self) -> float:
        return self.found / self.quotations

    @property
    def wrong(self) -> float:
        """The share of the offers that are no quotation."""
        return 1 - self.found / self.offers

    @property
    def attributed(self) -> float:
        """The share of the found ones whose speaker is right."""
        return self.right_speaker / self.found


def read_article(path: Path) -> Article:
    head, marked = path.read_text().split("\n\n", 1)
    facts = dict(line.split(": ", 1) for line in head.splitlines())
    text, quotations = _without_marks(marked.strip())
    names = tuple(facts["names"].split("; "))
    return Article(path.stem, facts["language"], facts["held back"] == "yes", names, text, tuple(quotations))


def _without_marks(marked: str) -> tuple[str, list[Quotation]]:
    parts, place, length = [], 0, 0
    found = []
    for match in _MARKED.finditer(marked):
        before = marked[place : match.start()]
        start = length + len(before)
        length = start + len(match["words"])
        found.append(Quotation(start, length, match["speaker"], not match["indirect"]))
        parts += [before, match["words"]]
        place = match.end()
    return "".join([*parts, marked[place:]]), found


def articles() -> list[Article]:
    return [read_article(path) for path in sorted(ARTICLES.glob("*.txt"))]


def in_marks(text: str, _language: str, names: Sequence[str]) -> list[Offer]:
    """The bare way."""
    places = sorted((match.start(), name) for name in names for match in re.finditer(re.escape(name), text))
    found = []
    for match in _IN_MARKS.finditer(text):
        before = [name for place, name in places if place < match.start()]
        behind = [name for place, name in places if place >= match.end()]
        nearest = before[-1:] or behind[:1]
        found.append(Offer(*match.span(1), "".join(nearest), tuple(nearest), "", 0.5))
    return found


def measured(way: str, offered: Way, several: Iterable[Article], named: str) -> Figures:
    quotations = offers_made = found = right = 0
    for article in several:
        made = offered(article.text, article.language, article.names)
        pairs = list(_pairs(article, made))
        quotations += len(article.quotations)
        offers_made += len(made)
        found += len(pairs)
        right += sum(is_right(quotation, offer) for quotation, offer in pairs)
    return Figures(way, named, quotations, offers_made, found, right)


def _pairs(article: Article, made: Sequence[Offer]) -> Iterator[tuple[Quotation, Offer]]:
    """Each quotation with the offer that covers it, each offer once."""
    left = list(made)
    for quotation in article.quotations:
        if offer := next((one for one in left if _covers(one, quotation)), None):
            left.remove(offer)
            yield quotation, offer


def _covers(offer: Offer, quotation: Quotation) -> bool:
    shared = min(offer.end, quotation.end) - max(offer.start, quotation.start)
    return shared >= _COVERED * (max(offer.end, quotation.end) - min(offer.start, quotation.start))


def is_right(quotation: Quotation, offer: Offer) -> bool:
    return offer.may_be[:1] == (() if quotation.speaker == NOBODY else (quotation.speaker,))


def told_wrong(article: Article) -> Iterator[str]:
    """In words, what was missed, what was offered and is none, and whose words went to another."""
    made = offers(article.text, article.language, article.names)
    pairs = list(_pairs(article, made))
    for quotation in article.quotations:
        if quotation not in [one for one, _offer in pairs]:
            yield f"missed: {article.text[quotation.start : quotation.end]}"
    for offer in made:
        if offer not in [one for _quotation, one in pairs]:
            yield f"wrong: {article.text[offer.start : offer.end]} ({offer.speaker}, {offer.cue})"
    for quotation, offer in pairs:
        if not is_right(quotation, offer):
            words = article.text[quotation.start : quotation.end]
            yield f"not {offer.may_be[:1] or offer.speaker} but {quotation.speaker}: {words}"


def all_figures() -> list[Figures]:
    several = articles()
    groups = {
        "English, seen": [one for one in several if one.language == "en" and not one.is_held_back],
        "English, held back": [one for one in several if one.language == "en" and one.is_held_back],
        "Korean, seen": [one for one in several if one.language == "ko" and not one.is_held_back],
        "Korean, held back": [one for one in several if one.language == "ko" and one.is_held_back],
    }
    ways: dict[str, Way] = {"offers": offers, "words in marks": in_marks}
    return [measured(way, offered, group, named) for named, group in groups.items() for way, offered in ways.items()]


def main() -> int:
    parser = ArgumentParser(description="Measures how well quotations are offered.")
    parser.add_argument("--json", action="store_true", help="figures for programs")
    parser.add_argument(
        "--show", action="store_true", help="also what went wrong in the articles that are not held back"
    )
    options = parser.parse_args()
    figures = all_figures()
    if options.json:
        print(json.dumps([asdict(one) for one in figures], indent=2))
        return 0
    print(f"{'articles':20}{'way':16}{'quotations':>11}{'offers':>8}{'found':>8}{'wrong':>8}{'speaker':>9}")
    for one in figures:
        counted = f"{one.articles:20}{one.way:16}{one.quotations:11}{one.offers:8}"
        print(f"{counted}{one.recall:8.0%}{one.wrong:8.0%}{one.attributed:9.0%}")
    if options.show:
        for article in articles():
            for line in () if article.is_held_back else told_wrong(article):
                print(f"{article.name}: {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
