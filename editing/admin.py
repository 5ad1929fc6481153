"""What crosses packages in the admin: actions on many records, and filters for what is incomplete."""

from __future__ import annotations

from django.contrib import admin

import debate.admin
import positions.admin
from editing.publishing.actions import offer_actions
from editing.start.gaps import offer_filters

__all__ = ["debate", "positions"]  # registered before they are registered once more

offer_actions(admin.site)
offer_filters(admin.site)
