"""People and organizations, with their other names and affiliations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.scale.rows import Making, column, insert, pour
from speakers.models import Affiliation, Name, NameKind, Organization, OrganizationKind, Person
from speakers.romanization import romanize

_KOREAN_SHARE = 0.7
_KINDS = {
    OrganizationKind.COMPANY: (25, "Company", "회사"),
    OrganizationKind.UNIVERSITY: (20, "University", "대학교"),
    OrganizationKind.ASSOCIATION: (18, "Association", "협회"),
    OrganizationKind.AGENCY: (12, "Agency", "청"),
    OrganizationKind.RESEARCH_GROUP: (10, "Institute", "연구원"),
    OrganizationKind.MINISTRY: (6, "Ministry", "부"),
    OrganizationKind.MEDIA: (5, "News", "신문"),
    OrganizationKind.PARTY: (3, "Party", "당"),
    OrganizationKind.LEGISLATURE: (1, "Assembly", "의회"),
}
_ROLES = {
    "Professor": "교수", "Director": "국장", "Member": "위원", "Chief executive": "대표", "Researcher": "연구위원",
    "Reporter": "기자", "Secretary general": "사무총장", "Lawyer": "변호사",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whom the debates choose from."""

    person: Person
    organization: Organization
    affiliation: Affiliation
    role: tuple[str, str]  # in English and in Korean


def make_organizations(making: Making, count: int) -> list[Organization]:
    organizations = insert(Organization, (_organization(making, number) for number in range(count)))
    for organization in organizations[count // 2 :: 5]:  # a fifth of the lesser ones is part of a greater one
        organization.parent = making.random.choice(organizations[: max(1, count // 10)])
    Organization.objects.bulk_update(organizations[count // 2 :: 5], ["parent"], batch_size=500)
    pour(Name, _initials(making, organizations))
    return organizations


def make_speakers(making: Making, count: int, organizations: list[Organization]) -> list[Speaker]:
    people = insert(Person, (_person(making, number) for number in range(count)))
    pour(Name, _other_spellings(making, people))
    chosen = [
        (person, making.random.choice(organizations), *making.random.choice(list(_ROLES.items()))) for person in people
    ]
    affiliations = insert(
        Affiliation,
        (
            Affiliation(
                public_id=making.public_id(),
                person=person,
                organization=organization,
                role_en=english,
                role_ko=korean,
                source_language=person.source_language,
            )
            for person, organization, english, korean in chosen
        ),
    )
    return [
        Speaker(person, organization, affiliation, (english, korean))
        for (person, organization, english, korean), affiliation in zip(chosen, affiliations, strict=True)
    ]


def _organization(making: Making, number: int) -> Organization:
    kind = making.weighted({kind: weight for kind, (weight, *_rest) in _KINDS.items()})
    _weight, english, korean = _KINDS[kind]
    word, noun = making.writer.rare_word(), making.writer.rare_noun()
    return Organization(
        slug=f"organization-{number}",
        name_en=f"{word.capitalize()} {making.writer.rare_word().capitalize()} {english}",
        name_ko=f"{noun}{korean}",
        kind=kind,
        source_language="ko",
    )


def _initials(making: Making, organizations: list[Organization]) -> Iterator[Name]:
    for organization in organizations:
        if making.random.random() < 0.4:
            initials = "".join(word[0] for word in column(organization, "name_en").split())
            yield Name(organization=organization, text=f"{initials}{organization.slug.split('-')[1]}", language="en")


def _person(making: Making, number: int) -> Person:
    if making.random.random() < _KOREAN_SHARE:
        korean = making.writer.korean_name()
        return Person(slug=f"person-{number}", name_en=_romanised(korean), name_ko=korean, source_language="ko")
    return Person(slug=f"person-{number}", name_en=making.writer.latin_name())


def _romanised(korean: str, hyphen: str = "") -> str:
    """Family name first, the two syllables of the given name with `hyphen` between."""
    *family, first, second = list(korean)
    return f"{romanize(''.join(family)).capitalize()} {romanize(first).capitalize()}{hyphen}{romanize(second)}"


def _other_spellings(making: Making, people: list[Person]) -> Iterator[Name]:
    for person in people:
        if (korean := column(person, "name_ko")) and making.random.random() < 0.2:
            spelling = _romanised(korean, hyphen="-")
            yield Name(person=person, text=spelling, language="en", kind=NameKind.ROMANISED)
