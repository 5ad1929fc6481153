"""Citations as files for programs that keep references."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson
import rispy  # type: ignore[import-untyped]
from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field

from pages import known_dates
from pages.citing.citation import Citation

# A brace counts in BibTeX even where a backslash stands before it, so braces are spelled out.
_IN_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)
_TEX_LANGUAGES = {"en": "english", "ko": "korean"}


@dataclass(frozen=True, slots=True)
class Format:
    file: str
    label: str
    content_type: str
    write: Callable[[Citation], str]


def bibtex(citation: Citation) -> str:
    """An entry for BibTeX and BibLaTeX in UTF-8. What both print stands in `note`; no year is no field."""
    fields = {
        "author": f"{{{_tex(citation.author)}}}",  # in braces of its own it is no personal name
        "title": f"{{{_tex(citation.title)}}}",
        "howpublished": _tex(citation.container),
        "year": str(citation.year or ""),
        "note": _tex(f"{citation.description}. {citation.version_in_words}"),
        "url": citation.address,
        "urldate": citation.accessed.isoformat(),
        "langid": _TEX_LANGUAGES[citation.language],
    }
    if occasion := citation.occasion:
        fields |= {
            "eventtitle": _tex(occasion.title),
            "eventdate": _in_biblatex(occasion.date),
            "venue": _tex(occasion.place),
        }
    entry = Entry("misc", citation.key, [Field(name, value) for name, value in fields.items() if value])
    return write_string(Library([entry]))


def ris(citation: Citation) -> str:
    """A web page; RIS has no tags for a debate, which stands in the notes."""
    entry: dict[str, Any] = {
        "type_of_reference": "ELEC",
        "id": citation.key,
        "authors": [citation.author],
        "title": citation.title,
        "secondary_title": citation.container,
        "year": str(citation.year or ""),
        "edition": str(citation.version),
        "type_of_work": citation.medium,
        "notes": [*filter(None, [citation.circumstances]), citation.version_in_words],
        "urls": [citation.address],
        "access_date": citation.accessed.strftime("%Y/%m/%d"),
        "language": citation.language,
    }
    filled = {name: value for name, value in entry.items() if value}
    return str(rispy.dumps([filled], implementation=_WithoutNumbers))


def csl_json(citation: Citation) -> str:
    """A list of one web page, with the debate as the event."""
    item: dict[str, Any] = {
        "id": citation.key,
        "type": "webpage",
        "title": citation.title,
        "author": [{"literal": citation.author}],
        "container-title": citation.container,
        "genre": citation.medium,
        "version": str(citation.version),
        "note": citation.circumstances,
        "URL": citation.address,
        "accessed": _csl_date(citation.accessed.isoformat()),
        "language": citation.language,
    }
    if citation.year:
        item["issued"] = _csl_date(str(citation.year))
    if occasion := citation.occasion:
        item |= {"event-title": occasion.title, "event-place": occasion.place} | _csl_event_date(occasion.date)
    return orjson.dumps([{name: value for name, value in item.items() if value}], option=orjson.OPT_INDENT_2).decode()


FORMATS = (
    Format("cite.bib", "BibTeX", "application/x-bibtex; charset=utf-8", bibtex),
    Format("cite.ris", "RIS", "application/x-research-info-systems; charset=utf-8", ris),
    Format("cite.json", "CSL-JSON", "application/vnd.citationstyles.csl+json", csl_json),
)


class _WithoutNumbers(rispy.RisWriter):
    """References are not counted: a line with a number is no part of the format."""

    NEWLINE = "\r\n"

    def set_header(self, count: int) -> str:
        return ""


def _tex(text: str) -> str:
    return text.translate(_IN_TEX)


def _in_biblatex(edtf: str) -> str:
    return "/".join(filter(None, (known_dates.start(edtf), known_dates.end(edtf))))


def _csl_event_date(edtf: str) -> dict[str, Any]:
    start, end = known_dates.start(edtf), known_dates.end(edtf)
    return {"event-date": _csl_date(start, end)} if start else {}


def _csl_date(*dates: str) -> dict[str, Any]:
    return {"date-parts": [[int(part) for part in date.split("-")] for date in dates if date]}
