"""How long a key takes on the coding screen of a long text with many marks, by the clock of the page itself.

    ./run bench coding [--characters N] [--marks N] [--seed N] [--json]

Makes up a text in English and Korean, marks passages of it all over, some on top of others, and opens the screen in
Chromium (CHROMIUM says where it is). Then presses keys: in the text, by letter, word, sentence and paragraph, with and
without Shift, and from mark to mark; in the form, in the fields that are completed and in the summary.

    key_ms      from the key to the moment the browser has painted what it changed: the median of many
    worst_ms    the slowest of them
    open_ms     from the request to the screen that answers keys
    page_bytes  of the page

--json prints {"characters", "marks", "open_ms", "page_bytes", "keys": [{"name", "key_ms", "worst_ms"}, ...]} as the
last line.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.scale.record import set_up
from benchmarks.scale.words import Vocabulary, Writer

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
SENTENCES = 4  # in a paragraph
PRESSED = 25  # times that each key is
PASSWORD = "only for this run"
SCREEN: Any = {"width": 1280, "height": 900}
# From each key to the task after the next frame, when it is painted.
CLOCK = """() => {
    window.keys = [];
    window.addEventListener("keydown", event => {
        const start = event.timeStamp, channel = new MessageChannel();
        channel.port1.onmessage = () => window.keys.push(performance.now() - start);
        requestAnimationFrame(() => channel.port2.postMessage(null));
    }, true);
}"""
IN_TEXT = [
    ("letter", "ArrowRight"),
    ("word", "Control+ArrowRight"),
    ("sentence", "ArrowDown"),
    ("extended by a sentence", "Shift+ArrowDown"),
    ("paragraph", "Control+ArrowDown"),
    ("next mark", "n"),
    ("end of the text", "Control+End"),
]


@dataclass(frozen=True, slots=True)
class Keys:
    name: str
    key_ms: float
    worst_ms: float


@dataclass(frozen=True, slots=True)
class Figures:
    characters: int
    marks: int
    open_ms: float
    page_bytes: int
    keys: list[Keys]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--characters", type=int, default=200_000)
    parser.add_argument("--marks", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")
    options = parser.parse_args()
    with TemporaryDirectory(prefix="coding-") as folder:
        set_up(Path(folder))
        address, session = _filled(options.characters, options.marks, options.seed)
        with _served() as site:
            figures = measured(site, address, session, options.characters, options.marks)
    _show(figures)
    if options.json:
        print(json.dumps(asdict(figures)))


def _filled(characters: int, marks: int, seed: int) -> tuple[str, str]:
    """The address of the screen, and the session of somebody who may code."""
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.test import Client
    from django.urls import reverse

    call_command("migrate", verbosity=0)
    source = made_up(characters, marks, seed)
    client = Client()
    client.force_login(User.objects.create_superuser("coder", password=PASSWORD))
    return reverse("editing:coding", args=[source.public_id]), client.cookies["sessionid"].value


def made_up(characters: int, marks: int, seed: int = 1) -> Any:
    """A source with that much text, and so many positions coded from it."""
    from debate.models import Appearance, Event, EventSource, Session, Source
    from positions.models import Proposition, Wording
    from speakers.models import Person

    text = "\n\n".join(_paragraphs(characters, seed))[:characters].rstrip()
    source = Source.objects.create(kind="minutes", title="Minutes", language="en", text=text)
    event = Event.objects.create(title_en="Hearing")
    EventSource.objects.create(event=event, source=source)
    session = Session.objects.create(event=event, order=1, kind="discussion")
    speakers = [
        Appearance.objects.create(
            session=session, person=Person.objects.create(name_en=f"Speaker {at}"), role="witness"
        )
        for at in range(12)
    ]
    wordings = [
        Wording.objects.create(proposition=Proposition.objects.create(), text_en=f"Measure {at} is needed")
        for at in range(20)
    ]
    _mark(source, speakers, wordings, marks, random.Random(seed))
    return source


def _paragraphs(characters: int, seed: int) -> Iterator[str]:
    writer, length = Writer(f"coding {seed}", Vocabulary(seed, 10_000)), 0
    while length < characters:
        sentences = [writer.english(18) if length % 3 else writer.korean(12) for _sentence in range(SENTENCES)]
        paragraph = " ".join(f"{sentence.rstrip('.')}." for sentence in sentences)
        length += len(paragraph) + 2
        yield paragraph


def _mark(source: Any, speakers: Sequence[Any], wordings: Sequence[Any], marks: int, chance: random.Random) -> None:
    from positions.anchoring import Numbered
    from positions.models import Evidence, Position, Stance

    numbered, stances = Numbered(source.text), [stance for stance in Stance.values if stance != Stance.CONDITIONAL]
    shared = {"kind": "concern", "summary_en": "Says so"}
    positions = Position.objects.bulk_create(
        Position(
            appearance=chance.choice(speakers), wording=chance.choice(wordings), stance=chance.choice(stances), **shared
        )
        for _mark in range(marks)
    )
    Evidence.objects.bulk_create(
        Evidence(position=position, source=source, state="exact", **asdict(numbered.anchor(start, start + length)))
        for position in positions
        for start, length in [(chance.randrange(len(source.text) - 400), chance.randrange(20, 300))]
    )


@contextmanager
def _served() -> Iterator[str]:
    """The site in a thread of this process."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.test.testcases import LiveServerThread
    from django.test.utils import override_settings

    thread = LiveServerThread("127.0.0.1", StaticFilesHandler, connections_override={})
    with override_settings(ALLOWED_HOSTS=["127.0.0.1"], SECURE_SSL_REDIRECT=False, SESSION_COOKIE_SECURE=False):
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
        if thread.error:
            raise thread.error
        try:
            yield f"http://127.0.0.1:{thread.port}"
        finally:
            thread.terminate()


def measured(site: str, address: str, session: str, characters: int, marks: int) -> Figures:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            page = browser.new_page(viewport=SCREEN)
            page.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
            start = time.perf_counter()
            answer: Any = page.goto(f"{site}{address}")
            page.wait_for_selector("#marks .card")
            opened = (time.perf_counter() - start) * 1000
            return Figures(characters, marks, round(opened), len(answer.body()), list(keystrokes(page)))
        finally:
            browser.close()


def keystrokes(page: Any, pressed: int = PRESSED) -> Iterator[Keys]:
    page.evaluate(CLOCK)
    page.focus("#text")
    for name, key in IN_TEXT:
        yield _timed(page, name, [key] * pressed)
    page.keyboard.press("Enter")
    page.wait_for_selector("#statement", state="visible")
    for field, words in (("speaker", "speaker 1"), ("proposition", "measure 12 is"), ("summary_en", "What was said")):
        page.focus(f"#{field}")
        yield _timed(page, f"letter in {field}", list(words * 2)[:pressed])


def _timed(page: Any, name: str, keys: Sequence[str]) -> Keys:
    page.evaluate("window.keys.length = 0")
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_timeout(100)
    taken = page.evaluate("window.keys")
    return Keys(name, round(median(taken), 1), round(max(taken), 1))


def _show(figures: Figures) -> None:
    print(f"{figures.characters:,} characters, {figures.marks} marks: open after {figures.open_ms:.0f} ms", end="")
    print(f", {figures.page_bytes / 1000:.0f} kB")
    for keys in figures.keys:
        print(f"{keys.name:28} {keys.key_ms:7.1f} ms   worst {keys.worst_ms:7.1f} ms")


if __name__ == "__main__":
    main()
