"""Where else there is something on a record."""

from __future__ import annotations

from typing import Annotated, TypedDict

from api.addresses import page_url
from api.shapes.texts import URI


class Citations(TypedDict):
    """The record as it is cited, for programs that keep references."""

    bibtex: Annotated[str, "For BibTeX and BibLaTeX.", URI]
    ris: Annotated[str, "RIS.", URI]
    csl_json: Annotated[str, "CSL-JSON.", URI]


def citations(kind: str, identifier: str) -> Citations:
    """`kind` is the route of the record's page."""
    page = page_url(kind, identifier)
    return {"bibtex": f"{page}cite.bib", "ris": f"{page}cite.ris", "csl_json": f"{page}cite.json"}
