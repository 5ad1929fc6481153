from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from review import duplicates
from review.models import Grade, Mergeable


class Command(BaseCommand):
    help = "Looks who and what may be in the record twice, for the editors' list. Merges nothing. Repeatable."

    def handle(self, **_options: Any) -> None:
        for kind in Mergeable:
            while duplicates.bring_up_to_date(kind):
                pass
            found = duplicates.counts(kind)
            told = ", ".join(f"{found.get(grade, 0):,} {grade.label}" for grade in reversed(Grade))
            self.stdout.write(f"{kind.model._meta.verbose_name_plural}: {told}")
