from __future__ import annotations

import pytest

from exchange.dossier import source
from exchange.dossier.problems import DossierError

pytestmark = pytest.mark.once


def said(text: str) -> list[str]:
    """The problems of a text that can't be read, or those noted while it was."""
    try:
        document = source.parse(text)
    except DossierError as error:
        return [str(problem) for problem in error.problems]
    return [str(problem) for problem in document.error([]).problems]


def test_values_are_read_as_yaml_1_2_has_them():
    text = "country: NO\nday: 2025-02-12\ntime: 14:00\nyes: yes\nnumber: 7\nnothing:\ntruth: true\nid: '7'\npart: 1.5\n"
    assert source.parse(text).tree == {
        "country": "NO",
        "day": "2025-02-12",
        "time": "14:00",
        "yes": "yes",
        "number": 7,
        "nothing": None,
        "truth": True,
        "id": "7",
        "part": 1.5,
    }


def test_everything_has_its_line_and_column():
    document = source.parse("people:\n  - slug: kim\n    names:\n      - {text: Kim, kind: former}\n")
    place = document.place(("people", 0, "names", 0, "kind"))
    assert (place.line, place.column) == (4, 21)
    assert document.place(("people", 0, "nowhere", "at all")).line == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "title: a: b\n",
            "line 1, column 9: This is no YAML: mapping values are not allowed in this context. A text with a colon",
        ),
        (
            "a: 1\n\tb: 2\n",
            "line 2, column 1: This is no YAML: found a tab character that violates indentation. Indent with spaces",
        ),
        ("a: @b\n", "line 1, column 4: This is no YAML: found character that cannot start any token. Put a text that"),
        (
            "a: {b: 1\n",
            "line 2, column 1: This is no YAML: did not find expected ',' or '}'. Within { } and [ ], a text with",
        ),
        (
            "a: [b\n",
            "line 2, column 1: This is no YAML: did not find expected ',' or ']'. Within { } and [ ], a text with",
        ),
        ("a: 'b\n", "line 2, column 1: This is no YAML: found unexpected end of stream."),
        ("a: 1\n  b: 2\n", "line 2, column 4: This is no YAML: mapping values are not allowed in this context."),
        ("- a\nb: 1\n", "line 2, column 1: This is no YAML: did not find expected '-' indicator. Is the line indented"),
        ("a: b\x07\n", "line 1, column 5: The character '\\x07' may not be in a YAML file. Delete it."),
        ('a: "\\0"\n', "line 1, column 1: a: There is a character in this text that can't be stored. Delete it."),
        ("a: 1\na: 2\n", "line 2, column 1: a (again): 'a' is here already, in line 1. Keep one of them."),
        ("a: &x [1]\nb: *x\n", "line 1, column 1: a: Anchors (&) and aliases (*) are not read."),
        ("a: !!python/object:os.system x\n", "line 1, column 1: a: Tags (!) are not read."),
        ("? [a, b]\n: c\n", "line 1, column 3: ?: A key has to be a text."),
        ("a: 1\n---\nb: 2\n", "line 2, column 1: A second document begins here. Write one dossier a file."),
        ("# only\n", "There is nothing but comments in the file."),
    ],
)
def test_what_is_no_dossier_yaml_is_said_with_its_place(text, expected):
    problems = said(text)
    assert problems and problems[0].startswith(expected), problems


def test_a_file_with_many_aliases_does_not_grow():
    bomb = "a: &a [x, x]\n" + "".join(
        f"{name}: &{name} [*{last}, *{last}]\n" for last, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    document = source.parse(bomb)
    assert document.tree["i"] == [None, None]
    assert len(document.problems) > 8


def test_deep_nesting_is_refused_and_not_followed():
    assert said("[" * 5000)[0].startswith("line 1, column 22: [0][0][0][0][0][0]...: nested more than 20 deep.")


def test_a_syntax_error_does_not_hide_what_was_found_before_it():
    problems = said("a: 1\na: 2\nb: [\n")
    assert [problem.split(":")[0] for problem in problems] == ["line 2, column 1", "line 4, column 1"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf  \n", "The file is empty."),
        ("제목: 토론".encode("euc-kr"), "line 1, column 1: The file is not in UTF-8. Save it in that encoding."),
        ("a: b\n".encode("utf-16"), "line 1, column 1: The file is not in UTF-8."),
        (b"a: b\nc: \xff\n", "line 2, column 4: The file is not in UTF-8."),
        (b"a: " + b"x" * source.MAX_BYTES, "The file is larger than 16 MB. Is it a dossier?"),
    ],
)
def test_a_file_that_is_no_text_is_said_to_be_none(tmp_path, content, expected):
    file = tmp_path / "dossier.yaml"
    file.write_bytes(content)
    with pytest.raises(DossierError) as caught:
        source.read(file)
    assert str(caught.value.problems[0]).startswith(expected)
    assert str(caught.value).startswith(f"{file}: 1 problem, nothing was loaded.\n")


def test_a_byte_order_mark_in_front_is_no_mistake(tmp_path):
    file = tmp_path / "dossier.yaml"
    file.write_bytes(b"\xef\xbb\xbfdossier: 1\n")
    assert source.read(file).tree == {"dossier": 1}


def test_a_folder_and_a_missing_file_are_told_apart(tmp_path):
    for path, expected in (
        (tmp_path, "This is a folder. Name the dossier file in it."),
        (tmp_path / "none.yaml", "There is no such file."),
    ):
        with pytest.raises(DossierError, match=expected):
            source.read(path)
