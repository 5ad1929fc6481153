"""A dossier from its file into the database: all of it or, where anything is wrong, nothing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.db.models import Model, ProtectedError, RestrictedError

from exchange.dossier import check, shape, source
from exchange.dossier.entries import entries
from exchange.dossier.problems import unreadable
from exchange.dossier.recorded import ask
from exchange.dossier.report import Report
from exchange.dossier.source import Document
from exchange.dossier.writing import Writing


def load(path: Path, *, prune: bool = False) -> Report:
    """In one transaction; raises DossierError, with all that is wrong, before anything is written."""
    return load_document(source.read(path), prune=prune)


def load_document(document: Document, *, prune: bool = False) -> Report:
    with transaction.atomic():
        found = entries(document.tree)
        recorded = ask(found)
        problems = [*shape.problems(document), *check.problems(found, recorded)]
        if problems or document.problems:
            raise document.error(problems)
        try:
            return Writing(document, found, recorded).run(prune=prune)
        except (ProtectedError, RestrictedError) as error:
            kept = ", ".join(sorted({str(row) for row in _protected(error)})[:5])
            message = f"Something that is no longer in the file is still used by: {kept}."
            raise unreadable(document.file, message) from error
        except (DataError, IntegrityError) as error:
            raise unreadable(document.file, f"The database refuses what the file says: {error}") from error


def _protected(error: Any) -> Iterable[Model]:
    return getattr(error, "protected_objects", None) or getattr(error, "restricted_objects", None) or ()
