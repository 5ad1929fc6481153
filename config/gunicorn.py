"""How gunicorn serves the site; host and port are given on its command line."""

from __future__ import annotations

import os
from pathlib import Path

# A whole list may take minutes to send, and others are not to wait for it; with one thread the worker would even be
# stopped for it, half-way. `api.streaming` keeps threads free for all else.
worker_class = "gthread"
threads = 4
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
timeout = 60
limit_request_line = 0  # a Korean letter is nine in an address; what is too long is refused in words by the site
# Loaded once, before the workers split off: half the start-up time, and shared memory.
preload_app = True
control_socket_disable = True
loglevel = "warning"
accesslog = "-" if os.environ.get("ACCESS_LOG") == "1" else None
# A worker's sign of life is a file it touches; on a slow disk that alone could stop it.
if Path("/dev/shm").is_dir():  # noqa: S108
    worker_tmp_dir = "/dev/shm"  # noqa: S108


def when_ready(server: object) -> None:
    from django.conf import settings
    from django.urls import get_resolver

    # Every module behind an address is loaded now: the first page does not wait, and a broken one shows at once.
    assert get_resolver().url_patterns
    url = settings.PUBLIC_URL
    make_editor = "docker compose exec web python manage.py create_editor" if settings.STATIC_HASHED else "./run editor"
    print(  # noqa: T201
        f"{settings.SITE_NAME} is ready. Ctrl-C stops it.\n"
        f"  site   {url}/\n"
        f"  admin  {url}/admin/   (to make an editor: {make_editor})\n"
        f"  API    {url}/api/v1/\n"
        f"  data   {settings.DATA_DIR}",
        flush=True,
    )
