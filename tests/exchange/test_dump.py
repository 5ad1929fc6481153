from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from debate.models import Event
from exchange.dossier import source
from exchange.dossier.dump import dump
from exchange.dossier.kinds import KINDS
from exchange.dossier.style import as_yaml
from positions.models import Position
from speakers.models import Organization, Person
from tests.exchange.conftest import load_text
from tests.factories import (
    AffiliationFactory,
    CapacityFactory,
    EventFactory,
    EvidenceFactory,
    PositionFactory,
    TopicFactory,
)


def said_by(*arguments, **options):
    said = StringIO()
    call_command("dump_dossier", *arguments, stdout=said, **options)
    return said.getvalue()


@pytest.mark.django_db
def test_a_dossier_with_everything_in_it_comes_back_as_it_was(everything, load_everything):
    event = load_everything()
    assert dump(event) == source.parse(everything).tree
    assert source.parse(said_by(event.slug)).tree == source.parse(everything).tree


@pytest.mark.django_db
def test_its_keys_come_back_in_the_same_order(everything, load_everything):
    assert repr(dump(load_everything())) == repr(source.parse(everything).tree)


@pytest.mark.django_db
def test_the_dump_of_any_debate_loads_as_nothing_changed():
    capacity = CapacityFactory(order=7)
    event = capacity.appearance.session.event
    AffiliationFactory(person=capacity.appearance.person, period="2024-05/")
    position = PositionFactory(appearance=capacity.appearance, status="draft")
    EvidenceFactory(position=position)
    position.proposition.topic_assignments.create(topic=TopicFactory(parent=TopicFactory()))
    event.notes.create(text_en="First", about="date")
    event.notes.create(text_en="Second", about="date")
    capacity.appearance.person.links.create(url="https://example.org/")
    capacity.appearance.person.links.create(url="https://example.org/", label_en="twice")
    report = load_text(as_yaml(dump(event)))
    assert report.is_as_before, list(report.lines())


@pytest.mark.django_db
def test_a_dump_loads_into_an_empty_database_as_the_same(bundled):
    load_text(bundled)
    text = as_yaml(dump(Event.objects.get()))
    Position.objects.all().delete()
    Event.objects.all().delete()
    Organization.objects.update(parent=None)
    for kind in reversed(KINDS):
        kind.model.objects.all().delete()
    load_text(text)
    assert as_yaml(dump(Event.objects.get())) == text
    assert Person.objects.public().count() == 12


@pytest.mark.django_db
def test_of_other_debates_nothing_is_dumped(bundled, load_everything):
    load_text(bundled)
    event = load_everything()
    tree = dump(event)
    assert [person["slug"] for person in tree["people"]] == ["han-ji-woo"]
    assert len(tree["positions"]) == 3


@pytest.mark.django_db
def test_a_debate_that_is_not_there_is_said_with_the_nearest():
    EventFactory(slug="harbour-hearing")
    with pytest.raises(CommandError, match=r"There is no debate 'harbor-hearing'\. Did you mean 'harbour-hearing'\?"):
        said_by("harbor-hearing")


@pytest.mark.django_db
def test_a_former_slug_leads_to_the_debate():
    event = EventFactory(slug="old")
    event.slug = "new"
    event.save()
    assert "slug: new\n" in said_by("old")


@pytest.mark.django_db
def test_the_file_is_written_whole(tmp_path):
    EventFactory(slug="harbour-hearing", title_en="Harbour hearing")
    file = tmp_path / "harbour.yaml"
    file.write_text("older", encoding="utf-8")
    assert said_by("harbour-hearing", output=file) == f"{file}: harbour-hearing\n"
    assert "title: {en: Harbour hearing}" in file.read_text(encoding="utf-8")
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.django_db
def test_an_older_file_stays_when_writing_fails(tmp_path, monkeypatch):
    EventFactory(slug="harbour-hearing")
    file = tmp_path / "harbour.yaml"
    file.write_text("older", encoding="utf-8")

    def fail(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(CommandError, match=r"harbour\.yaml can't be written: No space left on device\."):
        said_by("harbour-hearing", output=file)
    assert file.read_text(encoding="utf-8") == "older"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.django_db
def test_a_place_that_cannot_be_written_to_is_said_to_be_one(tmp_path):
    EventFactory(slug="harbour-hearing")
    for output in (tmp_path / "none" / "harbour.yaml", tmp_path):
        with pytest.raises(CommandError, match="can't be written"):
            said_by("harbour-hearing", output=output)


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=120)
SENTENCES = st.lists(
    st.sampled_from(["AI", "정책", "a:", "- b", "#1", "'c'", '"d"', "{e}", "2025", "no", "~", "\n", "  "]), min_size=1
).map(" ".join)


@pytest.mark.once
@given(text=TEXTS | SENTENCES)
def test_any_text_is_written_so_that_it_is_read_again(text):
    tree = {
        "dossier": 1,
        "event": {"title": {"en": text, "ko": text}, "notes": [{"text": {"en": text}}], "list": [text]},
    }
    assert source.parse(as_yaml(tree)).tree == tree


@pytest.mark.once
@pytest.mark.parametrize(
    "text", ["2025", "true", "~", "1e5", "no", "14:00", "2025-02-12", "0x1f", "", " a", "a: b", "[a]", "¶ 1, 4"]
)
def test_what_yaml_would_guess_at_is_put_in_quotes(text):
    import yaml

    written = as_yaml({"dossier": 1, "event": {"title": text}})
    assert source.parse(written).tree["event"]["title"] == text
    assert yaml.safe_load(written)["event"]["title"] == text


@pytest.mark.once
def test_short_things_take_one_line_and_long_texts_are_folded():
    tree = {
        "dossier": 1,
        "event": {
            "title": {"en": "A debate", "ko": "토론"},
            "summary": {"en": "word " * 40 + "end"},
            "languages": ["ko", "en"],
        },
    }
    assert as_yaml(tree).splitlines()[1:] == [
        "dossier: 1",
        "",
        "event:",
        "  title: {en: A debate, ko: 토론}",
        "  summary:",
        "    en: >-",
        "      " + " ".join(["word"] * 18),
        "      " + " ".join(["word"] * 18),
        "      word word word word end",
        "  languages: [ko, en]",
    ]
