"""Who a program acts for: told by a token in `Authorization: Bearer`, and by nothing else. No cookie counts."""

from __future__ import annotations

from typing import Any

from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from review import tokens
from review.models import Token

SCHEME = "bearer"
_UNKNOWN = "This token is not known here."


class TokenAuthentication(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[Any, Token] | None:
        """None for whoever shows no token, such as a reader behind a proxy that asks for a password."""
        text = _shown(request)
        if text is None:
            return None
        token = tokens.find(text)
        if token is None or not token.owner.is_active:
            raise AuthenticationFailed(_UNKNOWN)
        if token.revoked_at is not None:
            raise AuthenticationFailed("This token was revoked.")
        if not token.is_valid:
            raise AuthenticationFailed(f"This token expired on {token.expires_at:%Y-%m-%d}.")
        tokens.note_use(token)
        return token.owner, token

    def authenticate_header(self, request: Request) -> str:
        refused = _shown(request) is not None
        return 'Bearer realm="api", error="invalid_token"' if refused else 'Bearer realm="api"'


def _shown(request: Request) -> str | None:
    scheme, _space, text = request.headers.get("Authorization", "").strip().partition(" ")
    return text.strip() if scheme.lower() == SCHEME else None
