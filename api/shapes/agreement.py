"""Agreement networks, and what one speaker shares with others, as JSON."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal, TypedDict

from api.addresses import resource_url
from api.counterparts import page_address, query_of
from api.shapes.overview import LICENCE, Licence
from api.shapes.positions import Position, PropositionReference, position, proposition_reference
from api.shapes.speakers import SpeakerReference, organization_reference, speaker_reference
from api.shapes.texts import URI, Bilingual, Reference
from comparing.contrast import Contrast, Contrasts
from comparing.networks import network as networks
from comparing.networks.choices import Choices
from comparing.sharing import OnProposition, Sharing, WithPerson
from debate.models import Event
from exchange.networks import NOTE, counts, definitions
from positions.models import Stance
from positions.statements import Actor as CountedActor
from positions.statements import ActorKind
from search.filters import Filters
from speakers.models import Person


class Actor(Reference):
    """Somebody in a network: a person, or an organization."""

    kind: Literal["speaker", "organization"]
    name: Bilingual | None
    positions: Annotated[int, "How many of its positions have a stance that counts."]


class Tie(TypedDict):
    """Between two actors who took a stand on the same propositions."""

    one: Annotated[str, "The id of a node."]
    other: Annotated[str, "The id of another."]
    weight: Annotated[float, "By `settings`: the measure, divided by the divisor."]
    congruence: Annotated[int, "Pairs of their positions on one proposition with the same stance."]
    conflict: Annotated[int, "Pairs with different stances."]
    divisor: float
    shared: Annotated[int, "Propositions on which a pair counts."]
    agreed: Annotated[int, "Of those, on how many all pairs have the same stance."]
    opposed: Annotated[int, "Of those, on how many all pairs differ."]
    url: Annotated[str, "The two side by side, with all positions that they took in the record.", URI]
    html_url: Annotated[str, "The same, to read.", URI]


class Stand(TypedDict):
    """How often an actor took each stance on a proposition."""

    actor: Annotated[str, "The id of a node."]
    proposition: PropositionReference
    weight: Annotated[float, "By `settings`: the difference, divided by the divisor."]
    supports: int
    opposes: int
    conditional: int
    neutral: int
    difference: Annotated[int, "Support less opposition."]
    divisor: float
    url: Annotated[str | None, "The positions of a person that this stands on; null for organizations.", URI]
    html_url: Annotated[str | None, "The same, to read.", URI]


class NetworkCounts(TypedDict):
    """What was counted, and what was not."""

    actors: Annotated[int, "Those in this network: with most positions."]
    actors_in_all: Annotated[int, "Those who have a position that counts."]
    positions_found: Annotated[int, "Positions that fit the filters."]
    positions_counted: Annotated[int, "Of those, the ones that have a stance that counts and are somebody's."]
    positions_of_the_actors: Annotated[int, "How often positions count for the actors in this network."]
    positions_read: Annotated[int, "How many of these were read, the newest: at most 5,000."]
    stands_after_duplicates: Annotated[int, "How many remained once the same stands were put together."]
    left_out: Annotated[dict[str, int], "Positions of stances that do not count, by stance."]
    of_no_actor: Annotated[int, "Of somebody unnamed, or stated for no organization."]
    undated: Annotated[int, "How many more would fit but for having no date: `undated=include` takes them in."]


class NetworkFiles(TypedDict):
    """The same network in other forms."""

    csv: Annotated[str, "A row a tie or stand.", URI]
    graphml: Annotated[str, "For network programs.", URI]


class AgreementNetwork(TypedDict):
    """Who takes the same stands as whom, with what that rests on; or with `show=stands` who stands where."""

    url: Annotated[str, "This network.", URI]
    html_url: Annotated[str, "The page that shows it.", URI]
    files: NetworkFiles
    version: Annotated[int, "The version of the record that it is of."]
    licence: Licence
    note: str
    settings: Annotated[dict[str, str | float], "The parameters it was counted by, also those not given."]
    filters: Annotated[dict[str, list[str]], "The parameters that narrow the positions."]
    definitions: Annotated[dict[str, str], "What the settings mean, as formulas."]
    counts: NetworkCounts
    nodes: Annotated[list[Actor], "Those with most positions first."]
    ties: Annotated[list[Tie], "The heaviest first; none with `show=stands`."]
    stands: Annotated[list[Stand], "By actor; what each is most decided on first. None with `show=ties`."]
    shares_nothing: Annotated[list[str], "The ids of actors who share no proposition with any other."]


class SharedProposition(TypedDict):
    """A proposition on which two people took a side."""

    proposition: PropositionReference
    own: Annotated[list[str], "The sides the speaker took.", {"items": {"type": "string", "enum": Stance.values}}]
    theirs: Annotated[list[str], "The sides the other took.", {"items": {"type": "string", "enum": Stance.values}}]
    outcome: Literal["agreed", "disagreed", "mixed"]


class SharesWith(TypedDict):
    """Somebody who took a side on propositions on which the speaker did."""

    speaker: SpeakerReference
    shared: Annotated[int, "On how many propositions both took a side."]
    agreed: int
    disagreed: int
    mixed: Annotated[int, "On how many one of the two is recorded on both sides."]
    propositions: Annotated[list[SharedProposition], "The first eight: those they disagree on first."]
    url: Annotated[str, "The two side by side.", URI]
    html_url: Annotated[str, "The same, to read.", URI]


class DifferingPositions(TypedDict):
    """Positions of one speaker on one proposition whose stances differ, the oldest first."""

    proposition: PropositionReference
    positions: list[Position]
    is_in_order: Annotated[bool, "Whether it is known that they were stated in this order."]


class SpeakerAgreement(TypedDict):
    """With whom a speaker agrees, and where the speaker's own positions differ."""

    speaker: SpeakerReference
    url: Annotated[str, "This.", URI]
    html_url: Annotated[str, "The page that shows it.", URI]
    minimum: Annotated[int, "From how many shared propositions on people are given."]
    people: Annotated[list[SharesWith], "Those who share most, at most ten."]
    people_with_minimum: Annotated[int, "How many people share that many."]
    people_below_minimum: Annotated[int, "How many share fewer."]
    propositions_compared: int
    propositions_sided: Annotated[int, "On how many the speaker took a side: what is not compared is the oldest."]
    differing: Annotated[list[DifferingPositions], "On the newest such propositions, at most three."]
    differing_in_all: Annotated[int, "On how many propositions the speaker has several stances."]


def agreement_network(
    network: networks.Network, filters: Filters, event: Event | None, *, undated: int, version: int
) -> AgreementNetwork:
    """`undated` is how many positions more would fit but for having no date."""
    steps = ("debates", event.slug, "agreement") if event else ("agreement",)
    page = page_address("debate-agreement", event.slug) if event else page_address("agreement")
    query = query_of(filters.as_parameters(), network.choices.as_parameters())
    file = resource_url(*steps).removesuffix("/")
    within = replace(filters, debate=(event.slug,)) if event else filters
    return {
        "url": f"{resource_url(*steps)}{query}",
        "html_url": f"{page}{query}",
        "files": {"csv": f"{file}.csv{query}", "graphml": f"{file}.graphml{query}"},
        "version": version,
        "licence": LICENCE,
        "note": NOTE,
        "settings": network.choices.as_settings(),
        "filters": within.as_parameters(),
        "definitions": definitions(network.choices),
        "counts": counts(network, undated),
        "nodes": [_actor(actor) for actor in network.stated.actors],
        "ties": [_tie(tie, network.choices) for tie in network.ties],
        "stands": [_stand(stand, within) for stand in network.stands],
        "shares_nothing": [actor.record.slug for actor in network.shares_nothing],
    }


def speaker_agreement(person: Person, sharing: Sharing, contrasts: Contrasts) -> SpeakerAgreement:
    return {
        "speaker": speaker_reference(person),
        "url": resource_url("speakers", person.slug, "agreement"),
        "html_url": f"{page_address('speaker', person.slug)}#others",
        "minimum": sharing.minimum,
        "people": [_shares(person, one) for one in sharing.people],
        "people_with_minimum": sharing.enough,
        "people_below_minimum": sharing.below,
        "propositions_compared": sharing.compared,
        "propositions_sided": sharing.sided,
        "differing": [_differing(one) for one in contrasts.shown],
        "differing_in_all": contrasts.total,
    }


def _actor(actor: CountedActor) -> Actor:
    record = actor.record
    if isinstance(record, Person):
        return {**speaker_reference(record), "kind": "speaker", "positions": actor.positions}
    return {**organization_reference(record), "kind": "organization", "positions": actor.positions}


def _tie(tie: networks.Tie, choices: Choices) -> Tie:
    counted = tie.counts
    two = [tie.one.record.slug, tie.other.record.slug]
    side_by_side = {"speaker": two} if choices.is_of_people else {"organization": two}
    if choices.actors is ActorKind.IDENTIFIED:
        side_by_side["basis"] = ["identified"]
    query = query_of(side_by_side)
    return {
        "one": two[0],
        "other": two[1],
        "weight": tie.weight,
        "congruence": counted.congruence,
        "conflict": counted.conflict,
        "divisor": counted.divisor,
        "shared": counted.shared,
        "agreed": counted.agreed,
        "opposed": counted.opposed,
        "url": f"{resource_url('compare')}{query}",
        "html_url": f"{page_address('compare')}{query}",
    }


def _stand(stand: networks.Stand, filters: Filters) -> Stand:
    actor, counted, proposition = stand.actor.record, stand.counts, stand.proposition
    theirs = replace(filters, speaker=(actor.slug,), proposition=(proposition.slug,)).as_parameters()
    is_person = isinstance(actor, Person)
    return {
        "actor": actor.slug,
        "proposition": proposition_reference(proposition, proposition.current_wording),
        "weight": stand.weight,
        "supports": counted.supports,
        "opposes": counted.opposes,
        "conditional": counted.conditional,
        "neutral": counted.neutral,
        "difference": counted.difference,
        "divisor": counted.divisor,
        "url": f"{resource_url('positions')}{query_of(theirs)}" if is_person else None,
        "html_url": f"{page_address('positions')}{query_of(theirs)}" if is_person else None,
    }


def _shares(person: Person, one: WithPerson) -> SharesWith:
    query = query_of({"speaker": [person.slug, one.person.slug]})
    return {
        "speaker": speaker_reference(one.person),
        "shared": one.shared.total,
        "agreed": one.agreed,
        "disagreed": one.disagreed,
        "mixed": one.mixed,
        "propositions": [_shared(on) for on in one.listed],
        "url": f"{resource_url('compare')}{query}",
        "html_url": f"{page_address('compare')}{query}",
    }


def _shared(on: OnProposition) -> SharedProposition:
    return {
        "proposition": proposition_reference(on.proposition, on.proposition.current_wording),
        "own": [stance.value for stance in on.own],
        "theirs": [stance.value for stance in on.theirs],
        "outcome": on.outcome.value,
    }


def _differing(contrast: Contrast) -> DifferingPositions:
    return {
        "proposition": proposition_reference(contrast.proposition, contrast.proposition.current_wording),
        "positions": [position(one) for one in contrast.positions],
        "is_in_order": contrast.is_in_order,
    }
