"""The screen that enters a debate from an article: written, looked at, made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from debate.models import AppearanceRole, Basis, Event, SessionKind
from editing.entering import known, making
from editing.entering.entry import Entry, with_more_rows, with_rows, with_session
from editing.entering.lines import any_more, headings, host_cells, lines
from editing.entering.pasting import COLUMNS, MOST_ROWS, Pasted, pasted
from editing.entering.plan import Plan
from editing.entering.reading import Reading, plan, unknown_sessions
from editing.entering.summary import summary
from editing.entering.words import words_for
from editing.screens import author, screen, shown
from review.refusals import Refusal
from speakers import partial_dates
from speakers.bilingual import LANGUAGES

MADE_HERE = (
    "debate.add_event", "debate.add_source", "debate.add_session", "debate.add_appearance", "debate.add_capacity",
    "speakers.add_person", "speakers.add_organization", "speakers.add_affiliation",
)  # fmt: skip


@screen(*MADE_HERE)
def new_debate(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _form(request, Entry.new((get_language() or LANGUAGES[0])[:2]))
    match request.POST.get("step"):
        case "edit":
            return _form(request, Entry.sent(request.POST))
        case "rows":
            return _form(request, Entry.sent(with_more_rows(request.POST)))
        case "paste":
            return _pasted_in(request)
        case "make":
            return _make(request)
    return _check(request)


def _form(request: HttpRequest, entry: Entry, *, checked: bool = False, reading: Reading | None = None) -> HttpResponse:
    reading = reading or Reading(entry)
    context = {
        "entry": entry,
        "checked": checked,
        "lines": lines(entry, reading, checked=checked),
        "blank": lines(Entry.new(entry.language), reading, checked=False)[0],
        "hosts": host_cells(entry, reading, checked=checked),
        "headings": headings(),
        "has_more": any_more(entry, checked=checked),
        "source_offers": _source_offers(entry),
        "options": _options(),
        "texts": _texts(),
        "most_rows": MOST_ROWS,
    }
    return _shown(request, "editing/enter.html", context, 422 if checked else 200)


def _shown(request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    trail = [(reverse("admin:debate_event_changelist"), _("debates"))]
    return shown(request, template, _("New debate from an article"), {"trail": trail, **context}, status)


def _source_offers(entry: Entry) -> list[known.Known]:
    """For whoever can't be offered them while typing."""
    offers = known.sources(str(entry.source["known"].value() or ""))
    held = known.at_address(str(entry.source["url"].value() or ""))
    if held and held.pk not in {one.key for one in offers}:
        offers.insert(0, known.source(held))
    return offers


def _options() -> dict[str, list[str]]:
    """The words that a cell takes, the same as in the lists of the other forms."""
    return {
        "role_there": words_for(AppearanceRole),
        "basis": words_for(Basis),
        "session": words_for(SessionKind),
    }


def _pasted_in(request: HttpRequest) -> HttpResponse:
    found = pasted(request.POST.get("pasted", ""))
    for message in _told_of(found):
        messages.warning(request, message)
    data = with_rows(request.POST, found.rows)
    data["pasted"] = ""
    return _form(request, Entry.sent(data))


def _told_of(found: Pasted) -> list[str]:
    told = []
    if not found.rows:
        told.append(_("There are no rows in what was pasted."))
    if found.left_out:
        told.append(
            _("Left out, since the table has no such column: %(columns)s") % {"columns": ", ".join(found.left_out)}
        )
    if found.too_many:
        told.append(
            _("Only the first %(most)d rows were taken; %(count)d are left out.")
            % {"most": MOST_ROWS, "count": found.too_many}
        )
    return told


def _check(request: HttpRequest) -> HttpResponse:
    entry = Entry.sent(_with_unknown_sessions(request.POST))
    reading = Reading(entry)
    planned = plan(entry, reading)
    if planned is None:
        return _form(request, entry, checked=True, reading=reading)
    return _summary(request, planned)


def _with_unknown_sessions(data: QueryDict) -> QueryDict:
    """Put into the list of sessions, where only their kind is left to be said."""
    for title in unknown_sessions(Entry.sent(data)):
        data = with_session(data, title)
    return data


def _summary(request: HttpRequest, planned: Plan, status: int = 200, refused: str = "") -> HttpResponse:
    sent = [(name, value) for name, value in request.POST.items() if name not in {"csrfmiddlewaretoken", "step"}]
    context = {
        "plan": planned,
        "summary": summary(planned),
        "waiting": making.will_wait(planned, author(request)),
        "date_in_words": partial_dates.in_words(planned.event["date"]),
        "sent": [(name, value) for name, value in sent if value],
        "refused": refused,
    }
    return _shown(request, "editing/enter_summary.html", context, status)


def _make(request: HttpRequest) -> HttpResponse:
    entry = Entry.sent(request.POST)
    if event := making.made_already(entry.mark):
        return redirect("editing:debate-made", event.slug)
    reading = Reading(entry)
    planned = plan(entry, reading)
    if planned is None:  # somebody entered the same people meanwhile
        return _form(request, entry, checked=True, reading=reading)
    try:
        made = making.make(planned, author(request))
    except making.Refused as refusal:
        _tell(entry, refusal)
        return _form(request, entry, checked=True, reading=reading)
    except Refusal as refusal:
        return _summary(request, planned, 409, str(refusal))
    for who in made.waiting:
        messages.warning(request, _("Waits for a reviewer: the affiliation %(who)s.") % {"who": who})
    return redirect("editing:debate-made", made.event.slug)


def _tell(entry: Entry, refusal: making.Refused) -> None:
    form = entry.event if refusal.row is None else entry.rows.forms[refusal.row]
    for message in refusal.messages:
        form.add_error(None, message)


@require_safe
@screen("debate.view_event")
def made(request: HttpRequest, slug: str) -> HttpResponse:
    """What was made, and where to go on."""
    event = get_object_or_404(Event, slug=slug)
    sources = event.sources.defer("text").order_by("event_sources__order", "pk")
    first = event.sessions.order_by("order", "pk").first()
    context = {
        "event": event,
        "sources": sources,
        "sessions": event.sessions.in_order().with_appearances(),
        "mark": first.public_id if first else "",
    }
    return _shown(request, "editing/enter_made.html", context)


@require_safe
@screen(*MADE_HERE)
def known_by(request: HttpRequest) -> HttpResponse:
    """Whom a name may mean, as JSON: `near` are those whose own name it may be, `same` those whose it is."""
    typed, kind, language = (request.GET.get(name, "")[:200] for name in ("q", "kind", "language"))
    if kind == "source":
        return JsonResponse({"found": [asdict(one) for one in known.sources(typed)]}, json_dumps_params=_JSON)
    if (named := known.KINDS.get(kind)) is None:
        return JsonResponse({"detail": _("kind is person, organization or source")}, status=400)
    found = known.completed(named, typed, language)
    return JsonResponse({"found": [_as_json(one, typed) for one in found]}, json_dumps_params=_JSON)


_JSON = {"default": list, "ensure_ascii": False}


def _as_json(one: known.Known, name: str) -> dict[str, Any]:
    kind: Any = one.kind
    spelled = {"near": known.is_near(kind, name, one.names), "same": known.is_same(kind, name, one.names)}
    return {"kind": kind, "key": one.key, "label": one.label, "detail": one.detail, **spelled}


@require_POST
@screen(*MADE_HERE)
def rows_of(request: HttpRequest) -> HttpResponse:
    """What was pasted, as rows, with whom their names may mean; `first` is the column of the cell it went into."""
    first = request.POST.get("first", "")
    found = pasted(request.POST.get("text", ""), first if first in COLUMNS else COLUMNS[0])
    language = request.POST.get("language", "")
    people = known.alike("person", {row.get("name", "") for row in found.rows}, language)
    organizations = known.alike("organization", {row.get("organization", "") for row in found.rows}, language)
    near = {
        column: {name: [_as_json(one, name) for one in several] for name, several in found_by.items()}
        for column, found_by in (("name", people), ("organization", organizations))
    }
    return JsonResponse({"rows": list(found.rows), "near": near, "told": _told_of(found)}, json_dumps_params=_JSON)


@require_safe
@screen(*MADE_HERE)
def date_in_words(request: HttpRequest) -> HttpResponse:
    """What a date in EDTF is understood as."""
    written = request.GET.get("date", "").strip()[:40]
    try:
        understood = partial_dates.parse(written).in_words() if written else ""
    except partial_dates.PartialDateError as error:
        return JsonResponse({"words": "", "mistake": str(error)})
    return JsonResponse({"words": understood, "mistake": ""})


def _texts() -> dict[str, str]:
    """What the script says."""
    return {
        "known": _("known: %(who)s"),
        "new": _("will be made"),
        "beside": _("will be made, beside %(who)s"),
        "open": _("known already? %(who)s"),
        "label": _("unnamed, as printed"),
        "above": _("the same as in the row above, in another capacity"),
        "same": _("as in row %(row)s"),
        "makeNew": _("New: “%(name)s”"),
        "makeAnother": _("Somebody else of this name, new too"),
        "makeLabel": _("Unnamed: only as printed"),
        "makeOrganization": _("An organization itself, new"),
        "offered": _("Who may be meant"),
        "deleted": _("Row %(row)s is deleted."),
        "moved": _("Row %(from)s is now row %(row)s."),
        "pasted": _("%(count)s rows were pasted."),
        "full": _("The table has no more room."),
        "failed": _("That could not be read. Try again."),
        "kept": _("An unfinished debate from %(when)s is kept in this browser: “%(title)s”"),
        "nameless": _("without a title"),
    }
