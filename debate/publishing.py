"""Whether a record may be seen: draft, in review, published, withdrawn."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from speakers.constraints import known


class Status(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class HasStatus(models.Model):
    """Public while published; once withdrawn its address says when and why."""

    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, db_default=Status.DRAFT)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_because = models.CharField(
        _("withdrawn because"),
        max_length=500,
        blank=True,
        default="",
        help_text=_("One line, shown at the old address."),
    )

    class Meta:
        abstract = True
        constraints = [
            known("status", Status, "%(class)s_status_known"),
            models.CheckConstraint(
                condition=~Q(status=Status.WITHDRAWN) | (~Q(withdrawn_because="") & Q(withdrawn_at__isnull=False)),
                name="%(class)s_withdrawn_says_why",
                violation_error_message=_("Say in a line why it is withdrawn."),
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.status == Status.WITHDRAWN and self.withdrawn_at is None:
            self.withdrawn_at = timezone.now()


class PublishedColumn(models.GeneratedField):
    """True while the row's own status is published."""

    def __init__(self, **options: Any) -> None:
        published = models.When(status=Status.PUBLISHED, then=models.Value(True))
        options.setdefault("expression", models.Case(published, default=models.Value(False)))
        super().__init__(**{"output_field": models.BooleanField(), "db_persist": True, **options})
