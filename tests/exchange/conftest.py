from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from debate.models import Event
from exchange.dossier import source
from exchange.dossier.load import load_document
from exchange.dossier.report import Report

HERE = Path(__file__).parent
BUNDLED = HERE.parents[1] / "exchange" / "dossiers" / "ai-hegemony-debate.yaml"


def load_text(text: str, *, prune: bool = False) -> Report:
    return load_document(source.parse(text), prune=prune)


def replaced(text: str, *changes: tuple[str, str]) -> str:
    """Each first part once, by the second; refuses one that is not in the text."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


@pytest.fixture(scope="session")
def bundled() -> str:
    return BUNDLED.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def earlier() -> str:
    return (HERE / "earlier.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def everything() -> str:
    return (HERE / "everything.yaml").read_text(encoding="utf-8")


@pytest.fixture
def load_everything(db: None, earlier: str, everything: str) -> Callable[[], Event]:
    def load() -> Event:
        load_text(earlier)
        load_text(everything)
        return Event.objects.get(slug="second-harbour-hearing")

    return load
