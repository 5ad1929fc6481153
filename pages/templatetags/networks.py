"""Weights as they are written, and what the lines of a network stand for in words."""

from __future__ import annotations

from django import template
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from pages.network.choices import Choices
from positions.agreement import Measure

register = template.Library()


@register.filter
def weight(number: float) -> str:
    """With as many of three decimals as it has, and the sign that is as wide as a plus."""
    text = str(floatformat(number, 3))
    return (text.rstrip("0").rstrip(".,") if not text.isdigit() else text).replace("-", "−")


@register.filter
def explained(choices: Choices) -> str:
    """What is shown, for somebody who reads nothing else."""
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
