"""Fills an empty record with as many published positions as asked for, and all that belongs to them."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection, transaction

from benchmarks.scale.debates import make_debates
from benchmarks.scale.positions import make_positions, make_topics, make_wordings
from benchmarks.scale.record import Filling
from benchmarks.scale.rows import Making
from benchmarks.scale.speakers import make_organizations, make_speakers
from speakers import triggers

TOPICS = 300


def fill(filling: Filling, say: Callable[[str], object]) -> None:
    """Triggers are off while rows are written and put what follows from them right at the end, which is far quicker."""
    positions = filling.positions
    making = Making(filling.seed, positions)
    with transaction.atomic():
        triggers.remove(connection)
    say("speakers and debates")
    organizations = make_organizations(making, max(40, positions // 200))
    speakers = make_speakers(making, max(60, positions // 50), organizations)
    matters = make_topics(making, TOPICS)
    wordings = make_wordings(making, max(30, positions // 30), matters)
    themes = [matter.theme for matter in matters]
    debates = make_debates(making, filling.sizes, speakers, organizations, themes)
    say("positions")
    make_positions(making, debates, wordings)
    say("what follows from them")
    triggers.install(connection)
