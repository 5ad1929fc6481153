"""The record as one flat table for researchers: a row for each statement.

for row in rows(Position.objects.public()): ...
"""

from __future__ import annotations

from exchange.statements.reading import rows
from exchange.statements.row import COLUMNS, OrganizationRule, Statement

__all__ = ["COLUMNS", "OrganizationRule", "Statement", "rows"]
