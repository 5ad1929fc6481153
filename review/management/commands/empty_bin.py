from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from review import bin


class Command(BaseCommand):
    help = "Lets go of what was deleted more than thirty days ago; the edit history keeps what it held."

    def handle(self, **_options: Any) -> None:
        if gone := bin.empty():
            self.stdout.write(f"Bin: {gone} records let go of.")
