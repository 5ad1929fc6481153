from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from debate.models import Event
from exchange.dossier import source
from exchange.dossier.load import load_document
from exchange.dossier.problems import DossierError

FOLDER = Path(__file__).resolve().parents[2] / "dossiers"


class Command(BaseCommand):
    help = "Loads the bundled dossiers whose debates have never been in the database; what editors did to others stays."

    def handle(self, **_options: Any) -> None:
        for file in sorted(FOLDER.glob("*.yaml")):
            try:
                self.stdout.write(f"{file.name}: {_load_once(file)}")
            except DossierError as error:
                raise CommandError(str(error)) from error


def _load_once(file: Path) -> str:
    document = source.read(file)
    slug = document.tree["event"]["slug"]
    if Event.objects.filter(slug=slug).exists():
        return "in the database already, left as it is there"
    if Event.history.filter(slug=slug).exists():
        return "was in the database and was renamed or deleted there, not loaded again (load_dossier does)"
    return f"loaded, {len(load_document(document).added)} records"
