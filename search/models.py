from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnansweredQuestion(models.Model):
    """What was asked in words and found nothing: how often, and between which days. Nothing of who asked."""

    text = models.CharField(_("asked for"), max_length=200)
    times = models.PositiveIntegerField(_("how often"), default=1)
    first_day = models.DateField(_("first on"))
    last_day = models.DateField(_("last on"))

    class Meta:
        verbose_name = _("search that found nothing")
        verbose_name_plural = _("searches that found nothing")
        default_permissions = ("view", "delete")
        constraints = [models.UniqueConstraint(fields=["text"], name="unanswered_question_once")]
        # for the editors' list, and for what is forgotten when there are too many
        indexes = [models.Index(fields=["-times", "-last_day", "-id"], name="unanswered_most_asked")]

    def __str__(self) -> str:
        return self.text
