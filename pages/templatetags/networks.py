"""Weights as they are written, and what the lines of a network stand for in words."""

from __future__ import annotations

from django import template
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from comparing.networks.choices import Choices
from pages.network.choices import in_words
from positions.agreement import Measure

register = template.Library()


@register.filter
def weight(number: float) -> str:
    """With the decimals that it has, up to the third or of what is smaller the sixth, and a sign as wide as a plus."""
    decimals = 3 if abs(number) >= 0.001 else 6
    return str(floatformat(number, decimals)).rstrip("0").rstrip(".,").replace("-", "−")


@register.filter
def explained(choices: Choices) -> str:
    """What is shown, for somebody who reads nothing else."""
    name = "normalisation" if choices.is_of_ties else "share"
    divisor = getattr(choices, name)
    if divisor == "none":
        return _what_is_shown(choices)
    divided = _("Here it is divided by %(divisor)s.") % {"divisor": in_words(name, divisor)}
    return f"{_what_is_shown(choices)} {divided}"


def _what_is_shown(choices: Choices) -> str:
    if not choices.is_of_ties:
        return _(
            "How often each took which stance on each proposition. The weight is the support less the opposition: "
            "above 0 for the proposition, below 0 against it."
        )
    return {
        Measure.SUBTRACT: _(
            "A line joins two who took a stand on the same proposition: solid where they agreed more often than they "
            "disagreed, dashed where they disagreed more often, dotted where as often. Its weight is the number of "
            "agreements less that of disagreements."
        ),
        Measure.CONGRUENCE: _(
            "A line joins two who took the same stand on a proposition. Its weight is the number of agreements."
        ),
        Measure.CONFLICT: _(
            "A line joins two who took different stands on a proposition. Its weight is the number of disagreements."
        ),
        Measure.IGNORE: _(
            "A line joins two who took a stand on the same proposition, be it the same stand or another. Its weight is "
            "the number of agreements and disagreements together."
        ),
    }[choices.measure]
