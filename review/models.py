"""Changes that wait until somebody who may publish has looked at them; what was deleted; what was merged, and what may
be the same; programs' tokens.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from speakers.constraints import known
from speakers.models import Organization, Person


class Revision(models.Model):
    """New field values for one record, made from its state at `base_revision`; the record changes on acceptance.

    One without a record is to be a new one, which would be public at once. One without values is a record that was in
    review and came back: so its author is told, as of a change.
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
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name=_("made again from")
    )
    is_closed = models.BooleanField(
        _("closed"), default=False, help_text=_("Sent back, and its author has nothing left to do about it.")
    )
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
        indexes = [
            models.Index("content_type", "object_id", name="revisions_of_a_record"),
            # what waits, the longest first, and what of somebody's came back
            models.Index("state", "created_at", "id", name="revisions_by_state"),
            models.Index("author", "state", "is_closed", name="revisions_of_an_author"),
        ]
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


class Binned(models.Model):
    """A record that was deleted, with its parts, kept for a while so that all of it can be put back as it was."""

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", verbose_name=_("kind of record"))
    object_id = models.PositiveBigIntegerField(_("record"))
    label = models.CharField(_("name"), max_length=300)
    was_public = models.BooleanField(_("was public"), default=False)
    rows = models.JSONField(help_text=_("The record and its parts, what others refer to first."))
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("deleted by")
    )
    deleted_at = models.DateTimeField(_("deleted"), default=timezone.now)
    reason = models.TextField(_("reason"), blank=True, default="")

    class Meta:
        verbose_name = _("deleted record")
        verbose_name_plural = _("bin")
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id"], name="binned_once")]
        indexes = [models.Index(fields=["-deleted_at", "-id"], name="binned_last_first")]

    def __str__(self) -> str:
        return self.label


class Mergeable(models.TextChoices):
    PERSON = "person", _("person")
    ORGANIZATION = "organization", _("organization")

    @property
    def model(self) -> type[Person] | type[Organization]:
        return Person if self is Mergeable.PERSON else Organization

    @classmethod
    def of(cls, record: Person | Organization) -> Mergeable:
        return cls.PERSON if isinstance(record, Person) else cls.ORGANIZATION


class Merge(models.Model):
    """One of two records went into the other, for they were the same; with all that it takes to undo it."""

    kind = models.CharField(_("kind"), max_length=12, choices=Mergeable)
    kept = models.PositiveBigIntegerField(_("kept"))
    gone = models.PositiveBigIntegerField(_("gone"))
    kept_name = models.CharField(_("kept"), max_length=200)
    gone_name = models.CharField(_("gone"), max_length=200)
    was_public = models.BooleanField(_("was public"), default=False)
    done = models.JSONField(help_text=_("What was moved, changed and removed."))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("merged by"))
    at = models.DateTimeField(_("merged"), default=timezone.now)
    reason = models.TextField(_("reason"))
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("undone by")
    )
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_because = models.TextField(_("undone because"), blank=True, default="")

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        default_permissions = ("view",)
        constraints = [
            known("kind", Mergeable, "merge_kind_known"),
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="merge_is_of_two"),
            models.CheckConstraint(
                condition=Q(undone_by=None, undone_at=None) | Q(undone_by__isnull=False, undone_at__isnull=False),
                name="merge_undoing_is_whole",
            ),
            # where an old key leads: to one record
            models.UniqueConstraint(fields=["kind", "gone"], condition=Q(undone_at=None), name="merged_into_one"),
        ]
        indexes = [models.Index(fields=["-at", "-id"], name="merges_last_first")]

    def __str__(self) -> str:
        return f"{self.gone_name} → {self.kept_name}"


class _Pair(models.Model):
    """Two records of a kind, the one with the lower key first."""

    kind = models.CharField(_("kind"), max_length=12, choices=Mergeable)
    first = models.PositiveBigIntegerField(_("first"))
    second = models.PositiveBigIntegerField(_("second"))

    class Meta:
        abstract = True
        constraints = [
            known("kind", Mergeable, "%(class)s_kind_known"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="%(class)s_in_order"),
            models.UniqueConstraint(fields=["kind", "first", "second"], name="%(class)s_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first}, {self.second}"


class NotTheSame(_Pair):
    """Somebody looked, and they are two; they are not offered as one again."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("said by"))
    at = models.DateTimeField(_("said"), default=timezone.now)
    reason = models.TextField(_("reason"))

    class Meta(_Pair.Meta):
        verbose_name = _("pair that is not the same")
        verbose_name_plural = _("pairs that are not the same")
        default_permissions = ("view",)


class Grade(models.IntegerChoices):
    """What speaks for two being one; a name alone is never enough."""

    CONTRADICTED = 0, _("contradicted")
    NAME_ALONE = 1, _("the name alone")
    POSSIBLE = 2, _("possible")
    LIKELY = 3, _("likely")


class Likeness(_Pair):
    """Two that may be one, as was worked out when one of them was last looked at."""

    grade = models.PositiveSmallIntegerField(_("grade"), choices=Grade)

    class Meta(_Pair.Meta):
        default_permissions = ()
        indexes = [
            models.Index(fields=["kind", "-grade", "first", "second"], name="likenesses_likeliest_first"),
            models.Index(fields=["kind", "second"], name="likenesses_of_the_second"),
        ]


class NameKey(models.Model):
    """What all spellings of a name, and all forms of an identifier, meet under: see `review.likeness`."""

    kind = models.CharField(max_length=12, choices=Mergeable)
    key = models.CharField(max_length=100)
    record = models.PositiveBigIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["kind", "key", "record"], name="name_key_once")]
        indexes = [models.Index(fields=["kind", "record"], name="name_keys_of_a_record")]

    def __str__(self) -> str:
        return f"{self.kind} {self.record}: {self.key}"


class LookedThrough(models.Model):
    """How far the search for duplicates has come: it goes, in the order of keys, through what changed since a time."""

    kind = models.CharField(primary_key=True, max_length=12, choices=Mergeable)
    since = models.DateTimeField(null=True)
    began = models.DateTimeField(null=True)
    last_key = models.PositiveBigIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.kind} {self.since}"
