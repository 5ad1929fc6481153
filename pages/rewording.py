"""The same question asked more strictly, more loosely or to the letter: pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from search import analysis
from search.language import AllOf, AnyOf, Clause, Node, Occur, Phrase, Prefix, Reading, Words, written


def all_required(reading: Reading) -> str:
    """With a + before each word that may be missing; common words may stay missing, unless there are no others."""
    optional = [clause for clause in reading.clauses if clause.occur is Occur.OPTIONAL]
    meant = [clause for clause in optional if not _is_common(clause.node)] or optional
    clauses = (replace(clause, occur=Occur.REQUIRED) if clause in meant else clause for clause in reading.clauses)
    return written(Reading(tuple(clauses)))


def none_required(reading: Reading) -> str:
    """Without the + before words; fields go on narrowing, and nothing is said where no word has one."""
    loosened = tuple(map(_loosened, reading.clauses))
    return written(Reading(loosened)) if loosened != reading.clauses and len(loosened) > 1 else ""


def to_the_letter(reading: Reading) -> str:
    """With each word in quotation marks."""
    return written(Reading(tuple(replace(clause, node=_quoted(clause.node)) for clause in reading.clauses)))


def plain_words(reading: Reading) -> str:
    """What may stand there, without signs and fields."""
    nodes = [clause.node for clause in reading.clauses if clause.occur is not Occur.EXCLUDED]
    return " ".join(text for node in nodes for text in _texts(node))


def _is_common(node: Node) -> bool:
    return isinstance(node, Words) and all(word.is_common for word in analysis.words(node.text))


def _loosened(clause: Clause) -> Clause:
    is_of_words = clause.occur is Occur.REQUIRED and any(True for _text in _texts(clause.node))
    return replace(clause, occur=Occur.OPTIONAL) if is_of_words else clause


def _quoted(node: Node) -> Node:
    match node:
        case Words(text=text):
            return Phrase(text)
        case AnyOf(parts=parts) | AllOf(parts=parts):
            return replace(node, parts=tuple(map(_quoted, parts)))
    return node


def _texts(node: Node) -> Iterator[str]:
    match node:
        case Words(text=text) | Phrase(text=text) | Prefix(text=text):
            yield text
        case AnyOf(parts=parts) | AllOf(parts=parts):
            for part in parts:
                yield from _texts(part)
