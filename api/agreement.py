"""Who agrees with whom: the networks of the whole record and of a debate, and what a speaker shares with others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import QuerySet
from django.http import QueryDict
from rest_framework.request import Request
from rest_framework.response import Response

from api.files import AS_NETWORK
from api.of_one_record import OfOneRecord
from api.parameters import FILTERS, STRING, Gathering, Parameter, refuse_unknown
from api.resources import DebateViewSet, SpeakerViewSet
from api.shapes.agreement import AgreementNetwork, SpeakerAgreement, agreement_network, speaker_agreement
from api.views import PublicView, stamp_of
from comparing.contrast import contrasts
from comparing.networks.asked_for import asked_for, public
from comparing.networks.choices import LEAST, VALUES, read
from comparing.sharing import sharing
from debate.models import Event
from exchange import networks
from search.filters import Problem, parse, undated_left_out
from speakers.models import Person

_DESCRIPTIONS: Mapping[str, str] = {
    "show": "Ties between actors, or the stands of each on every proposition.",
    "actors": "People; organizations, as somebody spoke on their behalf; or organizations, also where somebody was only"
    " identified with them.",
    "measure": "What the weight of a tie counts: pairs of positions that agree less those that differ, the one, the"
    " other, or both.",
    "normalisation": "What a tie is divided by.",
    "share": "What a stand is divided by.",
    "duplicates": "How often an actor's stance on a proposition counts, if it was taken several times.",
    "conditional": "Whether support on a condition is left out, counts as support, or is a stance of its own.",
    "neutral": "Whether a position that takes no side is left out, or is a stance of its own.",
}
CHOICES = (
    *(
        Parameter(name, description, {**STRING, "enum": [*map(str, VALUES[name])], "default": str(VALUES[name][0])})
        for name, description in _DESCRIPTIONS.items()
    ),
    Parameter(
        LEAST, "Leaves out what has less weight, its sign not counted.", {"type": "number", "minimum": 0, "default": 0}
    ),
)
_NOT_FOR_NETWORKS = {
    "q": "A network is narrowed by filters, not by words.",
    "sort": "A network has no order.",
}
NARROWED = tuple(one for one in FILTERS if one.name not in _NOT_FOR_NETWORKS)


class AgreementView(PublicView):
    """Who takes the same stands as whom in the record, with the weights and counts that this rests on.

    Takes the parameters of the page, and all filters of positions but words. As JSON, as CSV with a row for each tie or
    stand, or as GraphML. What the measures are is told in `definitions`.
    """

    shape = AgreementNetwork
    renderer_classes = AS_NETWORK

    def takes(self) -> tuple[Parameter, ...]:
        return (*CHOICES, *NARROWED)

    def get(self, request: Request, **_format: str) -> Response:
        return answer(request, None, self.takes())


class DebateAgreementView(OfOneRecord[Event]):
    """Who takes the same stands as whom in one debate, with the weights and counts that this rests on.

    As for the whole record, but that the address says which debate it is.
    """

    shape = AgreementNetwork
    renderer_classes = AS_NETWORK
    viewset = DebateViewSet

    def takes(self) -> tuple[Parameter, ...]:
        return (*CHOICES, *(one for one in NARROWED if one.name != "debate"))

    def records(self) -> QuerySet[Event]:
        return Event.objects.public()

    def answer(self, request: Request, record: Event) -> Response:
        return answer(request, record, self.takes())


class SpeakerAgreementView(OfOneRecord[Person]):
    """With whom a speaker agrees, over the propositions on which both took a side, and where the speaker's own
    positions differ.
    """

    shape = SpeakerAgreement
    viewset = SpeakerViewSet

    def records(self) -> QuerySet[Person]:
        return Person.objects.public()

    def answer(self, request: Request, record: Person) -> Response:
        return Response(speaker_agreement(record, sharing(record), contrasts(record)))


def answer(request: Request, event: Event | None, takes: tuple[Parameter, ...]) -> Response:
    """In the form that was asked for."""
    query, gathering = request.query_params, Gathering()
    given = dict(query.lists())
    chosen, problems = read(given)
    gathering.problems += problems
    with gathering:
        refuse_unknown(_without(query, _NOT_FOR_NETWORKS), takes)
    gathering.problems += [Problem(name, why) for name, why in _NOT_FOR_NETWORKS.items() if any(given.get(name, ()))]
    with gathering:
        filters = parse({one.name: given[one.name] for one in NARROWED if one.name in given})
    gathering.tell()
    number = stamp_of(request).number
    network = asked_for(event, filters, chosen)
    undated = undated_left_out(filters, public(event.pk if event else None))
    told = agreement_network(network, filters, event, undated=undated, version=number)
    form = networks.FORMS.get(request.accepted_renderer.format)
    if form is None or form.name == "JSON":
        return Response(told)
    about = networks.about(network, filters, request.get_full_path(), undated=undated, version=number)
    name = networks.file_name(chosen, request.accepted_renderer.format, event.slug if event else "")
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(form.write(network, about), headers=disposition, content_type=form.media_type)


def _without(query: QueryDict, names: Iterable[str]) -> QueryDict:
    others = query.copy()
    for name in names:
        others.pop(name, None)
    return others
