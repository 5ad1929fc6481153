"""What is said at fields of debates and their sources that are often filled in wrong."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from speakers.listing import by_the_rules

DATE = _("As far as the source says: 2025-02-12; 2025-02 or 2025; XXXX-XX-12 (X: not known). Nothing is guessed.")
LANGUAGE = _("Of the source that this is taken from. Text in the other language is the editors', and marked so.")
PLACE = by_the_rules(_("¶ 12, ¶ 2–3, p. 7, 00:12:30 or 00:12:30–00:13:05"), "evidence")

EVENT = {
    "source_language": LANGUAGE,
    "date": DATE,
    "summary": _("In your own words, two or three sentences: what was it about?"),
}
SOURCE = {
    "source_language": LANGUAGE,
    "date": DATE,
    "title": _("Letter by letter, in its own language; without one, describe the source below."),
    "text_public": _("Only where the licence lets the whole text be read here."),
    "quoting": by_the_rules(
        _("What the licence or the law lets us show. Where you are not sure: nothing."), "evidence"
    ),
    "paragraph_count": _("Where the text itself is not kept: places beyond the last one are refused then."),
}
APPEARANCE = {
    "name_as_printed": _("As the source at hand writes it, with its title or in its own spelling."),
    "locator": PLACE,
    "is_absent": _("Only where the source says that they did not come."),
}
CAPACITY = {
    "source_language": LANGUAGE,
    "organization_name": _("As the source prints it; it stays so when the organization is renamed."),
    "role": _("As the source prints it; leave it empty where it gives none."),
    "basis": by_the_rules(
        _("On behalf of: only where the source says that they spoke for it. A title beside a name is no mandate."),
        "capacity",
    ),
    "is_doubtful": by_the_rules(_("Where the source leaves open whether they spoke as this: say why below."), "doubt"),
}
