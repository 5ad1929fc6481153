"""What a record is called where there is nothing but text: in citations, feeds and metadata."""

from __future__ import annotations

import html
import re
from typing import Any

from django.template.context import Context
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from pages.citing.derived import Derived
from pages.reader import reader_language
from pages.templatetags.record import spoken_as
from pages.templatetags.texts import label
from positions.models import Position
from speakers.bilingual import Text

_MARK = re.compile(r'<(strong|small) class="mark[^"]*">(.*?)</\1>')  # such as that of doubt; a box on the page


def title(record: Any) -> str:
    """In the reader's language as far as there is one; a position is told by its speaker, stance and proposition."""
    if isinstance(record, Derived):
        return record.title
    return position_title(record) if isinstance(record, Position) else str(label(record))


def language(record: Any) -> str:
    """Of the title, or of what is the most of it."""
    if isinstance(record, Derived):
        return record.event.title.language if record.event else reader_language()
    return (record.wording.text if isinstance(record, Position) else label(record)).language


def position_title(position: Position) -> str:
    """ "Han Jiwon supports: Robots should be taxed"; reads what `for_list` fetched."""
    return _("%(speaker)s %(stance)s: %(proposition)s") % {
        "speaker": position.appearance.speaker,
        "stance": position.get_stance_display(),
        "proposition": position.wording,
    }


def stated_as(position: Position) -> str:
    """ "identified as: Professor, Law School"; the page's words without its links. Reads what `for_list` fetched."""
    markup = spoken_as(Context(), position.stated_as).replace("<br>", " ")
    return html.unescape(strip_tags(_MARK.sub(r"(\2)", markup)))


def narrow_to_wide(*parts: Text) -> str:
    """Those that are given, as English lists them; Korean goes from the wide to the narrow, without commas."""
    given = [str(part) for part in parts if part]
    return " ".join(reversed(given)) if reader_language() == "ko" else ", ".join(given)
