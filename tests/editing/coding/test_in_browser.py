"""An editor at the coding screen, with the keyboard alone."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from benchmarks.coding import keystrokes, made_up
from positions.models import Evidence, Position
from review.changing import change
from review.roles import Author
from tests.editing.coding.scenes import hearing
from tests.factories import PropositionFactory
from tests.pages.test_in_browser import barriers, chromium
from tests.review.people import person_as

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TABLET = {"width": 768, "height": 1024}
FOCUS = "document.activeElement.id"
# How many paragraphs are drawn from now on; each is drawn by putting other children into it.
COUNT_DRAWN = """() => {
    window.drawn = new Set();
    new MutationObserver(changes => { for (const one of changes) window.drawn.add(one.target.id) })
        .observe(document.querySelector("#text"), {childList: true, subtree: true});
}"""


LETTER = """(paragraph, number) => {
    const range = document.createRange();
    range.setStart(paragraph.firstChild, number);
    range.setEnd(paragraph.firstChild, number + 1);
    const box = range.getBoundingClientRect();
    return {x: box.x + 0.5, y: box.y + box.height / 2};
}"""


@pytest.fixture
def address(django_db_setup, live_server):
    """The database has to be there before the server, to be shared with it."""
    connection.ensure_connection()
    return live_server.url


@pytest.fixture
def scene():
    return hearing()


class Screen:
    """The page of a source, opened by somebody who is logged in; what the browser complains of fails the test."""

    def __init__(self, page, address, source, session):
        self.page, self.keys, self.wrong = page, page.keyboard, []
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
        page.on("console", lambda message: self.wrong.append(message.text))
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.address = f"{address}/admin/coding/{source}/"
        page.goto(self.address)
        if page.query_selector("#text"):
            page.focus("#text")

    def press(self, *keys):
        for key in keys:
            self.keys.press(key)

    def text(self, selector):
        return self.page.inner_text(selector)

    @property
    def focus(self):
        return self.page.evaluate(FOCUS)

    def tab_to(self, name):
        """By the key alone, to the field of that id or name."""
        here = f"document.activeElement.id === '{name}' || document.activeElement.name === '{name}'"
        for _stop in range(40):
            if self.page.evaluate(here):
                return
            self.keys.press("Tab")
        raise AssertionError(f"{name} is not reached")

    def complete(self, field, words, offered=None):
        """Types into a field that is completed, and takes what is offered first or by the label."""
        self.tab_to(field)
        self.keys.type(words)
        if offered:
            self.page.wait_for_selector(f"#{field}-offered [aria-selected=true]:has-text('{offered}')")
        self.keys.press("Enter")

    def choose(self, name, steps):
        """Of the radio buttons, the one so many steps behind the first."""
        self.tab_to(name)
        self.press("Space", *["ArrowRight"] * steps)

    def save(self):
        self.press("Control+Enter")
        self.page.wait_for_selector("#statement", state="hidden")
        assert self.text("#told").startswith("Saved")


def session_of(user):
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


@pytest.fixture
def opened(address, scene):
    """A screen for an editor; the database is not to be used while a browser is open."""
    session, source = session_of(person_as("editor", is_staff=True)), scene.source.public_id
    return lambda page: Screen(page, address, source, session)


def coded(scene, words, stance, appearance=0, on="A ferry is needed"):
    """A position that is there already."""
    proposition = PropositionFactory(slug=f"p{abs(hash(words))}", wording=on)
    place = scene.span(words)
    where = {"start": place["start"], "end": place["end"], "quote": words, "state": "exact"}
    evidence = {"source": scene.source.pk, **where}
    values = {
        "appearance": scene.appearances[appearance].pk,
        "wording": proposition.current_wording_id,
        "stance": stance,
        "condition_en": "If paid" if stance == "conditional" else "",
        "kind": "concern",
        "summary_en": f"On {words[:20]}",
        "evidence": [evidence],
    }
    return change(Position(), values, Author(person_as("editor"))).record


def test_positions_are_coded_with_the_keyboard_alone_in_english_and_korean(scene, opened):
    with chromium(viewport=TABLET) as page:
        screen = opened(page)
        screen.press("Control+ArrowDown", "Control+ArrowDown", "s")
        assert screen.text("#heard") == "Chosen: Ms Yoon said that the town should buy a second ferry."
        screen.press("Enter")
        assert screen.focus == "speaker"
        screen.complete("speaker", "yoon", "Yoon Seo-ra")
        screen.complete("proposition", "The town should buy a second ferry", "New proposition")
        assert screen.focus == "wording_en"
        screen.choose("stance", 0)
        screen.choose("kind", 0)
        screen.tab_to("summary_en")
        screen.keys.type("Asks for a second boat.")
        screen.save()
        assert screen.focus == "text"

        # On from where it was: to the fourth paragraph, its second sentence and the third with it.
        screen.press("Control+ArrowDown", "ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown", "Enter")
        screen.complete("speaker", "배도", "Bae Do-hyun")
        screen.complete("proposition", "second", "The town should buy a second ferry")
        screen.choose("stance", 1)
        screen.tab_to("condition_en")
        screen.keys.type("The county pays half.")
        screen.choose("kind", 1)
        screen.tab_to("summary_en")
        screen.keys.type("Would pay for it with the county.")
        screen.save()

        # Behind letters that a browser counts twice; from the third word to the end of the Korean sentence.
        screen.press("Control+Home", *["Control+ArrowDown"] * 4, "Control+ArrowRight", "Control+ArrowRight")
        screen.press("Shift+ArrowDown", "Shift+ArrowLeft", "Enter")
        screen.press("ArrowDown", "ArrowDown", "Enter")  # who was chosen last is offered first
        screen.tab_to("proposition")
        screen.press("ArrowDown", "Enter")
        screen.choose("stance", 3)
        screen.choose("kind", 2)
        screen.tab_to("summary_en")
        screen.keys.type("Against it.")
        screen.save()
        assert page.locator("#marks .card").count() == 3
        assert screen.wrong == []

    text = scene.source.text
    found = Evidence.objects.select_related("position").order_by("start")
    assert [(one.quote, one.locator, one.position.stance, str(one.position.person)) for one in found] == [
        ("Ms Yoon said that the town should buy a second ferry.", "¶ 3", "supports", "Yoon Seo-ra"),
        (
            "He would only pay for it if the county bears half. Without the county, he said, the fares would have to"
            " double.",
            "¶ 4",
            "conditional",
            "Bae Do-hyun",
        ),
        ("두 번째 여객선을 도입해야 한다고 말했다", "¶ 5", "opposes", "Yoon Seo-ra"),
    ]
    assert all(text[one.start : one.end] == one.quote for one in found)
    assert {one.position.status for one in found} == {"draft"}
    assert found[1].position.condition_en == "The county pays half."


def test_marks_that_overlap_are_told_apart_and_only_what_changes_is_drawn(scene, opened):
    coded(scene, "He would only pay for it if the county bears half.", "conditional", 1)
    coded(scene, "the county bears half. Without the county", "opposes", 1)
    coded(scene, "배 한 척이 멈추면 섬도 멈춘다", "neutral", 2)
    with chromium(viewport=TABLET, color_scheme="dark") as page:
        screen = opened(page)
        pieces = page.eval_on_selector_all("#p4 mark", "all => all.map(one => [one.textContent, one.className])")
        assert pieces == [
            ["He would only pay for it if ", "marked lane-1-conditional"],
            ["the county bears half.", "marked lane-1-conditional lane-2-opposes"],
            [" Without the county", "marked lane-2-opposes"],
        ]
        assert page.eval_on_selector_all("#p4 mark", "all => all.map(one => one.dataset.signs ?? '')") == ["±", "−", ""]
        assert barriers(page) == ""

        screen.press("n", "n")
        assert screen.text("#heard").startswith("Mark 2 of 3: opposes, Bae Do-hyun: A ferry is needed. the county")
        assert screen.text("#where") == "2 / 3"
        screen.press("Enter")
        assert page.locator("#chooser li").count() == 2
        assert barriers(page) == ""
        screen.press("Tab", "Enter")
        page.wait_for_selector("#statement", state="visible")
        assert screen.text("#statement-title") == "Position of Bae Do-hyun"
        assert page.locator("#p4 mark.in-hand").all_inner_texts() == ["the county bears half.", " Without the county"]
        assert barriers(page) == ""
        page.evaluate(COUNT_DRAWN)
        screen.choose("stance", 0)
        screen.press("ArrowLeft", "ArrowLeft", "ArrowLeft")
        screen.save()
        assert page.evaluate("[...window.drawn].filter(Boolean)") == ["p4"]
        assert "lane-2-supports" in page.get_attribute("#p4 mark:nth-of-type(2)", "class")
        page.select_option("[name=speaker]", "=Han Chair")
        assert page.locator("#text mark").count() == 1
        assert screen.text("#shown") == "1 of 3"
        assert page.locator(".card:visible").count() == 1
        assert screen.wrong == []


def test_the_mouse_chooses_words_also_while_a_form_is_open_and_what_was_begun_is_kept(scene, opened):
    with chromium(viewport=TABLET) as page:
        screen = opened(page)
        drag(page, ("#p2", 4), ("#p2", 9))
        page.click("[data-act=code]")
        assert screen.text("#passage") == "chair"
        page.fill("#summary_en", "Begun")
        drag(page, ("#p1", 3), ("#p2", 3))
        screen.press("Enter")
        assert screen.text("#passage").startswith("utes of the hearing") and screen.text("#passage").endswith("\n\nThe")
        assert screen.text("#passage-place") == "¶ 1–2"
        assert "chair" in screen.text("#kept")
        screen.press("Escape", "Escape")
        drag(page, ("#p2", 4), ("#p2", 9))
        screen.press("Enter")
        assert page.input_value("#summary_en") == "Begun"
        assert screen.wrong == []


def drag(page, begin, end):
    """From before one letter to before another, as (paragraph, number)."""
    page.evaluate("window.scrollTo(0, 0)")  # from under the bar
    for (paragraph, letter), button in ((begin, page.mouse.down), (end, page.mouse.up)):
        box = page.eval_on_selector(paragraph, LETTER, letter)
        page.mouse.move(box["x"], box["y"])
        button()


def test_an_input_method_is_left_alone(scene, opened):
    with chromium(viewport=TABLET) as page:
        screen = opened(page)
        method = page.context.new_cdp_session(page)
        screen.press("Control+ArrowDown", "Enter")
        for syllable in ("ㅇ", "유", "윤"):
            method.send("Input.imeSetComposition", {"text": syllable, "selectionStart": 1, "selectionEnd": 1})
        page.wait_for_selector("#speaker-offered [aria-selected=true]:has-text('Yoon Seo-ra')")
        composing = "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true})"
        assert page.evaluate(f"document.activeElement.dispatchEvent({composing})")  # nobody took it
        assert page.input_value("#speaker") == "윤"
        method.send("Input.insertText", {"text": "윤"})
        screen.press("Enter")
        assert page.input_value("#speaker") == "Yoon Seo-ra"
        screen.tab_to("summary_en")
        method.send("Input.imeSetComposition", {"text": "그", "selectionStart": 1, "selectionEnd": 1})
        saving = composing.replace("isComposing", "ctrlKey: true, isComposing")
        assert page.evaluate(f"document.activeElement.dispatchEvent({saving})")
        method.send("Input.insertText", {"text": "그렇다 ?"})
        assert page.input_value("#summary_en") == "그렇다 ?"
        assert not page.locator("#help").is_visible() and page.locator("#statement").is_visible()
        # A Korean layout writes another letter with the key; the shortcut is on the key.
        screen.press("Escape")
        page.evaluate(
            "document.querySelector('#text').dispatchEvent(new KeyboardEvent('keydown',"
            " {key: 'ㄴ', code: 'KeyS', bubbles: true, cancelable: true}))"
        )
        assert screen.text("#heard").startswith("Chosen: The chair opened the hearing at ten. She thanked")
    assert not Position.objects.exists()


def test_nothing_typed_is_lost_when_saving_fails_or_another_was_faster(scene, opened):
    position = coded(scene, "the county bears half", "opposes", 1)
    session = session_of(person_as("editor", is_staff=True))
    theirs = {
        "appearance": position.appearance.public_id,
        "proposition": position.proposition.slug,
        "stance": "supports",
        "kind": "concern",
        "summary_en": "Theirs",
        "revision": 1,
    }
    with chromium(viewport=TABLET) as page:
        screen = opened(page)
        screen.press("Control+ArrowDown", "Enter")
        screen.complete("speaker", "yoon", "Yoon Seo-ra")
        screen.press("Control+Enter")
        page.wait_for_selector(".mistake")
        assert page.locator("[aria-invalid=true]").count() == 4  # proposition, stance, kind, summary
        assert screen.focus == "proposition"
        assert barriers(page) == ""
        screen.tab_to("summary_en")
        screen.keys.type("Half a sentence")
        page.route("**/positions/", lambda route: route.abort())
        screen.press("Control+Enter")
        page.wait_for_selector("#problem:visible")
        assert "can't be reached" in screen.text("#problem")
        page.unroute("**/positions/")
        page.reload()
        page.click("#kept button:has-text('Go on')")
        assert (page.input_value("#speaker"), page.input_value("#summary_en")) == ("Yoon Seo-ra", "Half a sentence")
        assert screen.text("#passage") == "The chair opened the hearing at ten."
        cookies = page.context.cookies()
        page.context.clear_cookies(name="sessionid")
        screen.press("Control+Enter")
        page.wait_for_selector("#problem:has-text('session has ended')")
        page.context.add_cookies([one for one in cookies if one["name"] == "sessionid"])
        page.click("#problem button")
        page.wait_for_selector(".mistake")
        screen.press("Escape", "Escape")  # what is offered, then the form
        page.click("#kept button:has-text('Throw away')")
        assert not page.locator("#kept").is_visible()

        page.focus("#text")
        screen.press("n", "Enter")
        screen.tab_to("summary_en")
        screen.press("Control+a")
        screen.keys.type("Mine")
        somebody_saves(page, f"{screen.address}positions/{position.public_id}/", session, theirs)
        screen.press("Control+Enter")
        page.wait_for_selector("#conflict:visible")
        shown = page.locator("#conflict tr").all_inner_texts()
        assert [line.split("\t")[:3] for line in shown[1:]] == [
            ["Stance", "opposes", "supports"],
            ["Summary in English, in your own words", "Mine", "Theirs"],
        ]
        assert barriers(page) == ""
        assert page.is_checked("[name=stance][value=supports]")  # not touched here, so theirs
        assert page.input_value("#summary_en") == "Mine"
        screen.save()
    position.refresh_from_db()
    assert (position.stance, position.summary_en, position.revision) == ("supports", "Mine", 3)


def somebody_saves(page, address, session, values):
    """From another browser."""
    site = address.partition("/admin/")[0]
    context = page.context.browser.new_context()
    context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    context.request.get(address.partition("positions/")[0])
    token = next(one["value"] for one in context.cookies() if one["name"] == "csrftoken")
    assert context.request.post(address, data=values, headers={"X-CSRFToken": token}).status == 200
    context.close()


def test_a_long_text_with_many_marks_answers_every_key_at_once(address):
    session = session_of(person_as("editor", is_staff=True))
    source = made_up(200_000, 500).public_id
    with chromium(viewport=TABLET) as page:
        screen = Screen(page, address, source, session)
        assert page.locator("#text mark.marked").count() > 500
        page.evaluate(COUNT_DRAWN)
        for keys in keystrokes(page, pressed=4):
            assert keys.key_ms < 500, keys  # a tenth of it where nothing else runs: see benchmarks/coding.py
        drawn = page.evaluate("[...window.drawn].filter(Boolean)")
        assert len(drawn) <= 2  # the sentence that the form was opened with
        assert screen.wrong == []


def test_a_place_is_coded_where_there_is_no_text_and_all_is_sent_to_review(scene, opened):
    PropositionFactory(wording="The town should buy a second ferry")
    scene.source.text = ""
    scene.source.save()
    with chromium(viewport={"width": 390, "height": 800}) as page:
        screen = opened(page)
        screen.tab_to("place")
        screen.keys.type("00:12:30")
        screen.press("Enter")
        screen.complete("speaker", "bae", "Bae Do-hyun")
        screen.complete("proposition", "buy ferry", "The town should buy")
        screen.choose("stance", 0)
        screen.choose("kind", 0)
        screen.tab_to("summary_en")
        screen.keys.type("Wants a boat.")
        page.route("**/positions/", lambda route: (route.fetch(), route.abort()))  # saved, but the answer is lost
        screen.press("Control+Enter")
        page.wait_for_selector("#problem:visible")
        page.unroute("**/positions/")
        screen.save()
        assert screen.focus == "place"
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert barriers(page) == ""
        page.click("[data-act=send]")
        page.wait_for_selector("#told:has-text('1 position was sent to review.')")
        assert len(screen.wrong) == 1  # the browser tells of the answer that was lost
    evidence = Evidence.objects.get()
    assert (evidence.locator, evidence.quote, evidence.position.status) == ("00:12:30", "", "in_review")
