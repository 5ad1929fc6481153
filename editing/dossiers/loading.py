"""A dossier from the browser: tried first, and loaded only if it does what was seen."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.db import transaction

from exchange.dossier import source
from exchange.dossier.kinds import KINDS
from exchange.dossier.load import load_document
from exchange.dossier.report import Report
from review.changing import written_whole
from review.roles import Author


class Moved(Exception):
    """It would do something else by now: `report`."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report


def may_load(by: Author) -> bool:
    """A dossier writes everything that it can hold, and how far each is public."""
    return by.may_publish and all(by.may(act, kind.model) for kind in KINDS for act in ("add", "change", "delete"))


def tried(path: Path, *, prune: bool) -> Report:
    """What it would do; nothing is written. Raises DossierError."""
    document = source.decode(path.read_bytes())
    with transaction.atomic():
        report = load_document(document, prune=prune)
        transaction.set_rollback(True)
    return report


def loaded(path: Path, *, prune: bool, fingerprint: str) -> Report:
    """Raises DossierError, Moved or Clash, and nothing is written then."""
    document = source.decode(path.read_bytes())
    with written_whole():
        report = load_document(document, prune=prune)
        if fingerprint_of(report) != fingerprint:
            raise Moved(report)
    return report


def fingerprint_of(report: Report) -> str:
    """Of records that are new the ids may be others each time: they are known by what they are."""
    parts = [report.event, str(report.unchanged)]
    for changes in (report.added, report.changed, report.missing, report.removed):
        parts += ["", *(f"{one.noun} {one.name} {one.columns}" for one in changes)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
