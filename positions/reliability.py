"""How far coders agree who read the same units independently of each other: pure.

Krippendorff's alpha for nominal data, for any number of coders and with missing values, as in Klaus Krippendorff,
"Computing Krippendorff's Alpha-Reliability" (2011), section C, and "Content Analysis: An Introduction to Its
Methodology" (4th ed., 2019), chapter 12. A unit with m values has m(m−1) ordered pairs of them, each of which weighs
1/(m−1); a unit that one coder alone read has none and does not count. Of n values that are paired, n_c are c:

    alpha = 1 − D_o / D_e,    D_o = Σ_units Σ_c m_c (m − m_c) / (m − 1),    D_e = Σ_c n_c (n − n_c) / (n − 1)

The interval is that of the bootstrap over units, by percentiles: Antonia Zapf, Stefanie Castell, Lars Morawietz and
André Karch, "Measuring inter-rater reliability for nominal data – which coefficients and confidence intervals are
appropriate?", BMC Medical Research Methodology 16:93 (2016).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

# Krippendorff, "Content Analysis" (2004), p. 241: rely on what reaches the first, draw only tentative conclusions from
# what reaches the second.
RELIABLE, TENTATIVE = 0.8, 0.667
FEWEST_UNITS = 10  # of which an interval is worked out
DRAWS = 2_000
_SEED = 1  # any: the same readings have the same interval, whoever asks and when

type Values = Sequence[Hashable | None]  # of one unit, one for each coder; None where a coder has no reading of it


class Undefined(StrEnum):
    """Why there is no alpha."""

    NOTHING_PAIRED = "nothing_paired"  # no unit was read by two coders
    NO_VARIATION = "no_variation"  # all values are one: nobody can tell agreement from having no choice


class Verdict(StrEnum):
    RELIABLE = "reliable"
    TENTATIVE = "tentative"
    UNRELIABLE = "unreliable"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of the `units` that two or more coders read, with `values` readings; `observed` is the share of pairs of
    readings that are alike, which for two coders is the percentage of units on which they agree.
    """

    units: int
    values: int
    observed: float | None
    alpha: float | None
    undefined: Undefined | None
    interval: tuple[float, float] | None = None

    @property
    def verdict(self) -> Verdict | None:
        if self.alpha is None:
            return None
        if self.alpha >= RELIABLE:
            return Verdict.RELIABLE
        return Verdict.TENTATIVE if self.alpha >= TENTATIVE else Verdict.UNRELIABLE


def agreement(units: Iterable[Values], *, with_interval: bool = False) -> Agreement:
    paired = _paired(units)
    totals: Counter[Hashable] = Counter()
    for counts in paired:
        totals.update(counts)
    n = totals.total()
    if not paired:
        return Agreement(0, 0, None, None, Undefined.NOTHING_PAIRED)
    disagreement = sum(_disagreement(counts) for counts in paired)
    expected = sum(of_one * (n - of_one) for of_one in totals.values()) / (n - 1)
    observed = 1 - disagreement / n
    if not expected:
        return Agreement(len(paired), n, observed, None, Undefined.NO_VARIATION)
    interval = _interval(paired) if with_interval and disagreement and len(paired) >= FEWEST_UNITS else None
    return Agreement(len(paired), n, observed, 1 - disagreement / expected, None, interval)


def _paired(units: Iterable[Values]) -> list[Counter[Hashable]]:
    counted = (Counter(value for value in values if value is not None) for values in units)
    return [counts for counts in counted if counts.total() > 1]


def _disagreement(counts: Counter[Hashable]) -> float:
    m = counts.total()
    return sum(of_one * (m - of_one) for of_one in counts.values()) / (m - 1)


def _interval(paired: Sequence[Counter[Hashable]]) -> tuple[float, float] | None:
    """Between which 95 in 100 alphas lie when as many units are drawn again and again from these, with replacement.

    None where more than one draw in twenty has no variation, and so no alpha. Where all units agree, every draw would:
    that tells nothing, and nobody asks for it.
    """
    import numpy as np  # some hundred milliseconds, which only this page need spend

    alike = Counter(frozenset(counts.items()) for counts in paired)
    categories = sorted({str(value) for counts in paired for value in counts})
    kinds = sorted(alike, key=lambda kind: sorted((str(value), number) for value, number in kind))
    held = np.array([[dict(_named(kind)).get(category, 0) for category in categories] for kind in kinds])
    disagreements = np.array([_disagreement(Counter(dict(kind))) for kind in kinds])
    shares = np.array([alike[kind] for kind in kinds]) / len(paired)
    drawn = np.random.default_rng(_SEED).multinomial(len(paired), shares, size=DRAWS)
    totals = drawn @ held
    n = totals.sum(axis=1, keepdims=True)
    expected = (totals * (n - totals)).sum(axis=1) / (n[:, 0] - 1)
    varied = expected > 0
    if varied.mean() < 0.95:
        return None
    alphas = 1 - (drawn @ disagreements)[varied] / expected[varied]
    low, high = np.percentile(alphas, [2.5, 97.5])
    return float(low), float(high)


def _named(kind: frozenset[tuple[Hashable, int]]) -> Iterable[tuple[str, int]]:
    return ((str(value), number) for value, number in kind)
