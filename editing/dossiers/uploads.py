"""A dossier between being sent and being loaded: the file itself, of one person, for a day."""

from __future__ import annotations

import secrets
from pathlib import Path

from django.contrib.auth.models import User

from editing.importing.uploads import NoUpload, folder_of, keep_newest, sweep

MAX_BYTES = 4 * 1024 * 1024  # of one that is read while somebody waits; load_dossier takes more
_NAME = "dossier.yaml"


def keep(user: User, content: bytes) -> str:
    """Its token."""
    own = folder_of(user)
    own.mkdir(parents=True, exist_ok=True, mode=0o700)
    sweep()
    folder = own / secrets.token_urlsafe(16)
    folder.mkdir(mode=0o700)
    (folder / _NAME).write_bytes(content)
    keep_newest(own)
    return folder.name


def opened(user: User, token: str) -> Path:
    """Raises NoUpload."""
    path = folder_of(user) / token / _NAME
    if not path.is_file():
        raise NoUpload
    return path
