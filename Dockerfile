# Two stages: the first has what installing and compressing need, the second only what serving needs.
FROM python:3.13-slim AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /venv
WORKDIR /app
COPY requirements/run.txt requirements/
RUN /venv/bin/python -m pip install --require-hashes --requirement requirements/run.txt

COPY . .
# Hashed names, and beside each file its brotli and gzip forms: made here once, never while serving.
RUN DATA_DIR=/tmp/build STATIC_HASHED=1 STATIC_ROOT=/static /venv/bin/python manage.py collectstatic --no-input

FROM python:3.13-slim

ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/data \
    STATIC_ROOT=/static \
    STATIC_HASHED=1 \
    ACCESS_LOG=1
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin debate \
    && install --directory --owner debate --group debate /data
COPY --from=build /venv /venv
COPY --from=build /static /static
COPY --from=build /app /app
WORKDIR /app
USER debate
VOLUME /data
EXPOSE 8000
# Asked by the name that the site answers to.
HEALTHCHECK --interval=10s --timeout=5s --start-period=90s --retries=3 CMD ["python", "-c", "\
import os, urllib.parse, urllib.request as web; \
host = urllib.parse.urlsplit(os.environ.get('PUBLIC_URL') or 'http://127.0.0.1:8000').netloc; \
web.urlopen(web.Request('http://127.0.0.1:8000/healthz', headers={'Host': host}), timeout=4)"]
ENTRYPOINT ["/bin/sh", "-c", "python manage.py prepare && exec \"$@\"", "prepared"]
CMD ["python", "-m", "gunicorn", "--config", "config/gunicorn.py", "--bind", "0.0.0.0:8000", "config.wsgi"]
