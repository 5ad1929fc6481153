"""Citations as files are what other programs read them as."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import bibtexparser
import pytest
import rispy
from jsonschema import Draft202012Validator

from pages.citing.citation import Citation, Occasion
from pages.citing.formats import FORMATS, bibtex, csl_json, ris

pytestmark = pytest.mark.once

OCCASION = Occasion("The hearing", "2025-02-12", "Main hall, Seoul")
CITATION = Citation(
    key="position-abcd2345-v12",
    title="Han Jiwon opposes: Robots should go untaxed",
    medium="Position as read by the editors",
    circumstances="stated at “The hearing”, Feb. 12, 2025",
    author="Editors of Debates and Records",
    container="Debates and Records",
    year=2025,
    address="https://example.org/positions/abcd2345/",
    version=12,
    accessed=date(2026, 3, 9),
    language="en",
    title_language="en",
    occasion=OCCASION,
)
BARE = replace(CITATION, year=None, occasion=None, circumstances="")
NASTY = 'He\\she said {"100% of {$5 & #1_a~b^c} 한글'
# The part of the rules of CSL-JSON that an entry here can break.
_DATE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["date-parts"],
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
        }
    },
}
_NAMES = {
    "type": "array",
    "items": {"type": "object", "additionalProperties": False, "properties": {"literal": {"type": "string"}}},
}
_TEXTS = (
    "id", "title", "container-title", "genre", "version", "note", "URL", "language", "event-title", "event-place",
)  # fmt: skip
CSL_JSON = Draft202012Validator(
    {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["type", "id"],
            "additionalProperties": False,
            "properties": {
                "type": {"enum": ["webpage", "dataset", "event", "post-weblog", "entry"]},
                "author": _NAMES,
                **dict.fromkeys(("issued", "accessed", "event-date"), _DATE),
                **{name: {"type": "string", "minLength": 1} for name in _TEXTS},
            },
        },
    }
)


def fields(text):
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    (entry,) = library.entries
    return entry, {field.key: field.value for field in entry.fields}


def test_bibtex_is_read_back_as_it_was():
    entry, read = fields(bibtex(CITATION))

    assert (entry.entry_type, entry.key) == ("misc", "position-abcd2345-v12")
    assert read == {
        "author": "{Editors of Debates and Records}",
        "title": "{Han Jiwon opposes: Robots should go untaxed}",
        "howpublished": "Debates and Records",
        "year": "2025",
        "note": "Position as read by the editors, stated at “The hearing”, Feb. 12, 2025. Version 12 of the record",
        "url": "https://example.org/positions/abcd2345/",
        "urldate": "2026-03-09",
        "langid": "english",
        "eventtitle": "The hearing",
        "eventdate": "2025-02-12",
        "venue": "Main hall, Seoul",
    }


def test_bibtex_leaves_out_what_is_not_known():
    assert not {"year", "eventtitle", "eventdate", "venue"} & fields(bibtex(BARE))[1].keys()


def test_bibtex_spells_what_has_a_meaning_in_tex():
    title = fields(bibtex(replace(CITATION, title=NASTY)))[1]["title"]

    assert title == (
        r'{He\textbackslash{}she said \textbraceleft{}"100\% of \textbraceleft{}\$5 \& \#1\_a\textasciitilde{}b'
        r"\textasciicircum{}c\textbraceright{} 한글}"
    )
    assert title.count("{") == title.count("}")


@pytest.mark.parametrize(
    ("written", "said"),
    [("2025-02/2025-03", "2025-02/2025-03"), ("2025/..", "2025"), ("XXXX-XX-12", None), ("", None)],
)
def test_bibtex_has_as_much_of_the_day_as_is_known(written, said):
    citation = replace(CITATION, occasion=replace(OCCASION, date=written))

    assert fields(bibtex(citation))[1].get("eventdate") == said


def test_ris_is_read_back_as_it_was():
    (entry,) = rispy.loads(ris(CITATION))

    assert entry == {
        "type_of_reference": "ELEC",
        "id": "position-abcd2345-v12",
        "authors": ["Editors of Debates and Records"],
        "title": "Han Jiwon opposes: Robots should go untaxed",
        "secondary_title": "Debates and Records",
        "year": "2025",
        "edition": "12",
        "type_of_work": "Position as read by the editors",
        "notes": ["stated at “The hearing”, Feb. 12, 2025", "Version 12 of the record"],
        "urls": ["https://example.org/positions/abcd2345/"],
        "access_date": "2026/03/09",
        "language": "en",
    }


def test_ris_begins_with_its_type_and_has_nothing_but_tagged_lines():
    lines = ris(replace(BARE, title=NASTY)).rstrip().split("\r\n")

    assert lines[0] == "TY  - ELEC" and lines[-1].strip() == "ER  -"
    assert all(line[2:6] == "  - " for line in lines[:-1])
    assert f"TI  - {NASTY}" in lines
    assert not any(line.startswith("PY") for line in lines)


@pytest.mark.parametrize("citation", [CITATION, BARE, replace(CITATION, title=NASTY, language="ko")])
def test_csl_json_keeps_to_its_rules(citation):
    assert list(map(str, CSL_JSON.iter_errors(json.loads(csl_json(citation))))) == []


def test_csl_json_has_the_debate_as_its_event():
    (item,) = json.loads(csl_json(CITATION))

    assert item["issued"] == {"date-parts": [[2025]]}
    assert item["accessed"] == {"date-parts": [[2026, 3, 9]]}
    assert item["event-date"] == {"date-parts": [[2025, 2, 12]]}
    assert (item["event-title"], item["event-place"]) == ("The hearing", "Main hall, Seoul")
    assert (item["version"], item["author"]) == ("12", [{"literal": "Editors of Debates and Records"}])


def test_csl_json_says_nothing_of_what_is_not_known():
    (item,) = json.loads(csl_json(replace(CITATION, year=None, occasion=Occasion("The hearing", "XXXX-XX-12", ""))))

    assert not {"issued", "event-date", "event-place"} & item.keys()
    assert item["event-title"] == "The hearing"


def test_an_interval_has_both_its_ends():
    (item,) = json.loads(csl_json(replace(CITATION, occasion=replace(OCCASION, date="2024-12-31/2025-01"))))

    assert item["event-date"] == {"date-parts": [[2024, 12, 31], [2025, 1]]}


def test_every_format_has_a_file_of_its_own():
    assert [form.file for form in FORMATS] == ["cite.bib", "cite.ris", "cite.json"]
