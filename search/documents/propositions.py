from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from debate.models import OrganizationRole
from positions.models import Position, Proposition, Topic, Wording
from search.documents.document import Document, Texts, analysed, bilingual, in_all_languages, together
from search.documents.shared import Shared
from search.documents.weights import weights
from search.naming import naming
from speakers.bilingual import columns


def build_propositions(shared: Shared, keys: list[int]) -> Iterator[Document]:
    """Four queries, and what `shared` does not know yet."""
    rows = list(Proposition.objects.public().filter(pk__in=keys).values_list("pk", "current_wording_id"))
    found = [key for key, _wording in rows]
    current = {wording for _key, wording in rows}
    worded: dict[int, list[Texts]] = defaultdict(list)
    names: dict[int, list[str]] = defaultdict(list)
    wordings = Wording.objects.public().filter(proposition__in=found).order_by("number")
    for row in wordings.values("pk", "proposition_id", *columns("text")):
        worded[row["proposition_id"]].append(bilingual("title" if row["pk"] in current else "text", row, "text"))
        names[row["proposition_id"]] += in_all_languages(row, "text")
    subjects = _subjects(shared, found)
    shared.propositions.fetch(found)
    values = weights("proposition", found)
    for key in found:
        about = shared.propositions[key]
        texts = together(
            *worded[key], *(shared.topics[topic] for topic in about.topics), {"context": analysed(*subjects[key])}
        )
        yield Document("proposition", key, texts, values[key], naming(names[key], "proposition"))


def build_topics(shared: Shared, keys: list[int]) -> Iterator[Document]:
    """Three queries."""
    described = (*columns("name"), *columns("description"))
    rows = list(Topic.objects.public().filter(pk__in=keys).values("pk", "parent_id", *described))
    parents = {row["parent_id"] for row in rows} - {None}
    above = {row["pk"]: row for row in Topic.objects.public().filter(pk__in=parents).values("pk", *columns("name"))}
    values = weights("topic", [row["pk"] for row in rows])
    for row in rows:
        parent = above.get(row["parent_id"], {})
        texts = together(
            bilingual("title", row, "name"), bilingual("text", row, "description"), bilingual("context", parent, "name")
        )
        names = naming(in_all_languages(row, "name"), "topic")
        yield Document("topic", row["pk"], texts, values[row["pk"]], names)


def _subjects(shared: Shared, propositions: list[int]) -> dict[int, list[str]]:
    """By proposition, every name of what the debates were about in which positions were taken on it."""
    rows = list(
        Position.objects.public()
        .filter(proposition__in=propositions, event__event_organizations__role=OrganizationRole.SUBJECT)
        .order_by()
        .values_list("proposition_id", "event__event_organizations__organization_id")
        .distinct()
    )
    shared.organizations.fetch(organization for _proposition, organization in rows)
    names: dict[int, list[str]] = defaultdict(list)
    for proposition, organization in rows:
        names[proposition] += shared.organizations[organization].texts
    return names
