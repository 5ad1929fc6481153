"""Tokens by which programs act for their owners: made, found, revoked."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone

from review import auditing
from review.models import Act, Scope, Token

PREFIX = "dr_"  # by which a token is recognised where it has no business, as in a repository
LONGEST = timedelta(days=366)
USUAL = timedelta(days=90)
_START = len(PREFIX) + 8
_SEEN_AGAIN = timedelta(minutes=1)  # a use within it is not noted again


def issue(owner: User, name: str, scope: str = Scope.WRITE, *, lasts: timedelta = USUAL) -> tuple[Token, str]:
    """A new token and its text, which is known only now."""
    token = Token(owner=owner, name=name, scope=scope, expires_at=timezone.now() + lasts)
    text = seal(token)
    token.save()
    return token, text


def seal(token: Token) -> str:
    """Draws the text, 256 random bits, of which the token keeps the hash."""
    text = PREFIX + secrets.token_urlsafe(32)
    token.start, token.digest = text[:_START], _digest(text)
    return text


def find(text: str) -> Token | None:
    """The one of that text, valid or not, with its owner; one query."""
    token = Token.objects.select_related("owner").filter(start=text[:_START]).first()
    if token is None or not secrets.compare_digest(token.digest, _digest(text)):
        return None
    return token


def note_use(token: Token) -> None:
    """Costs a write at most once a minute, however many use it at once."""
    now = timezone.now()
    if token.last_used_at is None or token.last_used_at < now - _SEEN_AGAIN:
        long_ago = Q(last_used_at=None) | Q(last_used_at__lt=now - _SEEN_AGAIN)
        Token.objects.filter(long_ago, pk=token.pk).update(last_used_at=now)


def revoke(token: Token) -> None:
    if Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now()):
        auditing.note(Act.TOKEN, about=f"{token.owner}: {token}, revoked")
    token.refresh_from_db(fields=["revoked_at"])


def _digest(text: str) -> str:
    """A slow hash guards what can be guessed; this can't."""
    return hashlib.sha256(text.encode()).hexdigest()
