"""Changes to what is published that wait until somebody who may publish has looked at them; and programs' tokens."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from speakers.constraints import known


class Revision(models.Model):
    """New field values for one record, made from its state at `base_revision`; the record changes on acceptance.

    One without a record is to be a new one, which would be public at once.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        ACCEPTED = "accepted", _("accepted")
        SENT_BACK = "sent_back", _("sent back")

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", verbose_name=_("kind of record"))
    object_id = models.PositiveBigIntegerField(_("record"), null=True, blank=True)
    record = GenericForeignKey("content_type", "object_id")
    values = models.JSONField(_("new values"), help_text=_("Column names and what they are to hold."))
    base_revision = models.PositiveIntegerField(_("made from revision"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("author"))
    comment = models.TextField(_("comment"), blank=True, default="")
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decision_comment = models.TextField(_("answer"), blank=True, default="")
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("waiting change")
        verbose_name_plural = _("waiting changes")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "accepted", "sent_back"]), name="revision_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_by=None, decided_at=None)
                | (~Q(state="waiting") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="revision_decision_is_whole",
            ),
        ]
        indexes = [models.Index("content_type", "object_id", name="revisions_of_a_record")]
        permissions = [
            ("publish", "Can publish and withdraw, change what is public, and decide on waiting changes"),
            ("send_to_review", "Can send to review and take back from it"),
        ]

    def __str__(self) -> str:
        return f"{self.content_type} {self.object_id}: {self.get_state_display()}"


class Scope(models.TextChoices):
    READ = "read", _("read")
    WRITE = "write", _("write")
    PUBLISH = "publish", _("publish")


class Token(models.Model):
    """Lets a program act for its owner, who may do more than it but never less. The text itself is kept nowhere."""

    name = models.CharField(_("name"), max_length=100, help_text=_("What it is for."))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens", editable=False, verbose_name=_("owner")
    )
    start = models.CharField(_("begins with"), max_length=12, unique=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    scope = models.CharField(
        _("scope"),
        max_length=7,
        choices=Scope,
        default=Scope.WRITE,
        help_text=_(
            "Read: also what is not published. Write: what is published changes when somebody accepts it."
            " Publish: all that the owner may."
        ),
    )
    expires_at = models.DateTimeField(_("expires"))
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        default_permissions = ("view", "add", "change")  # a token is revoked and not deleted: who used it stays known
        constraints = [known("scope", Scope, "token_scope_known")]

    def __str__(self) -> str:
        return f"{self.name} ({self.start}…)"

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()


class Act(models.TextChoices):
    LOGIN = "login", _("logged in")
    LOGIN_FAILED = "login_failed", _("failed to log in")
    LOCKED_OUT = "locked_out", _("was locked out")
    LOGOUT = "logout", _("logged out")
    ACCOUNT = "account", _("changed an account")
    PERMISSIONS = "permissions", _("changed permissions")
    TOKEN = "token", _("made or revoked a token")
    EXPORT = "export", _("took data out")
    IMPORT = "import", _("brought data in")


class AuditEntry(models.Model):
    """Who came in, took data out that is not public, or changed what somebody may do. Written once, never changed."""

    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)
    act = models.CharField(_("what"), max_length=12, choices=Act)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("account")
    )
    name = models.CharField(_("name"), max_length=150, blank=True, default="", help_text=_("As it was then."))
    address = models.GenericIPAddressField(_("address"), null=True)
    about = models.TextField(_("details"), blank=True, default="")

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit log")
        default_permissions = ("view",)
        constraints = [known("act", Act, "audit_act_known")]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.name, str(self.get_act_display()), self.about)))
