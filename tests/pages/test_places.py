from __future__ import annotations

from pages.places import AtPlace, Paragraph, Read, in_order_of_place, paragraphs, together


def test_places_are_in_the_order_of_their_numbers_and_what_has_none_is_last():
    read = [Read(number, place) for number, place in enumerate(["", "¶ 10", "p. 3", "¶ 2–3", "00:01:00", "¶ 2"])]

    assert [one.locator for one in in_order_of_place(read)] == ["¶ 2", "¶ 2–3", "¶ 10", "p. 3", "00:01:00", ""]


def test_what_was_read_at_one_place_is_together_however_it_is_written():
    read = [(Read(1, "¶ 2"), "a"), (Read(2, "¶2"), "b"), (Read(3, "¶ 4"), "c")]

    assert together(read, 25) == [AtPlace(25, "¶ 2", ("a", "b")), AtPlace(27, "¶ 4", ("c",))]


def test_paragraphs_say_how_many_positions_were_read_in_each_and_where_the_first_stands():
    ordered = in_order_of_place([Read(1, "¶ 2"), Read(2, "¶ 2"), Read(2, "¶ 2–4"), Read(3, "p. 1"), Read(4, "")])

    assert paragraphs(ordered, 5, 200) == [
        Paragraph(1),
        Paragraph(2, 2, 0),
        Paragraph(3, 1, 2),
        Paragraph(4, 1, 2),
        Paragraph(5),
    ]


def test_where_the_number_of_paragraphs_is_not_known_those_alone_are_there_in_which_something_was_read():
    ordered = [Read(1, "¶ 7"), Read(2, "¶ 70")]

    assert paragraphs(ordered, None, 200) == [Paragraph(7, 1, 0), Paragraph(70, 1, 1)]
    assert paragraphs(ordered, None, 1) == [Paragraph(7, 1, 0)]


def test_a_long_source_shows_its_first_paragraphs():
    assert [paragraph.number for paragraph in paragraphs([], 1_000, 3)] == [1, 2, 3]
    assert paragraphs([], None, 3) == []


def test_a_span_without_end_costs_no_more_than_others():
    assert len(paragraphs([Read(1, "¶ 1–999999999")], None, 10_000)) == 1_001
