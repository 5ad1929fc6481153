"""Keeps what was asked in words and found nothing, so that editors can see what is missing or goes by another name.

A question, how often it was asked and the first and last day: nothing of who asked, and no question that looks as if it
said that.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import Error, connection, transaction
from django.db.models import Q
from django.utils import timezone

from search import analysis
from search.filters import Filters
from search.find import Answer
from search.language import AllOf, AnyOf, Node, Occur, Phrase, Prefix, Reading, Words
from search.models import UnansweredQuestion

logger = logging.getLogger(__name__)

AT_MOST = 10_000  # questions kept; of more, the least asked go, of these the oldest
KEPT_DAYS = 180  # after a question was last asked
LONGEST = 100  # letters; whoever writes more tells a story or tries what will happen
PATIENCE = 100  # milliseconds that a search waits for whoever else is writing
_LONGEST_KEPT = 200  # letters; folding can make more of them

# E-mail addresses, web addresses, numbers as long as those of telephones and identity cards; code.
_PRIVATE_OR_JUNK = re.compile(
    r"\S@\S"
    r"|://|\bwww\."
    r"|[^\W\d_][\w-]*\.[a-z]{2,}\b"
    r"|[0-9]{6}"
    r"|(?:[0-9][\s().-]{0,3}){9}"
    r"|[<>{}\\=\ufffd]"
)
_UPSERT = """
    INSERT INTO search_unansweredquestion (text, times, first_day, last_day) VALUES (%s, 1, %s, %s)
    ON CONFLICT (text) DO UPDATE SET times = search_unansweredquestion.times + 1, last_day = excluded.last_day
    RETURNING times
"""


def note(filters: Filters, answer: Answer) -> None:
    """Counts the question if nothing at all was found, though it asked for nothing but words.

    Otherwise it costs no query. Never raises and hardly waits: where the database is busy or can't be written, the
    question is lost and the reader's answer is not.
    """
    if filters.is_narrowing or not is_unanswered(answer):
        return
    text = as_kept(filters.q)
    if text is None:
        return
    try:
        with _hardly_waiting(), transaction.atomic():
            _count(text)
    except Error as error:
        logger.warning("A search that found nothing was not noted: %s", error)


def is_unanswered(answer: Answer) -> bool:
    """Only of the first page, and of an index that holds all of the record."""
    found_nothing = not answer.total and not answer.others and answer.page == 1 and not answer.is_behind
    return found_nothing and _asks_for_words_alone(answer.reading)


def as_kept(question: str) -> str | None:
    """`question` without case, accents and needless space; None where it had better not be kept."""
    text = " ".join(analysis.fold(question).split())
    if len(question.strip()) > LONGEST or _PRIVATE_OR_JUNK.search(text) or any(map(_is_no_letter_or_sign, text)):
        return None
    return text[:_LONGEST_KEPT] if any(True for _word in analysis.words(text)) else None


def forget() -> int:
    """Lets go of what was not asked for long, and of what is too much. Says how many went."""
    most_asked = UnansweredQuestion.objects.order_by("-times", "-last_day", "-id")
    surplus = most_asked[AT_MOST:].values("pk")
    too_old = timezone.localdate() - timedelta(days=KEPT_DAYS)
    return UnansweredQuestion.objects.filter(Q(last_day__lt=too_old) | Q(pk__in=surplus)).delete()[0]


def _count(text: str) -> None:
    today = timezone.localdate()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{PATIENCE}ms"])
        cursor.execute(_UPSERT, [text, today, today])
        is_new = cursor.fetchone() == (1,)
    if is_new:
        forget()


@contextmanager
def _hardly_waiting() -> Iterator[None]:
    """On SQLite, whose writers wait for each other from the beginning of a transaction."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        usual = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")


def _asks_for_words_alone(reading: Reading) -> bool:
    return bool(reading.clauses) and all(
        clause.occur is not Occur.EXCLUDED and _is_of_words(clause.node) for clause in reading.clauses
    )


def _is_of_words(node: Node) -> bool:
    if isinstance(node, AnyOf | AllOf):
        return all(map(_is_of_words, node.parts))
    return isinstance(node, Words | Phrase | Prefix)


def _is_no_letter_or_sign(character: str) -> bool:
    """Control characters, halves of surrogate pairs, and what is not assigned."""
    return unicodedata.category(character).startswith("C")
