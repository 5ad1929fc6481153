"""What is shown of a network as a file: CSV for spreadsheets, GraphML for network programs, JSON for all else."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypedDict

import orjson
from django.conf import settings
from django.utils.translation import override

from comparing.networks.choices import Choices
from comparing.networks.network import Network, Stand, Tie
from exchange import csv_text, licence
from exchange.xml_text import fit_for_xml
from positions.agreement import Duplicates, Measure, Normalisation, Share
from positions.models import Proposition
from positions.statements import Actor
from search.filters import Filters
from speakers.bilingual import LANGUAGES
from speakers.models import Person

NOTE = (
    "Ties are only over propositions that both took a stand on: silence is no stance."
    " Propositions are worded by the editors from what was said."
)
TIE_COLUMNS = [
    *("actor_1", *(f"actor_1_{language}" for language in LANGUAGES)),
    *("actor_2", *(f"actor_2_{language}" for language in LANGUAGES)),
    *("weight", "congruence", "conflict", "divisor", "shared", "agreed", "opposed"),
]
STAND_COLUMNS = [
    *("actor", *(f"actor_{language}" for language in LANGUAGES)),
    *("proposition", *(f"proposition_{language}" for language in LANGUAGES)),
    *("weight", "supports", "opposes", "conditional", "neutral", "difference", "divisor"),
]
_MEASURES = {
    Measure.CONGRUENCE: "sum over stances s of X_s·X_s^T: pairs of positions with the same stance on one proposition",
    Measure.CONFLICT: "ignore − congruence: pairs of positions with different stances on one proposition",
    Measure.SUBTRACT: "congruence − conflict",
    Measure.IGNORE: "(sum of X_s)·(sum of X_s)^T: pairs of positions on one proposition, whatever the stances",
}
_NORMALISATIONS = {
    Normalisation.NONE: "not divided",
    Normalisation.AVERAGE: "divided by half the sum of the two actors' numbers of counted positions",
    Normalisation.JACCARD: "divided by the sum over (proposition, stance): x·y where a pair counts, else x + y",
    Normalisation.COSINE: "divided by the product of the two actors' numbers of counted positions",
}
_SHARES = {
    Share.NONE: "supports − opposes",
    Share.ACTIVITY: "(supports − opposes) / the actor's number of counted positions",
    Share.PROMINENCE: "(supports − opposes) / the number of counted positions on the proposition, of the actors shown",
}
_DUPLICATES = {
    Duplicates.ALL: "every position counts",
    Duplicates.DEBATE: "one position for each actor, proposition, stance and debate",
    Duplicates.ONCE: "one position for each actor, proposition and stance",
}


def as_csv(network: Network, _about: dict[str, Any]) -> bytes:
    """One row a tie or stand."""
    columns, row = (TIE_COLUMNS, _of_tie) if network.choices.is_of_ties else (STAND_COLUMNS, _of_stand)
    rows = ([_short(cell) for cell in row(each).values()] for each in network.rows)
    return b"".join(csv_text.written(columns, rows))


def as_graphml(network: Network, about: dict[str, Any]) -> bytes:
    import networkx as nx  # heavy, and seldom asked for

    graph = nx.Graph(**{name: _in_xml(value) for name, value in _flat(about)})
    for node in _nodes(network):
        graph.add_node(node.pop("id"), **{name: _in_xml(value) for name, value in node.items()})
    for link in _links(network):
        graph.add_edge(link.pop("source"), link.pop("target"), **link)
    file = io.BytesIO()
    nx.write_graphml_xml(graph, file)  # the one that needs no lxml
    return file.getvalue()


def as_json(network: Network, about: dict[str, Any]) -> bytes:
    return orjson.dumps(
        {**about, "nodes": list(_nodes(network)), "links": list(_links(network))}, option=orjson.OPT_INDENT_2
    )


@dataclass(frozen=True, slots=True)
class Form:
    """A form of file: what it is called, its media type, and what writes it."""

    name: str
    media_type: str
    write: Callable[[Network, dict[str, Any]], bytes]


FORMS = {
    "csv": Form("CSV", csv_text.MEDIA_TYPE, as_csv),
    "graphml": Form("GraphML", "application/graphml+xml; charset=utf-8", as_graphml),
    "json": Form("JSON", "application/json", as_json),
}


def about(network: Network, filters: Filters, address: str, *, undated: int, version: int) -> dict[str, Any]:
    """What a reader of the file needs to know to understand it and to get it again.

    `undated` is how many positions more would fit but for having no date, `version` that of the record, read before
    the network was.
    """
    return {
        "title": "Agreement network" if network.choices.is_of_ties else "Stands of actors on propositions",
        "address": f"{settings.PUBLIC_URL}{address}",
        "record_version": version,
        "licence": licence.CODE,
        "licence_url": licence.URL,
        "note": NOTE,
        "settings": network.choices.as_settings(),
        "filters": filters.as_parameters(),
        "definitions": definitions(network.choices),
        "counts": counts(network, undated),
    }


class Counts(TypedDict):
    actors: int
    actors_in_all: int
    positions_found: int
    positions_counted: int
    positions_of_the_actors: int
    positions_read: int
    stands_after_duplicates: int
    left_out: dict[str, int]
    of_no_actor: int
    undated: int


def counts(network: Network, undated: int) -> Counts:
    """What was counted, and what was not."""
    stated = network.stated
    return {
        "actors": len(stated.actors),
        "actors_in_all": stated.all_actors,
        "positions_found": stated.found,
        "positions_counted": stated.counted,
        "positions_of_the_actors": stated.theirs,
        "positions_read": network.read,
        "stands_after_duplicates": network.positions,
        "left_out": {stance.value: number for stance, number in stated.left_out.items()},
        "of_no_actor": stated.nobodys,
        "undated": undated,
    }


def file_name(choices: Choices, form: str, debate: str = "") -> str:
    what = choices.measure if choices.is_of_ties else "stands"
    return "-".join(filter(None, ("agreement", debate, choices.actors, what))).replace("_", "-") + f".{form}"


def definitions(choices: Choices) -> dict[str, str]:
    if not choices.is_of_ties:
        return {"weight": _SHARES[choices.share], "duplicates": _DUPLICATES[choices.duplicates]}
    return {
        "measure": _MEASURES[choices.measure],
        "normalisation": _NORMALISATIONS[choices.normalisation],
        "duplicates": _DUPLICATES[choices.duplicates],
        "people": "pairs of positions that one person states, counted for both actors, are left out",
    }


def _nodes(network: Network) -> Iterator[dict[str, Any]]:
    for actor in network.stated.actors:
        yield {**_node(actor.record), "positions": actor.positions}
    propositions = {stand.proposition.pk: stand.proposition for stand in network.stands}
    yield from map(_node, propositions.values())


def _node(record: Any) -> dict[str, Any]:
    kind = _kind(record)
    texts, name = (record.current_wording, "text") if isinstance(record, Proposition) else (record, "name")
    names = {f"name_{language}": getattr(texts, f"{name}_{language}") for language in LANGUAGES}
    return {"id": f"{kind}:{record.slug}", "kind": kind, **names, "address": _address(record)}


def _kind(record: Any) -> str:
    if isinstance(record, Proposition):
        return "proposition"
    return "person" if isinstance(record, Person) else "organization"


def _address(record: Any) -> str:
    with override(settings.LANGUAGE_CODE):
        return f"{settings.PUBLIC_URL}{record.get_absolute_url()}"


def _links(network: Network) -> Iterator[dict[str, Any]]:
    for tie in network.ties:
        yield {"source": _id(tie.one.record), "target": _id(tie.other.record), **_figures(tie)}
    for stand in network.stands:
        yield {"source": _id(stand.actor.record), "target": _id(stand.proposition), **_figures(stand)}


def _id(record: Any) -> str:
    return f"{_kind(record)}:{record.slug}"


def _figures(row: Tie | Stand) -> dict[str, Any]:
    counts: Any = row.counts
    names = (
        ("congruence", "conflict", "divisor", "shared", "agreed", "opposed")
        if isinstance(row, Tie)
        else ("supports", "opposes", "conditional", "neutral", "difference", "divisor")
    )
    return {"weight": row.weight, **{name: getattr(counts, name) for name in names}}


def _of_tie(tie: Any) -> dict[str, Any]:
    return {**_cells("actor_1", tie.one), **_cells("actor_2", tie.other), **_figures(tie)}


def _of_stand(stand: Any) -> dict[str, Any]:
    wording = stand.proposition.current_wording
    texts = {f"proposition_{language}": getattr(wording, f"text_{language}") for language in LANGUAGES}
    return {**_cells("actor", stand.actor), "proposition": stand.proposition.slug, **texts, **_figures(stand)}


def _cells(name: str, actor: Actor) -> dict[str, Any]:
    names = {f"{name}_{language}": getattr(actor.record, f"name_{language}") for language in LANGUAGES}
    return {name: actor.record.slug, **names}


def _short(cell: Any) -> Any:
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def _in_xml(value: Any) -> Any:
    return fit_for_xml(value) if isinstance(value, str) else value


def _flat(values: dict[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """GraphML knows no values within values."""
    for name, value in values.items():
        match value:
            case dict():
                yield from _flat(value, f"{before}{name}.")
            case list():
                yield f"{before}{name}", ", ".join(map(str, value))
            case _:
                yield f"{before}{name}", str(value) if isinstance(value, str) else value
