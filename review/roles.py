"""Who may do what: four groups, made by migration, whose permissions can be changed in the admin.

What they mean is written down in docs/roles.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django.contrib.auth.models import Permission, User
from django.db.models import Model, Q, QuerySet

type Act = Literal["view", "add", "change", "delete"]

PUBLISH = "review.publish"
SEND_TO_REVIEW = "review.send_to_review"

ROLES = ("contributor", "editor", "reviewer", "administrator")
_RECORDS = ("speakers", "debate", "positions")
_NO_RECORDS = ("formeraddress", "touch")


@dataclass(frozen=True, slots=True)
class Author:
    """Whoever changes something. A token of less scope holds back `publishing` from one who may publish."""

    user: User
    publishing: bool = True

    def may(self, act: Act, model: type[Model]) -> bool:
        meta = model._meta
        return self.user.has_perm(f"{meta.app_label}.{act}_{meta.model_name}")

    @property
    def may_publish(self) -> bool:
        """Publish, withdraw, change what is public, accept and send back."""
        return self.publishing and self.user.has_perm(PUBLISH)

    @property
    def may_send_to_review(self) -> bool:
        return self.user.has_perm(SEND_TO_REVIEW) or self.may_publish


def establish(apps: Any, only: Collection[str] = ()) -> None:
    """Makes the groups and gives them what they lack, or of it `only` the permissions so named: others may have been
    taken away since on purpose. Takes nothing away. `apps` may be those of a migration.
    """
    groups, permissions = apps.get_model("auth", "Group").objects, apps.get_model("auth", "Permission").objects
    for role in ROLES:
        group, _is_new = groups.get_or_create(name=role)
        theirs = permissions.filter(_permissions_of(role))
        group.permissions.add(*(theirs.filter(codename__in=only) if only else theirs))


def permissions_in_use(permissions: QuerySet[Permission]) -> QuerySet[Permission]:
    """Those that mean something here; history is written by the record alone."""
    return permissions.filter(content_type__app_label__in=(*_RECORDS, "review", "auth")).exclude(
        content_type__model__startswith="historical"
    )


def _permissions_of(role: str) -> Q:
    records = Q(content_type__app_label__in=_RECORDS) & ~Q(content_type__model__in=_NO_RECORDS)
    edited = records & ~Q(content_type__model__startswith="historical")
    acts = {"contributor": ("view", "add", "change"), "editor": ("view", "add", "change", "delete")}
    own_tokens = _named("review", ["view_token", "add_token"])
    waiting = _named("review", ["view_revision", "view_binned", "view_merge", "view_notthesame"])
    if role == "administrator":
        tokens = _named("review", ["view_token", "add_token", "change_token"])
        accounts = Q(content_type__app_label="auth", content_type__model__in=["user", "group"])
        return (
            accounts
            | tokens
            | waiting
            | _named("review", ["view_auditentry"])
            | (records & Q(codename__startswith="view_"))
        )
    allowed = edited & _starting(acts.get(role, acts["editor"])) | records & Q(codename__startswith="view_")
    beyond = {"editor": ["send_to_review"], "reviewer": ["send_to_review", "publish"]}
    if role in beyond:
        allowed |= _named("search", ["view_unansweredquestion", "delete_unansweredquestion"])
    return allowed | own_tokens | waiting | _named("review", beyond.get(role, []))


def _named(label: str, codenames: Iterable[str]) -> Q:
    return Q(content_type__app_label=label, codename__in=list(codenames))


def _starting(acts: Iterable[str]) -> Q:
    condition = Q()
    for act in acts:
        condition |= Q(codename__startswith=f"{act}_")
    return condition
