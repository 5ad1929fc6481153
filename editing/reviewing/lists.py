"""The queue of those who may publish, and what is everybody's own in it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from debate.models import Event
from debate.publishing import Status
from editing.reviewing.kinds import KINDS, named, with_records
from editing.reviewing.waiting import CHANGE, RECORDS, Asked, Row, of_changes, rows, waiting
from editing.screens import author, screen, shown
from review.models import Revision

PER_PAGE = 50
MOST_OF_EACH = 50
MOST_CHOICES = 200
_KINDS = [
    ("", _("all")),
    (CHANGE, _("changes of what is public")),
    (RECORDS, _("records in review")),
    ("debate", _("debates")),
    ("topic", _("topics")),
    ("proposition", _("propositions")),
    ("position", _("positions")),
]
_AGES = [("", _("any")), ("1", _("a day or longer")), ("7", _("a week or longer")), ("30", _("a month or longer"))]


class AskedForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=_KINDS, required=False)
    debate = forms.CharField(label=_("Debate"), required=False, max_length=120)
    author = forms.CharField(label=_("Author"), required=False, max_length=150)
    older = forms.TypedChoiceField(label=_("Waiting for"), choices=_AGES, coerce=int, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["debate"].widget.attrs.update({"list": "debates-in-review", "autocomplete": "off"})
        self.fields["author"].widget.attrs.update({"list": "authors", "autocomplete": "off"})

    def clean_debate(self) -> Event | None:
        slug = self.cleaned_data["debate"].strip()
        found = Event.objects.filter(slug=slug).first() if slug else None
        if slug and found is None:
            raise forms.ValidationError(_("There is no debate with this slug; its address ends with it."))
        return found

    def clean_author(self) -> User | None:
        name = self.cleaned_data["author"].strip()
        found = User.objects.filter(username=name).first() if name else None
        if name and found is None:
            raise forms.ValidationError(_("There is no account of this name."))
        return found

    @property
    def asked(self) -> Asked:
        """All of it while the form is wrong: the page says what is."""
        if not self.is_valid():
            return Asked()
        data = self.cleaned_data
        return Asked(data["kind"], data["debate"], data["author"], data["older"] or 0)


@require_safe
@screen()
def queue(request: HttpRequest) -> HttpResponse:
    """For those who may publish; others are led to what is theirs."""
    if not author(request).may_publish:
        return redirect("editing:review-mine")
    form = AskedForm(request.GET)
    page = Paginator(waiting(form.asked), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": rows(list(page)),
        "debates": Event.objects.filter(status=Status.IN_REVIEW).order_by("slug")[:MOST_CHOICES],
        "authors": User.objects.filter(is_active=True, is_staff=True).order_by("username")[:MOST_CHOICES],
        "trail": [],
    }
    return shown(request, "editing/review_queue.html", gettext("Review"), context, 200 if form.is_valid() else 400)


@require_safe
@screen()
def mine(request: HttpRequest) -> HttpResponse:
    """What somebody has waiting, got back and has not sent yet; of each the newest, and how many there are more."""
    user: Any = request.user
    parts = {kind: _first(drafts_of(user, model).order_by("-updated_at", "-pk")) for kind, model in KINDS.items()}
    context = {
        "sent_back": _part(sent_back_to(user)),
        "waiting": _part(waiting_of(user)),
        "drafts": [(kind, KINDS[kind]._meta.verbose_name_plural, found) for kind, found in parts.items()],
        "has_drafts": any(found for found, _are_more in parts.values()),
        "most": MOST_OF_EACH,
        "trail": [],
    }
    return shown(request, "editing/review_mine.html", gettext("My work"), context)


def sent_back_to(user: Any) -> QuerySet[Revision]:
    """What its author has still to look at."""
    return Revision.objects.filter(author=user, state=Revision.State.SENT_BACK, is_closed=False)


def waiting_of(user: Any) -> QuerySet[Revision]:
    return Revision.objects.filter(author=user, state=Revision.State.WAITING)


def drafts_of(user: Any, model: type[Model]) -> QuerySet[Any]:
    """Those that they have made themselves."""
    history: Any = model.history  # type: ignore[attr-defined]
    made = history.filter(history_user=user, history_type="+")
    return named(model).filter(status=Status.DRAFT, pk__in=made.values("id"))


def _part(found: QuerySet[Revision]) -> tuple[list[Row], bool]:
    changes = found.select_related("content_type", "author", "decided_by").prefetch_related(with_records())
    first, are_more = _first(changes.order_by("-pk"))
    return of_changes(first), are_more


def _first(found: QuerySet[Any]) -> tuple[list[Any], bool]:
    """The newest, and whether there are more."""
    first = list(found[: MOST_OF_EACH + 1])
    return first[:MOST_OF_EACH], len(first) > MOST_OF_EACH
