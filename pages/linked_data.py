"""The record in the words of schema.org, for search engines and other readers of data.

Only what is public and known is said: what has no date gets none. Nothing here asks the database; each part reads what
the view of its page fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from debate.models import Event, EventKind, OrganizationRole, Session, Source, SourceKind
from exchange import licence
from pages import known_dates
from pages.citing.citation import editors
from pages.names import NameForm
from pages.reader import reader_language
from pages.templatetags.site import public_address, site_description, site_name
from pages.titles import narrow_to_wide, position_title, title
from positions.models import Position, Proposition, Topic
from speakers.bilingual import LANGUAGES
from speakers.models import Affiliation, Organization, OrganizationKind, Person

type Thing = dict[str, Any]

CONTEXT = "https://schema.org"
_ORGANIZATIONS: dict[str, str] = {
    OrganizationKind.PARTY: "PoliticalParty",
    OrganizationKind.LEGISLATURE: "GovernmentOrganization",
    OrganizationKind.MINISTRY: "GovernmentOrganization",
    OrganizationKind.AGENCY: "GovernmentOrganization",
    OrganizationKind.UNIVERSITY: "CollegeOrUniversity",
    OrganizationKind.COMPANY: "Corporation",
    OrganizationKind.RESEARCH_GROUP: "ResearchOrganization",
    OrganizationKind.MEDIA: "NewsMediaOrganization",
}
_SOURCES: dict[str, str] = {
    SourceKind.ARTICLE: "NewsArticle",
    SourceKind.VIDEO: "VideoObject",
    SourceKind.AUDIO: "AudioObject",
    SourceKind.SLIDES: "PresentationDigitalDocument",
}
_SECTIONS: dict[type[Model], tuple[str, Callable[[], str]]] = {
    Event: ("debates", lambda: _("Debates")),
    Person: ("speakers", lambda: _("Speakers")),
    Organization: ("organizations", lambda: _("Organizations")),
    Topic: ("topics", lambda: _("Topics")),
    Proposition: ("propositions", lambda: _("Propositions")),
    Position: ("positions", lambda: _("Positions")),
    Source: ("sources", lambda: _("Sources")),
}


def website() -> Thing:
    """With its search, for the home page."""
    search = {
        "@type": "SearchAction",
        "target": {
            "@type": "EntryPoint",
            "urlTemplate": f"{public_address(reverse('pages:search'))}?q={{search_term_string}}",
        },
        "query-input": "required name=search_term_string",
    }
    site = {
        **_site(),
        "url": public_address(reverse("pages:home")),
        "description": site_description(),
        "inLanguage": list(LANGUAGES),
        "license": licence.URL,
        "publisher": _editors(),
        "potentialAction": search,
    }
    return _graph(site)


def of_record(
    record: Any,
    *,
    names: Iterable[NameForm] = (),
    affiliations: Iterable[Affiliation] = (),
    sessions: Iterable[Session] = (),
) -> Thing:
    """What the page of the record is about, and the way to it."""
    match record:
        case Event():
            thing = _event(record, sessions)
        case Person():
            thing = _person(record, names, affiliations)
        case Organization():
            thing = _organization(record, names)
        case Topic():
            thing = _topic(record)
        case Proposition():
            thing = _proposition(record)
        case Position():
            thing = _position(record)
        case _:
            thing = _source(record)
    page = {
        "@type": "WebPage",
        "url": _url(record),
        "inLanguage": reader_language(),
        "dateModified": record.updated_at.isoformat(),
        "license": licence.URL,
        "isPartOf": _site(),
    }
    return _graph({**thing, "mainEntityOfPage": page}, _way_to(record))


def of_list(heading: str, path: str, records: Iterable[Any], first: int) -> Thing:
    """A page of a list; `first` is the place of its first entry in the whole."""
    entries = [
        {"@type": "ListItem", "position": place, "url": _url(record), "name": title(record)}
        for place, record in enumerate(records, start=first)
    ]
    page = {
        "@type": "CollectionPage",
        "name": heading,
        "url": public_address(path),
        "inLanguage": reader_language(),
        "isPartOf": _site(),
        "mainEntity": {"@type": "ItemList", "itemListElement": entries},
    }
    return _graph(page)


def _event(event: Event, sessions: Iterable[Session]) -> Thing:
    """A publication is no gathering, but schema.org has an event for it too."""
    parts: dict[str, list[Thing]] = {role: [] for role in OrganizationRole.values}
    for part in event.event_organizations.all():
        parts[part.role].append(_linked(part.organization))
    present = {
        appearance.speaker: None
        for session in sessions
        for appearance in session.appearances.all()
        if not appearance.is_absent and not isinstance(appearance.speaker, str)
    }
    return _known(
        {
            "@type": "PublicationEvent" if event.kind == EventKind.PUBLICATION else "Event",
            "@id": _identity(event),
            "name": str(event.title),
            "alternateName": _otherwise(event, "title"),
            "description": _("Summary by the editors: %(summary)s") % {"summary": event.summary}
            if event.summary
            else "",
            "url": _url(event),
            "startDate": known_dates.start(event.date),
            "endDate": known_dates.end(event.date),
            "inLanguage": event.languages,
            "location": _place(event),
            "organizer": parts[OrganizationRole.HOST] + parts[OrganizationRole.CO_HOST],
            "sponsor": parts[OrganizationRole.SPONSOR],
            "about": parts[OrganizationRole.SUBJECT],
            "performer": [_linked(speaker) for speaker in present],
        }
    )


def _place(event: Event) -> Thing:
    name = narrow_to_wide(event.venue_room, event.venue_name)
    town, country = str(event.venue_locality), event.venue_country
    address = _known({"@type": "PostalAddress", "addressLocality": town, "addressCountry": country})
    if not name and not town and not country:
        return {}
    return _known({"@type": "Place", "name": name, "address": address if town or country else {}})


def _person(person: Person, names: Iterable[NameForm], affiliations: Iterable[Affiliation]) -> Thing:
    return _known(
        {
            **_linked(person),
            "alternateName": _others(names, str(person.name)),
            "description": str(person.note),
            "affiliation": [_role(held) for held in affiliations],
            "sameAs": _elsewhere(person),
        }
    )


def _role(held: Affiliation) -> Thing:
    """schema.org puts what is said of a relation into one between the two: hence `affiliation` within `affiliation`."""
    return _known(
        {
            "@type": "OrganizationRole",
            "roleName": narrow_to_wide(held.role, held.unit),
            "startDate": known_dates.start(held.period),
            "endDate": known_dates.end(held.period),
            "affiliation": _linked(held.organization),
        }
    )


def _organization(organization: Organization, names: Iterable[NameForm]) -> Thing:
    parent = organization.parent
    return _known(
        {
            **_linked(organization),
            "alternateName": _others(names, str(organization.name)),
            "description": str(organization.note),
            "parentOrganization": _linked(parent) if parent and parent.is_public else {},
            "sameAs": _elsewhere(organization),
        }
    )


def _topic(topic: Topic) -> Thing:
    terms = {"@type": "DefinedTermSet", "name": _("Topics"), "url": public_address(reverse("pages:topics"))}
    return _known(
        {
            **_term(topic),
            "alternateName": _otherwise(topic, "name"),
            "description": str(topic.description),
            "inDefinedTermSet": terms,
        }
    )


def _proposition(proposition: Proposition) -> Thing:
    """Nobody's claim: a sentence that the editors worded, to be for or against."""
    return _known(
        {
            **_sentence(proposition, title(proposition)),
            "text": title(proposition),
            "alternateName": _otherwise(proposition.current_wording, "text") if proposition.current_wording else [],
            "disambiguatingDescription": _("The wording is the editors’, made afterwards from what was said."),
            "claimInterpreter": _editors(),
            "about": [_term(topic) for topic in proposition.public_topics],  # type: ignore[attr-defined]  # fetched
        }
    )


def _position(position: Position) -> Thing:
    """The words are the editors' and the speaker is no author of them, but among what they are about."""
    speaker = position.appearance.speaker
    about = [_sentence(position.proposition, str(position.wording))]
    if not isinstance(speaker, str):
        about.insert(0, _linked(speaker))
    sources = {evidence.source: None for evidence in position.evidence.all()}
    return _known(
        {
            "@type": "Claim",
            "@id": _identity(position),
            "name": position_title(position),
            "url": _url(position),
            "text": str(position.summary),
            "disambiguatingDescription": _("The editors’ paraphrase, not the speaker’s words"),
            "inLanguage": position.summary.language,
            "claimInterpreter": _editors(),
            "about": about,
            "appearance": [_work(source) for source in sources],
            "subjectOf": {"@type": "Event", "name": str(position.event.title), "url": _url(position.event)},  # type: ignore[union-attr]
        }
    )


def _source(source: Source) -> Thing:
    return _known(
        {
            **_work(source),
            "@id": _identity(source),
            "description": str(source.description) if source.title else "",
            "archivedAt": source.archived_url,
            "license": source.licence,
        }
    )


def _work(source: Source) -> Thing:
    """What a source is by itself, wherever it can be looked up, with its page here as a fallback."""
    return _known(
        {
            "@type": _SOURCES.get(source.kind, "CreativeWork"),
            "name": title(source),
            "url": source.url or source.archived_url or _url(source),
            "author": source.author,
            "publisher": {"@type": "Organization", "name": source.publisher} if source.publisher else {},
            "datePublished": known_dates.start(source.date) if "/" not in source.date else "",
            "inLanguage": source.language,
        }
    )


def _sentence(proposition: Any, wording: str) -> Thing:
    return {"@type": "Claim", "@id": _identity(proposition), "name": wording, "url": _url(proposition)}


def _term(topic: Topic) -> Thing:
    return {"@type": "DefinedTerm", "@id": _identity(topic), "name": str(topic.name), "url": _url(topic)}


def _linked(record: Person | Organization) -> Thing:
    kind = _ORGANIZATIONS.get(record.kind, "Organization") if isinstance(record, Organization) else "Person"
    return {"@type": kind, "@id": _identity(record), "name": str(record.name), "url": _url(record)}


def _site() -> Thing:
    return {"@type": "WebSite", "@id": f"{settings.PUBLIC_URL}/#site", "name": site_name()}


def _editors() -> Thing:
    return {"@type": "Organization", "@id": f"{settings.PUBLIC_URL}/#editors", "name": editors()}


def _way_to(record: Any) -> Thing:
    section, heading = _SECTIONS[type(record)]
    steps = [
        (_("Home"), public_address(reverse("pages:home"))),
        (heading(), public_address(reverse(f"pages:{section}"))),
        (title(record), _url(record)),
    ]
    entries = [
        {"@type": "ListItem", "position": place, "name": name, "item": address}
        for place, (name, address) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": entries}


def _elsewhere(record: Person | Organization) -> list[str]:
    """Pages about the same; a link of the record may lead to any page, and is not said to be one."""
    return [
        f"https://www.wikidata.org/entity/{identifier.value}"
        for identifier in record.identifiers.all()
        if identifier.scheme == "wikidata"
    ]


def _others(names: Iterable[NameForm], name: str) -> list[str]:
    return list(dict.fromkeys(form.text for form in names if form.text != name))


def _otherwise(record: Any, attribute: str) -> list[str]:
    """The same text in the other languages."""
    texts = (getattr(record, f"{attribute}_{language}") for language in LANGUAGES)
    return [text for text in texts if text and text != str(getattr(record, attribute))]


def _identity(record: Any) -> str:
    """What a thing is known by in both languages: the address of its page in English, marked as not the page itself."""
    with override(settings.LANGUAGE_CODE):
        return f"{_url(record)}#it"


def _url(record: Any) -> str:
    return public_address(record.get_absolute_url())


def _known(thing: Thing) -> Thing:
    return {name: value for name, value in thing.items() if value}


def _graph(*things: Thing) -> Thing:
    return {"@context": CONTEXT, "@graph": list(things)}
