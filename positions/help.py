"""What is said at the fields of positions and propositions that coders get wrong."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from debate.help import LANGUAGE, PLACE
from speakers.listing import by_the_rules

POSITION = {
    "source_language": LANGUAGE,
    "wording": by_the_rules(_("The sentence that you read the statement against, word for word."), "propositions"),
    "stance": by_the_rules(
        _("The side taken on this very sentence. No side: they raise it and leave it open. Silence is no position."),
        "stances",
    ),
    "condition": by_the_rules(_("Only with a condition: what has to be so before they support it."), "stances"),
    "kind": by_the_rules(
        _("Whether they ask for something, judge how things are, warn, or promise to do it themselves."), "kinds"
    ),
    "summary": by_the_rules(
        _("One sentence in your words, saying no more than the source. Readers see that it is a paraphrase."),
        "positions",
    ),
}
WORDING = {
    "source_language": LANGUAGE,
    "text": by_the_rules(
        _("One thing that one can be for or against. Another sense is a new wording; a translation is none."),
        "propositions",
    ),
}
EVIDENCE = {
    "locator": PLACE,
    "quote": by_the_rules(
        _("The exact words in their own language. How much of them readers see is decided at the source."), "evidence"
    ),
}
