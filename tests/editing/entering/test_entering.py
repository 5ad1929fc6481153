from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from debate.models import Appearance, Capacity, Event, EventSource, Session, Source
from debate.publishing import Status
from review.models import Revision
from speakers.models import Affiliation, Organization, Person
from tests.editing.entering.sheet import KOREAN, written
from tests.factories import (
    AffiliationFactory,
    CapacityFactory,
    OrganizationFactory,
    PersonFactory,
    SourceFactory,
)
from tests.review.people import person_as

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/new-debate/"
MADE = (Event, Source, Session, Appearance, Capacity, Person, Organization, Affiliation)


@pytest.fixture
def contributor(client):
    client.force_login(person_as("contributor", is_staff=True))
    return client


@pytest.fixture
def reviewer(client):
    client.force_login(person_as("reviewer", is_staff=True))
    return client


def make(client, data):
    response = client.post(ADDRESS, data | {"step": "make"})
    assert response.status_code == 302, mistakes(response)
    return Event.objects.get(slug=response.url.split("/")[-3])


def check(client, data):
    return client.post(ADDRESS, data | {"step": "check"})


def mistakes(response):
    """By cell."""
    entry = response.context["entry"]
    forms = [entry.event, entry.source, *entry.hosts.forms, *entry.sessions.forms, *entry.rows.forms]
    return {f"{form.prefix}-{name}": " ".join(errors) for form in forms for name, errors in form.errors.items()} | (
        {"rows": str(entry.rows.non_form_errors())} if entry.rows.non_form_errors() else {}
    )


def counts():
    return {model.__name__: model.objects.count() for model in MADE}


def of_row(cells, at=0):
    return {f"rows__{at}-{name}": cell for name, cell in cells.items()}


def test_twelve_people_of_a_korean_article_are_made_as_drafts_in_their_own_language(contributor):
    event = make(contributor, written(hosts=[("정보사회연구원", "host"), ("국회", "co_host")]))
    assert (event.status, event.is_public, event.source_language) == (Status.DRAFT, False, "ko")
    assert (event.title_ko, event.title_en, event.date, event.languages) == (
        "공공 데이터 토론회",
        "",
        "2025-03-04",
        ["ko"],
    )
    assert [(one.organization.name_ko, one.role) for one in event.event_organizations.all()] == [
        ("정보사회연구원", "host"),
        ("국회", "co_host"),
    ]
    (source,) = event.sources.all()
    assert (source.title, source.language, source.kind) == ("공공 데이터, 누구의 것인가", "ko", "article")
    assert EventSource.objects.get(event=event).role == "coded"
    assert [(one.kind, one.order, str(one.title)) for one in event.sessions.order_by("order")] == [
        ("presentation", 1, ""),
        ("discussion", 2, ""),
        ("closing", 3, ""),
    ]
    assert counts() == {
        "Event": 1, "Source": 1, "Session": 3, "Appearance": 12, "Capacity": 12, "Person": 12,
        "Organization": 9, "Affiliation": 12,
    }  # fmt: skip
    first = Appearance.objects.get(person__name_ko="김서연")
    assert (first.role, first.name_as_printed, first.source) == ("presenter", "김서연", source)
    capacity = first.capacities.get()
    assert (capacity.organization_name_ko, capacity.role_ko, capacity.unit_ko) == ("한빛대학교", "교수", "법학과")
    assert (capacity.basis, capacity.source_language, capacity.role_en) == ("identified_as", "ko", "")
    assert (capacity.affiliation.organization, capacity.affiliation.period) == (capacity.organization, "")
    assert not Person.objects.exclude(source_language="ko", name_en="").exists()


def test_what_will_be_made_is_shown_first_and_nothing_is_written(contributor):
    response = check(contributor, written(hosts=[("국회", "host")]))
    assert response.status_code == 200
    assert list(response.context["summary"].counts) == [
        "12 new people", "9 new organizations", "3 sessions",
        "12 appearances", "12 capacities",
    ]  # fmt: skip
    assert set(counts().values()) == {0}
    sent = dict(response.context["sent"])
    assert sent["rows-11-name"] == "오태양"
    event = make(contributor, sent)
    assert event.title_ko == "공공 데이터 토론회"


def test_a_mistake_in_the_eleventh_row_is_told_there_and_nothing_is_half_written(contributor):
    rows = list(KOREAN)
    rows[10] = (*rows[10][:5], "왕")
    response = contributor.post(ADDRESS, written(rows) | {"step": "make", "rows-3-locator": "somewhere"})
    assert response.status_code == 422
    found = mistakes(response)
    assert set(found) == {"rows-10-role_there", "rows-3-locator"}
    assert "왕" in found["rows-10-role_there"] and "moderator" in found["rows-10-role_there"]
    assert set(counts().values()) == {0}
    assert 'value="왕"' in response.text and 'value="somewhere"' in response.text and 'value="오태양"' in response.text


def test_what_only_the_record_refuses_takes_everything_back(contributor, monkeypatch):
    from django.core.exceptions import ValidationError

    def refuse(self):
        if self.name_as_printed == "한소율":
            raise ValidationError("not this one")

    monkeypatch.setattr(Appearance, "clean", refuse)
    response = contributor.post(ADDRESS, written() | {"step": "make"})
    assert response.status_code == 422
    assert mistakes(response) == {"rows-10-__all__": "not this one"}
    assert set(counts().values()) == {0}


def test_every_part_tells_its_mistakes_at_once(contributor):
    data = written(
        [("", "국회"), ("이도윤", "푸른데이터", "", "", "제1부", "발제자")],
        event__title="",
        event__date="12 March",
        event__venue_country="Korea",
        source__title="",
        source__url="javascript:alert(1)",
    )
    response = check(contributor, data)
    assert response.status_code == 422
    assert set(mistakes(response)) == {
        "event-title", "event-date", "event-venue_country", "source-title", "source-url",
        "rows-0-name", "rows-0-role_there", "sessions-0-kind",
    }  # fmt: skip
    assert response.context["entry"].sessions.forms[0]["title"].value() == "제1부"


def test_nobody_is_no_debate(contributor):
    response = check(contributor, written([]))
    assert "Name somebody who appeared." in mistakes(response)["rows"]


def test_a_name_that_is_known_is_not_made_again_before_somebody_says_so(contributor):
    known = AffiliationFactory(person__name_en="Kim Seo-yeon", person__name_ko="김서연", role_en="Lawyer").person
    response = check(contributor, written(KOREAN[:2]))
    assert response.status_code == 422
    assert set(mistakes(response)) == {"rows-0-name"}
    assert "김서연" in mistakes(response)["rows-0-name"] and "Lawyer" in mistakes(response)["rows-0-name"]
    same = make(contributor, written(KOREAN[:2], **of_row({"person": str(known.pk)})))
    assert Appearance.objects.filter(session__event=same, person=known).exists()
    assert Person.objects.count() == 2


def test_a_namesake_is_made_where_somebody_says_so(contributor):
    PersonFactory(name_ko="김서연", name_en="")
    make(contributor, written(KOREAN[:2], **of_row({"person": "new"})))
    assert Person.objects.filter(name_ko="김서연").count() == 2
    assert len({person.slug for person in Person.objects.all()}) == 3


def test_a_spelling_in_other_letters_is_noticed(contributor):
    PersonFactory(name_en="Kim Seo-yeon", name_ko="")
    assert set(mistakes(check(contributor, written(KOREAN[:2])))) == {"rows-0-name"}


def test_name_and_organization_together_say_who_it_is(contributor):
    known = AffiliationFactory(
        person__name_ko="김서연", organization__name_ko="한빛대학교", role_ko="교수", unit_ko="법학과"
    )
    event = make(contributor, written(KOREAN[:2]))
    assert Appearance.objects.get(session__event=event, person=known.person).capacities.get().affiliation == known
    assert Organization.objects.filter(name_ko="한빛대학교").count() == 1


def test_two_new_namesakes_are_two(contributor):
    rows = [
        {"name": "김민지", "organization": "국회", "session": "토론", "role_there": "토론자", "person": "new"},
        {"name": "김민지", "organization": "새벽일보", "role_there": "토론자", "person": "another"},
    ]
    make(contributor, written(rows))
    assert Person.objects.filter(name_ko="김민지").count() == 2
    assert Appearance.objects.count() == 2


def test_several_rows_are_one_appearance_in_several_capacities_or_several_appearances(contributor):
    rows = [
        ("김서연", "한빛대학교", "교수", "", "발제", "발제자"),
        ("", "정보사회연구원", "비상임위원", "", "", "", "기관을 대표한 발언"),
        ("김서연", "한빛대학교", "교수", "", "토론", "토론자"),
    ]
    response = check(contributor, written(rows))
    first, second = (part.appearances for part in response.context["summary"].programme)
    assert (first[0].capacities, first[0].rows) == (
        ("교수, 한빛대학교", "비상임위원, 정보사회연구원 · on behalf of"),
        "1, 2",
    )
    assert second[0].rows == "3"
    event = make(contributor, written(rows))
    assert Person.objects.count() == 1
    there, later = Appearance.objects.filter(session__event=event).order_by("session__order")
    assert [(one.organization_name_ko, one.basis, one.order) for one in there.capacities.all()] == [
        ("한빛대학교", "identified_as", 1),
        ("정보사회연구원", "on_behalf_of", 2),
    ]
    assert (there.role, later.role) == ("presenter", "panellist")
    assert Affiliation.objects.count() == 2


def test_the_same_said_twice_is_a_mistake(contributor):
    found = mistakes(check(contributor, written([KOREAN[0], KOREAN[0]])))
    assert found == {"rows-1-__all__": "This row says the same as row 1."}


def test_an_organization_may_speak_for_itself_and_somebody_may_be_unnamed(contributor):
    known = OrganizationFactory(name_ko="전국개발자협회", name_en="")
    rows = [
        {"name": "전국개발자협회", "person": f"organization:{known.pk}", "session": "토론", "role_there": "토론자"},
        {"name": "방청객", "person": "label", "role_there": "질의자"},
        {"name": "시민모임 봄", "person": "organization:new", "role_there": "토론자"},
    ]
    event = make(contributor, written(rows))
    first, second, third = Appearance.objects.filter(session__event=event).order_by("order")
    assert (first.organization, first.person) == (known, None)
    assert (second.label, second.name_as_printed) == ("방청객", "")
    assert third.organization.name_ko == "시민모임 봄"
    assert Person.objects.count() == 0


def test_printed_forms_doubts_and_places_are_kept(contributor):
    row = {
        "name": "김서연", "organization": "한빛대학교", "role": "교수", "session": "1", "role_there": "발제자",
        "name_as_printed": "김서연 박사", "organization_as_printed": "한빛대", "locator": "¶ 3", "doubtful": "on",
        "note": "동명이인일 수 있다",
    }  # fmt: skip
    event = make(contributor, written([row], sessions=[("제1부 발제", "presentation")]))
    appearance = Appearance.objects.get(session__event=event)
    capacity = appearance.capacities.get()
    assert (appearance.name_as_printed, appearance.locator) == ("김서연 박사", "¶ 3")
    assert (capacity.organization_name_ko, capacity.organization.name_ko) == ("한빛대", "한빛대학교")
    assert (capacity.is_doubtful, capacity.note_ko) == (True, "동명이인일 수 있다")
    assert str(appearance.session.title) == "제1부 발제"


def test_what_belongs_to_a_capacity_needs_one(contributor):
    row = {"name": "김서연", "session": "토론", "role_there": "토론자", "unit": "법학과", "doubtful": "on"}
    assert set(mistakes(check(contributor, written([row])))) == {"rows-0-unit", "rows-0-doubtful"}


def test_somebody_in_no_capacity_appears_all_the_same(contributor):
    event = make(contributor, written([{"name": "김서연", "session": "토론", "role_there": "토론자"}]))
    assert Appearance.objects.get(session__event=event).capacities.count() == 0


def _public_pair():
    """Of a person and an organization whom a published debate shows, in no affiliation with each other."""
    appearance = CapacityFactory(appearance__person__name_ko="김서연").appearance
    other = CapacityFactory(organization__name_ko="한빛대학교").organization
    person = Person.objects.get(pk=appearance.person_id)
    assert person.is_public and Organization.objects.get(pk=other.pk).is_public
    return person, other


def test_an_affiliation_that_the_public_would_see_waits_and_the_debate_is_made(contributor):
    person, organization = _public_pair()
    data = written(KOREAN[:2], **of_row({"person": str(person.pk), "affiliated": str(organization.pk)}))
    shown = check(contributor, data)
    assert [who.endswith("한빛대학교") or "교수" in who for who in shown.context["waiting"]] == [True]
    event = make(contributor, data)
    (waiting,) = Revision.objects.all()
    assert (waiting.values["person"], waiting.values["organization"]) == (person.pk, organization.pk)
    assert event.title_ko in waiting.comment
    capacity = Capacity.objects.get(appearance__session__event=event, appearance__person=person)
    assert (capacity.affiliation, capacity.organization, capacity.role_ko) == (None, organization, "교수")


def test_who_may_publish_keeps_nothing_waiting(reviewer):
    person, organization = _public_pair()
    data = written(KOREAN[:2], **of_row({"person": str(person.pk), "affiliated": str(organization.pk)}))
    assert check(reviewer, data).context["waiting"] == []
    event = make(reviewer, data)
    assert Revision.objects.count() == 0
    affiliation = Affiliation.objects.get(person=person)
    assert Capacity.objects.get(appearance__session__event=event, appearance__person=person).affiliation == affiliation


def test_one_entry_sent_twice_makes_one_debate(contributor):
    first = make(contributor, written())
    assert make(contributor, written()) == first
    assert Event.objects.count() == 1
    assert first.sessions.order_by("order")[0].public_id == "kwertyui"


def test_an_entry_sent_twice_at_the_same_moment_makes_one_debate(contributor, monkeypatch):
    from editing.entering import making

    first = make(contributor, written(KOREAN[:2]))
    answers = iter([None])  # the second does not see the first yet when it begins
    seen = making.made_already
    monkeypatch.setattr(making, "made_already", lambda mark: next(answers, seen(mark)))
    again = written([(f"{name} 2", *rest) for name, *rest in KOREAN[:2]])
    assert make(contributor, again) == first
    assert Event.objects.count() == 1
    assert not Person.objects.filter(name_ko__endswith="2").exists()


def test_a_source_in_the_record_is_taken_and_one_of_the_same_address_is_pointed_out(contributor):
    source = SourceFactory(url="https://news.example/1", title="공공 데이터")
    found = mistakes(check(contributor, written(KOREAN[:2], source__url="https://news.example/1")))
    assert set(found) == {"source-url"} and "공공 데이터" in found["source-url"]
    event = make(contributor, written(KOREAN[:2], source__known="공공 데이터", source__chosen=str(source.pk)))
    assert list(event.sources.all()) == [source]
    assert Source.objects.count() == 1


def test_a_source_that_is_named_and_not_chosen_is_asked_about(contributor):
    SourceFactory(title="공공 데이터")
    response = check(contributor, written(KOREAN[:2], source__known="공공"))
    assert set(mistakes(response)) == {"source-known"}
    assert [offer.label for offer in response.context["source_offers"]] == ["공공 데이터"]


def test_names_in_one_session_are_of_one_session_however_it_is_named(contributor):
    rows = [
        ("김서연", "", "", "", "1", "발제자"),
        ("이도윤", "", "", "", "제1부", "발제자"),
        ("박하준", "", "", "", "토론", "사회자"),
        ("최지우", "", "", "", "종합 토론", "토론자"),
    ]
    event = make(contributor, written(rows, sessions=[("제1부", "presentation"), ("", "discussion")]))
    assert [
        (session.kind, session.title_ko, session.appearances.count()) for session in event.sessions.order_by("order")
    ] == [("presentation", "제1부", 2), ("discussion", "", 1), ("discussion", "종합 토론", 1)]


def test_without_a_script_a_table_is_pasted_and_rows_are_added(contributor):
    data = written(KOREAN[:1]) | {"step": "paste", "pasted": "이름\t소속\n이도윤\t푸른데이터\n박하준\t국회"}
    response = contributor.post(ADDRESS, data)
    values = [form["name"].value() for form in response.context["entry"].rows.forms]
    assert values[:3] == ["김서연", "이도윤", "박하준"]
    assert response.status_code == 200 and "errornote" not in response.text
    more = contributor.post(ADDRESS, written(KOREAN[:1]) | {"step": "rows"})
    assert len(more.context["entry"].rows.forms) == 11


def test_pasted_rows_come_with_whom_they_may_mean(contributor):
    person = PersonFactory(name_ko="박하준", name_en="")
    answer = contributor.post(
        f"{ADDRESS}rows/", {"text": "박하준\t국회\n이도윤\t", "first": "name", "language": "ko"}
    ).json()
    assert answer["rows"] == [{"name": "박하준", "organization": "국회"}, {"name": "이도윤"}]
    assert [one["key"] for one in answer["near"]["name"]["박하준"]] == [person.pk]
    assert answer["near"]["name"]["이도윤"] == []


@pytest.mark.parametrize("typed", ["박하", "박하준", "Park Ha", "park hajun"])
def test_drafts_are_completed_by_any_spelling(contributor, typed):
    person = AffiliationFactory(
        person__name_ko="박하준", person__name_en="", organization__name_ko="국회", role_ko="의원", role_en=""
    ).person
    PersonFactory(name_ko="이도윤", name_en="")
    answer = contributor.get(f"{ADDRESS}known/", {"kind": "person", "q": typed, "language": "ko"}).json()
    assert [one["key"] for one in answer["found"]] == [person.pk]
    assert "의원" in answer["found"][0]["detail"] and "not public yet" in answer["found"][0]["detail"]


def test_the_public_are_completed_too(contributor):
    organization = CapacityFactory(organization__name_en="Ministry of Public Data").organization
    answer = contributor.get(f"{ADDRESS}known/", {"kind": "organization", "q": "mopd", "language": "en"}).json()
    assert [one["key"] for one in answer["found"]] == [organization.pk]
    assert "not public" not in answer["found"][0]["detail"]


@pytest.mark.parametrize("size", [1, 12])
def test_a_check_asks_the_same_number_of_times_for_one_name_and_for_many(contributor, size, django_assert_num_queries):
    for name, organization, *_rest in KOREAN[:size]:
        held = Organization.objects.filter(name_ko=organization).first() or OrganizationFactory(name_ko=organization)
        AffiliationFactory(person__name_ko=name, organization=held)
    check(contributor, written(KOREAN[:size]))  # brings the index up to date
    with django_assert_num_queries(32):
        response = check(contributor, written(KOREAN[:size]))
    assert response.context["summary"].counts[0].startswith(f"{size} known")


@pytest.mark.parametrize(
    ("date", "words", "mistake"),
    [("2025-02", "February 2025", ""), ("soon", "", "'soon' is not a date."), ("", "", "")],
)
def test_a_date_is_said_in_words(contributor, date, words, mistake):
    answer = contributor.get(f"{ADDRESS}date/", {"date": date}).json()
    assert answer["words"] == words
    assert answer["mistake"].startswith(mistake)


def test_only_who_may_add_all_of_it_sees_the_screen(client):
    for path in (ADDRESS, f"{ADDRESS}known/?kind=person&q=a", f"{ADDRESS}date/"):
        client.logout()
        assert client.get(path).url.startswith("/admin/login/")
        client.force_login(person_as("administrator", is_staff=True))
        assert client.get(path).status_code == 403


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"rows-TOTAL_FORMS": "999999999"},
        {
            "mark": "../../x",
            "rows-TOTAL_FORMS": "1",
            "rows-INITIAL_FORMS": "0",
            "rows-0-person": "99999999999999999999",
        },
        {
            "rows-TOTAL_FORMS": "2",
            "rows-INITIAL_FORMS": "0",
            "rows-0-name": "x",
            "rows-0-person": "12",
            "event-language": "xx",
        },
        {"source-chosen": "999", "source-known": "x"},
        {"rows-TOTAL_FORMS": "-1", "sessions-TOTAL_FORMS": "x", "step": "rows"},
        {"pasted": '\0\t"', "step": "paste"},
    ],
)
def test_nonsense_is_refused_and_never_fails(contributor, data):
    for step in ("check", "make", "edit", "rows", "paste"):
        response = contributor.post(ADDRESS, {"step": step} | data)
        assert response.status_code in {200, 422}
    assert set(counts().values()) == {0}


@pytest.mark.parametrize(
    "query",
    ["", "kind=person", "kind=nobody&q=x", "kind=person&q=%00", "kind=source&q=%25", "kind=person&q=" + "x" * 900],
)
def test_nonsense_is_completed_by_nothing(contributor, query):
    response = contributor.get(f"{ADDRESS}known/?{query}")
    assert response.status_code in {200, 400}
    assert response.json().get("found", []) == []


def test_what_was_made_leads_on(contributor):
    event = make(contributor, written(KOREAN[:2]))
    response = contributor.get(reverse("editing:debate-made", args=[event.slug]))
    source = event.sources.get()
    for link in (f"/admin/coding/{source.public_id}/", f"/admin/debate/event/{event.pk}/change/"):
        assert f'href="{link}"' in response.text
    assert 'data-made="kwertyui"' in response.text


def test_the_screen_is_korean_under_its_korean_address(contributor):
    with translation.override("ko"):
        response = contributor.get("/ko/admin/new-debate/")
    assert response.context["entry"].language == "ko"
    assert "발제자" in response.context["options"]["role_there"]
