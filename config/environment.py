"""What the operator says through environment variables, read and checked in one place."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def link(name: str) -> str:
    """An address that a reader may follow; raises ImproperlyConfigured for any but of the web or an e-mail."""
    value = text(name)
    if value and urlsplit(value).scheme not in {"http", "https", "mailto"}:
        raise ImproperlyConfigured(f"{name}={value!r}: write an address that begins with https:// or mailto:.")
    return value


def flag(name: str, *, default: bool) -> bool:
    """Raises ImproperlyConfigured for anything but 1/0, true/false, yes/no, on/off."""
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name}={value!r}: write 1 or 0.")


def number(name: str, default: int) -> int:
    value = text(name)
    if not value:
        return default
    if not value.isascii() or not value.isdigit():
        raise ImproperlyConfigured(f"{name}={value!r}: write a whole number, for example {default}.")
    return int(value)


def words(name: str) -> list[str]:
    return [word.strip() for word in text(name).split(",") if word.strip()]


def secret_key(data_dir: Path) -> str:
    """SECRET_KEY, or else one made once and kept, readable by its owner alone, in the data folder."""
    if given := text("SECRET_KEY"):
        return given
    path = data_dir / "secret_key"
    if not path.exists():
        _make_secret_key(path)
    if kept := path.read_text(encoding="ascii").strip():
        return kept
    raise ImproperlyConfigured(f"{path} is empty: delete it, and a new key is made.")


def _make_secret_key(path: Path) -> None:
    """Written whole under another name first: of two processes that start together both use the key of one."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def database(data_dir: Path) -> dict[str, Any]:
    """PostgreSQL where DATABASE_URL says so, otherwise an SQLite file in the data folder.

    The form is ``postgresql://user:password@host:5432/name?sslmode=require``; a socket folder is given
    as ``postgresql:///name?host=/run/postgresql``. Any setting of the server's can be made with ``options``.
    """
    url = text("DATABASE_URL")
    if not url:
        return _sqlite(data_dir / "debate.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"DATABASE_URL begins with {parts.scheme or url!r}: write postgresql://user:password@host:5432/name."
        )
    options = dict(parse_qsl(parts.query))
    try:
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"DATABASE_URL: {error}. Write postgresql://user:password@host:5432/name.") from None
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(port or options.pop("port", "")),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": number("DATABASE_POOL", 4)},
            # A page's queries run for milliseconds, and the server would take a second to compile some of them.
            "options": "-c jit=off",
            **options,
        },
    }


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        # Opening the file and taking the log in on closing it would cost more than most answers do.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # A writer takes its lock at the start, so that two of them wait instead of failing half-way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # Django itself switches foreign keys on.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
        "TEST": {"NAME": None},
    }
