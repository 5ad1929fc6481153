"""What is worked out of a debate or of the whole record, as far as it is cited: by the address that shows it."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from debate.models import Event

_ROUTES = {"matrix": "matrix", "agreement": "agreement", "stands": "agreement"}


@dataclass(frozen=True, slots=True)
class Derived:
    """A matrix or a network: `kind` is matrix, agreement or stands; `query` has the choices that it was made by."""

    kind: str
    event: Event | None
    query: str = ""

    @property
    def slug(self) -> str:
        return self.event.slug if self.event else "record"

    @property
    def title(self) -> str:
        if self.event is None:
            return _("Agreement network") if self.kind == "agreement" else _("Stands on propositions")
        words = {
            "matrix": _("Who stands where: %(title)s"),
            "agreement": _("Who agrees with whom: %(title)s"),
            "stands": _("Stands on propositions: %(title)s"),
        }
        return words[self.kind] % {"title": self.event.title}

    @property
    def medium(self) -> str:
        return {
            "matrix": _("Stance matrix of a debate"),
            "agreement": _("Agreement network worked out from the record"),
            "stands": _("Stands worked out from the record"),
        }[self.kind]

    def get_absolute_url(self) -> str:
        return self.path() + self.query

    def file(self, name: str) -> str:
        """The path of a file that lies there, of the same choices."""
        return f"{self.path()}{name}{self.query}"

    def data(self) -> str:
        """The path of the same in the API, which names debates as the English pages do."""
        with override(settings.LANGUAGE_CODE):
            return f"/api/v1{self.get_absolute_url()}"

    def path(self) -> str:
        if self.event is None:
            return reverse("pages:agreement")
        return reverse(f"pages:debate-{_ROUTES[self.kind]}", args=[self.event.slug])
