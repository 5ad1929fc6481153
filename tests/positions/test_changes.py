from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from positions.changes import About, Change, Entry, Moment, What, public_changes

START = datetime(2026, 1, 1, tzinfo=UTC)
LANGUAGES = ("en", "ko")


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def position(hours, status="published", **changed):
    held = {
        "status": status,
        "stance": "supports",
        "kind": "concern",
        "summary_en": "Tax robots",
        "summary_ko": "",
        "condition_en": "",
        "condition_ko": "",
        "wording_id": 1,
        "appearance_id": 1,
    }
    return Entry(at(hours), About.POSITION, held | changed)


def evidence(hours, key, locator="¶ 1", **changed):
    return Entry(at(hours), About.EVIDENCE, {"locator": locator, "quote": ""} | changed, key)


def told(*entries):
    return [(moment.when, moment.changes) for moment in public_changes(entries, LANGUAGES)]


PUBLISHED = (Change(What.PUBLISHED),)


def test_the_first_publication_is_all_there_is_at_first():
    assert told(position(0)) == [(at(0), PUBLISHED)]


def test_what_was_never_published_has_no_history():
    assert told(position(0, "draft"), position(1, "in_review", summary_en="Secret")) == []


def test_what_was_written_before_publication_is_not_told():
    assert told(position(0, "draft", summary_en="Secret"), position(1, "draft"), position(2)) == [(at(2), PUBLISHED)]


def test_a_change_says_what_was_there_and_what_is():
    stance = Change(What.STANCE, "supports", "opposes")
    summary = Change(What.SUMMARY, "Tax robots", "Tax no robots", "en")

    assert told(position(0), position(5, stance="opposes", summary_en="Tax no robots")) == [
        (at(5), (stance, summary)),
        (at(0), PUBLISHED),
    ]


def test_saving_without_a_change_is_none():
    assert told(position(0), position(5)) == [(at(0), PUBLISHED)]


def test_what_is_written_while_withdrawn_is_told_only_as_it_was_shown_again():
    moments = told(
        position(0),
        position(2, "withdrawn"),
        position(4, "draft", summary_en="Secret"),
        position(6, summary_en="Tax some robots"),
    )

    again = (Change(What.AGAIN), Change(What.SUMMARY, "Tax robots", "Tax some robots", "en"))
    assert moments == [(at(6), again), (at(2), (Change(What.WITHDRAWN),)), (at(0), PUBLISHED)]
    assert "Secret" not in str(moments)


def test_a_published_position_is_not_public_before_its_debate_and_proposition_are():
    moments = told(
        position(0, summary_en="Secret"),
        Entry(at(0), About.EVENT, {"status": "draft"}),
        Entry(at(0), About.PROPOSITION, {"status": "published"}),
        position(1),
        Entry(at(2), About.EVENT, {"status": "published"}),
    )

    assert moments == [(at(2), PUBLISHED)]


def test_withdrawing_the_debate_takes_its_positions_out():
    moments = told(
        position(0),
        Entry(at(0), About.EVENT, {"status": "published"}),
        Entry(at(3), About.EVENT, {"status": "withdrawn"}),
        position(4, stance="opposes"),
        Entry(at(5), About.EVENT, {"status": "published"}),
    )

    again = (Change(What.AGAIN), Change(What.STANCE, "supports", "opposes"))
    assert moments == [(at(5), again), (at(3), (Change(What.WITHDRAWN),)), (at(0), PUBLISHED)]


def test_evidence_is_told_as_added_changed_and_removed():
    moments = told(
        position(0),
        evidence(1, 7),
        evidence(2, 7, "¶ 2"),
        Entry(at(3), About.EVIDENCE, None, 7),
    )

    first, second = {"locator": "¶ 1", "quote": ""}, {"locator": "¶ 2", "quote": ""}
    assert moments == [
        (at(3), (Change(What.EVIDENCE_REMOVED, before=second),)),
        (at(2), (Change(What.EVIDENCE_CHANGED, first, second),)),
        (at(1), (Change(What.EVIDENCE_ADDED, after=first),)),
        (at(0), PUBLISHED),
    ]


def test_another_choice_of_capacities_is_told_and_the_same_one_made_anew_is_not():
    def chosen(hours, key, capacity):
        return Entry(at(hours), About.CAPACITY, {"capacity_id": capacity}, key)

    moments = told(
        position(0),
        chosen(1, 1, 70),
        Entry(at(2), About.CAPACITY, None, 1),
        chosen(2, 2, 70),
        chosen(3, 3, 71),
    )

    told_of = (Change(What.CAPACITIES),)
    assert moments == [(at(3), told_of), (at(1), told_of), (at(0), PUBLISHED)]


def test_what_is_saved_within_a_minute_is_one_change():
    """A form saves the position and then its evidence; neither state between is worth telling."""
    second = 1 / 3600

    assert told(position(0), evidence(second, 7)) == [(at(second), PUBLISHED)]
    assert told(position(0), position(5, stance="opposes"), position(5 + second)) == [(at(0), PUBLISHED)]


def gap(hours):
    return Entry(at(hours), About.GAP, None)


def test_before_a_gap_nothing_is_told_and_after_it_what_was_public_then_is_compared():
    moments = told(position(0), position(1, summary_en="Secret"), position(2), gap(3), position(4, stance="opposes"))

    assert moments == [(at(4), (Change(What.STANCE, "supports", "opposes"),))]


def test_a_gap_within_a_minute_of_a_change_takes_it_in():
    second = 1 / 3600

    assert told(position(0, summary_en="Secret"), gap(3), position(3 + second)) == []
    assert told(position(0, summary_en="Secret"), position(3 - second), gap(3)) == []


def test_what_is_published_after_a_gap_is_not_compared_with_what_was_before():
    moments = told(position(0, summary_en="Secret"), position(1, "withdrawn", summary_en="Secret"), gap(2), position(3))

    assert moments == [(at(3), PUBLISHED)]


def test_evidence_first_met_as_an_edit_is_not_told_as_added_but_is_compared_from_then_on():
    held = {"locator": "¶ 1", "quote": ""}
    edit = Entry(at(1), About.EVIDENCE, held, 7, is_edit=True)

    assert told(position(0), edit) == [(at(0), PUBLISHED)]
    assert told(position(0), edit, evidence(2, 7, "¶ 2"))[0] == (
        at(2),
        (Change(What.EVIDENCE_CHANGED, held, held | {"locator": "¶ 2"}),),
    )


def test_the_order_in_which_histories_are_read_does_not_matter():
    entries = [position(0), evidence(1, 7), position(2, stance="opposes")]

    assert told(*entries) == told(*reversed(entries))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["draft", "in_review", "published", "withdrawn"]),
            st.integers(0, 5),
            st.sampled_from([About.POSITION, About.EVENT, About.GAP]),
        ),
        max_size=12,
    )
)
def test_no_text_is_told_but_what_was_public_at_some_time_since_the_last_gap(rows):
    entries = []
    for hour, (status, text, about) in enumerate(rows):
        if about is About.POSITION:
            entries.append(position(hour, status, summary_en=f"text {text}"))
        else:
            entries.append(Entry(at(hour), about, {"status": status} if about is About.EVENT else None))

    seen, held = set(), None
    event = "draft" if any(about is About.EVENT for _status, _text, about in rows) else "published"
    for entry in entries:
        match entry.about:
            case About.EVENT:
                event = entry.held["status"]
            case About.GAP:
                seen.clear()
            case _:
                held = entry.held
        if held and held["status"] == "published" and event == "published":
            seen.add(held["summary_en"])
    moments: list[Moment] = public_changes(entries, LANGUAGES)
    texts = {text for moment in moments for change in moment.changes for text in (change.before, change.after) if text}

    assert {text for text in texts if str(text).startswith("text")} <= seen
    assert bool(seen) or not moments
    if not any(about is About.GAP for _status, _text, about in rows):
        assert bool(moments) is bool(seen)
