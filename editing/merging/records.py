"""Where in the admin a record is edited."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Model
from django.urls import reverse


def page_of(record: Model) -> str:
    """The address of its form; empty where it is edited inside of another."""
    if not admin.site.is_registered(type(record)):
        return ""
    meta = record._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk])
