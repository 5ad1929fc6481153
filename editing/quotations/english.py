"""Whose words a quotation is, by the ways of English: marks and verbs of saying before or behind. Pure."""

from __future__ import annotations

import re

from editing.quotations.attributing import Attributed, Attribution, Ground, by, carried_on, last_named
from editing.quotations.marks import SINGLE, Quoted
from editing.quotations.reading import HIDDEN, Reading

_SAYING = (
    "said says say saying tells told replied replies answered answers asked asks added adds argued argues arguing"
    " warned warns insisted insists explained explains noted notes announced announces declared declares stated"
    " states concluded concludes continued continues recalled recalls admitted admits wrote writes claimed claims"
    " suggested suggests remarked remarks observed observes commented comments stressed stresses emphasised"
    " emphasises emphasized emphasizes urged urges countered counters joked jokes quipped shouted shouts cried"
    " responded responds objected objects complained complains maintained maintains testified testifies acknowledged"
    " acknowledges predicted predicts cautioned cautions reminded reminds reiterated reiterates confirmed confirms"
    " denied denies conceded concedes proposed proposes demanded demands promised promises pledged pledges vowed"
    " contended contends asserted asserts tweeted posted mused recounted opened began finished summed interjected"
    " agreed agrees retorted"
).split()
_HOLDING = (
    "called calls described describes believes believed thinks thought deemed branded dismissed criticised praised"
).split()
_ADVERB = r"(?:(?:also|then|later|still|once|again|simply|has|had|have|would|\w+ly)\s+){0,2}"
_SAID = re.compile(rf"\b(?:{'|'.join(_SAYING)})\b")
_SAID_OR_HELD = re.compile(rf"\b(?:{'|'.join(_SAYING + _HOLDING)})\b")
_BEHIND_INVERTED = re.compile(rf"[\s,]*{_ADVERB}(?P<cue>{'|'.join(_SAYING)})\s+(?P<who>[^,.;:{HIDDEN}]+)")
_BEHIND = re.compile(
    rf"[\s,–—-]*(?P<who>\b(?:[A-Z]|(?:he|she|they|we|I|the|a|an|one|his|her|their|another)\b)[^.;:{HIDDEN}]{{0,120}}?)"
    rf"\s+{_ADVERB}(?P<cue>{'|'.join(_SAYING)})\b"
)
_BEHIND_IS_HOW = re.compile(r"\s*is (?P<cue>how|what|the way)\s+(?P<who>[^,.;:]+)")
_ACCORDING = re.compile(r"\b(?P<cue>[Aa]ccording to)\s+(?P<who>[^.;:]+)")
_PRONOUN = re.compile(r"(?:he|she|they|He|She|They|I|we|We)\b")
_NOT_WORDS_OF_ANYBODY = re.compile(
    r"\b(?:so-called|known as|titled|entitled|named|headed|term|word|phrase|title|book|film|panel|report|song)s?,?\s*$"
)
_SMALL_WORDS = frozenset("a an and as at by for from in into of on or the to with".split())
_FEWEST_WORDS = 3
_FEWEST_ALONE = 4


def attributed(reading: Reading, quotation: Quoted, previous: Attributed | None) -> Attribution | None:
    """None for what is nobody's words: a title, or words that the writer keeps away from."""
    words = reading.text[quotation.start : quotation.end]
    if len(words.split()) < _FEWEST_WORDS or _is_title(words):
        return None
    if _NOT_WORDS_OF_ANYBODY.search(reading.before(quotation)):
        return None
    return _behind(reading, quotation) or _before(reading, quotation) or _alone(reading, quotation, previous)


def _is_title(words: str) -> bool:
    several = [word for word in re.findall(r"[\w’'-]+", words) if word.lower() not in _SMALL_WORDS]
    return words.rstrip()[-1] not in ".!?" and all(word[0].isupper() or word[0].isdigit() for word in several)


def _behind(reading: Reading, quotation: Quoted) -> Attribution | None:
    """“…,” said Kim. “…,” Kim said. “…”, according to Kim."""
    start = quotation.after
    if reading.text[quotation.end - 1] in "?!":  # which ends no sentence here
        end = reading.sentence_end(start + 1)
    elif reading.text[quotation.end - 1] == ".":
        return None
    else:
        end = reading.sentence_end(start)
    for pattern in (_BEHIND_INVERTED, _BEHIND, _BEHIND_IS_HOW):
        if (match := pattern.match(reading.around, start, end)) and (found := _who(reading, match)):
            return found
    match = _ACCORDING.search(reading.around, start, end)
    return _who(reading, match) if match and HIDDEN not in match.group() else None


def _who(reading: Reading, match: re.Match[str]) -> Attribution | None:
    cue, (start, end) = match["cue"], match.span("who")
    if pronoun := _PRONOUN.match(match["who"]):
        meant = last_named(reading, reading.sentence_start(start - 1) if start else 0) or last_named(reading, start)
        return (
            by(meant, Ground.REFERRED, f"{pronoun.group()} {cue}") if meant else Attribution(Ground.REFERRED, cue=cue)
        )
    if several := reading.named(start, end):
        return by(several[0], Ground.SAID, cue)
    who = re.split(r",|\s(?:who|when|in|on|at|to|after|from|as|while|with|that)\s", match["who"])[0].strip()
    return Attribution(Ground.SAID, who, (), cue) if who and len(who) <= 60 else None


def _before(reading: Reading, quotation: Quoted) -> Attribution | None:
    """Kim said: “…”. Kim called it “…”. According to Kim, “…”."""
    start, end = reading.sentence_start(quotation.before), quotation.before
    if match := _ACCORDING.search(reading.around, start, end):
        return _who(reading, match)
    hidden = reading.around.rfind(HIDDEN, start, end) + 1
    if hidden and (inverted := _BEHIND_INVERTED.match(reading.around, hidden, end)):
        return _who(reading, inverted)
    cues = list(_SAID_OR_HELD.finditer(reading.around, max(start, hidden), end))
    if not cues:
        return None
    cue = cues[-1]
    is_near = not reading.around[cue.end() : end].strip(" ,:") and cue.group() not in _HOLDING
    ground = Ground.SAID if is_near or reading.around[start:end].rstrip().endswith(":") else Ground.REPORTED
    return _subject(reading, start, cue, ground)


def _subject(reading: Reading, start: int, cue: re.Match[str], ground: Ground) -> Attribution:
    several = reading.named(start, cue.start())
    between = reading.around[several[-1].end if several else start : cue.start()]
    if pronoun := re.search(r"\b(?:he|she|they|He|She|They)\b", between):
        meant = last_named(reading, start) or (several[-1] if several else None)
        if meant:
            return by(meant, Ground.REFERRED, f"{pronoun.group()} {cue.group()}")
    if several:
        return by(several[-1], ground, cue.group())
    return Attribution(ground, re.sub(r"\W+$", "", between.strip())[:60], (), cue.group())


def _alone(reading: Reading, quotation: Quoted, previous: Attributed | None) -> Attribution | None:
    """A sentence of its own in marks, whose speaker the sentences before tell."""
    before, behind = reading.before(quotation).strip(), reading.behind(quotation).strip()
    words = reading.text[quotation.start : quotation.end]
    is_whole = not before.strip(HIDDEN + " ,:") and not behind.strip(".!?") and words[:1].isupper()
    if (
        not is_whole
        or len(words.split()) < _FEWEST_ALONE
        or (quotation.mark in SINGLE and not behind and words[-1] not in ".!?")
    ):
        return None
    if carried := carried_on(reading, quotation, previous):
        return carried
    start, end = reading.sentence_before(quotation.before)
    is_in_paragraph = start >= reading.paragraph_start(quotation.before)
    if is_in_paragraph and (several := reading.named(start, end)):
        return by(several[0], Ground.CARRIED)
    if is_in_paragraph and _PRONOUN.match(reading.around[start:end].strip()) and (meant := last_named(reading, start)):
        return by(meant, Ground.CARRIED)
    return Attribution(Ground.ALONE)
