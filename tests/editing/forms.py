"""Forms of the admin as a browser would send them."""

from __future__ import annotations

from django.urls import reverse


def address_of(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def as_sent(response):
    """What stands in the form and its inlines, and which versions they were opened from."""
    data = {"_seen": response.context["seen"]} if response.context.get("seen") else {}
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for field in form:
            value = field.value()
            if value is not None and value is not False:
                data[field.html_name] = value
    return data
