"""Of a partial date only what is known from the year on is said, and never more."""

from __future__ import annotations

import pytest

from pages import known_dates

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("edtf", "start", "end", "year"),
    [
        ("2025-02-12", "2025-02-12", "", 2025),
        ("2025-02", "2025-02", "", 2025),
        ("2025", "2025", "", 2025),
        ("2025-XX-12", "2025", "", 2025),
        ("2025-1X", "2025", "", 2025),
        ("2025-02-XX", "2025-02", "", 2025),
        ("20XX", "", "", None),
        ("XXXX-XX-12", "", "", None),
        ("XXXX-02-12", "", "", None),
        ("2024-05/2024-11-30", "2024-05", "2024-11-30", 2024),
        ("2024-12/2025-01", "2024-12", "2025-01", None),
        ("2024-05/..", "2024-05", "", None),
        ("2024-05/", "2024-05", "", None),
        ("/2025-01", "", "2025-01", None),
        ("0987", "0987", "", 987),
        ("", "", "", None),
        ("some day", "", "", None),
    ],
)
def test_what_is_known_is_said(edtf, start, end, year):
    assert (known_dates.start(edtf), known_dates.end(edtf), known_dates.year(edtf)) == (start, end, year)
