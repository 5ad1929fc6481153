from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from search.documents.document import Document, Texts, analysed, bilingual, together
from search.documents.shared import Shared
from search.documents.weights import weights
from search.naming import naming
from speakers.bilingual import columns
from speakers.models import Affiliation, Organization, Person


def build_people(shared: Shared, keys: list[int]) -> Iterator[Document]:
    """Three queries, and what `shared` does not know yet."""
    rows = list(Person.objects.public().filter(pk__in=keys).values("pk", *columns("name"), *columns("note")))
    held: dict[int, list[tuple[int, Texts]]] = defaultdict(list)
    affiliations = Affiliation.objects.public().filter(person__in=[row["pk"] for row in rows]).order_by("pk")
    for row in affiliations.values("person_id", "organization_id", *columns("role"), *columns("unit")):
        held[row["person_id"]].append((row["organization_id"], bilingual("context", row, "role", "unit")))
    shared.people.fetch(row["pk"] for row in rows)
    shared.organizations.fetch(organization for several in held.values() for organization, _texts in several)
    values = weights("person", [row["pk"] for row in rows])
    for row in rows:
        affiliated = held[row["pk"]]
        texts = together(
            bilingual("title", row, "name"),
            {"names": shared.people[row["pk"]].tokens},
            bilingual("text", row, "note"),
            *(part for organization, role in affiliated for part in (role, _context(shared, organization))),
        )
        names = naming(shared.people[row["pk"]].texts, "person")
        yield Document("person", row["pk"], texts, values[row["pk"]], names)


def build_organizations(shared: Shared, keys: list[int]) -> Iterator[Document]:
    """Two queries, and what `shared` does not know yet."""
    rows = list(
        Organization.objects.public()
        .filter(pk__in=keys)
        .values("pk", "parent_id", *columns("name"), *columns("note"))
    )  # fmt: skip
    shared.organizations.fetch(key for row in rows for key in (row["pk"], row["parent_id"]))
    values = weights("organization", [row["pk"] for row in rows])
    for row in rows:
        texts = together(
            bilingual("title", row, "name"),
            {"names": shared.organizations[row["pk"]].tokens},
            bilingual("text", row, "note"),
            _context(shared, row["parent_id"]),
        )
        names = naming(shared.organizations[row["pk"]].texts, "organization")
        yield Document("organization", row["pk"], texts, values[row["pk"]], names)


def _context(shared: Shared, organization: int | None) -> Texts:
    return {"context": analysed(*shared.organizations[organization].texts)}
