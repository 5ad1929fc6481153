"""Whose words a quotation is, by the ways of Korean: the particles of quoting, verbs of saying, and the topic of the
sentence. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from editing.quotations.attributing import Attributed, Attribution, Ground, by, carried_on, last_named
from editing.quotations.marks import DOUBLE, Quoted
from editing.quotations.people import Mention
from editing.quotations.reading import HIDDEN, Reading

_DOING = (  # with 하다 behind them
    "말|강조|지적|주장|설명|전|답|답변|반박|비판|평가|요구|촉구|당부|제안|제언|약속|경고|우려|호소|토로|질타|해명|역설|단언|진단"
    "|전망|분석|인정|항변|반문|언급|질문|제기|소개|발표|선언|회고|회상|다짐|공언|풀이|제시|강변|성토|규탄|일갈|조언|환영|부인|시인"
)
_SAID = (
    rf"(?:{_DOING})(?:했|하|한|해|할|합)|밝[혔히힌혀]|덧붙[였이인여]|(?:되)?물[었으은]|(?:되)?묻|꼬집[었는은]"
    "|외[쳤치친쳐]|적었|썼|쓴다|쓰며|털어놓|받아[쳤치]|되받[았]|맞받|잘라 말|선을 그|목소리를 높|입을 모"
    "|말문을|운을 [뗐떼]|혀를 찼|[했한하]다|했으|하며|하면서"
)
_HELD = r"|본다|봤다|보았다|내다봤|내다본"
_VERB = re.compile(rf"(?<![가-힣])(?P<verb>(?:{_SAID}{_HELD})[가-힣]*)")
_QUOTING = re.compile(r"(?P<cue>이?라[고며]|이?라면서|이?라는|고도?|며|면서|는|던)(?![가-힣])")
_OPINION = re.compile(
    r"\s*(?:[가-힣]+\s)?(?:의견|입장|주장|설명|것이|생각|말을|말이|말로|지적|판단|견해|취지|반응|우려|분석|비판|전망)"
)
_SAYS_BEHIND = re.compile(
    r"(?:의|이|가|은|는)\s*(?:[가-힣]+\s){0,4}?"
    r"(?:말이|말했|설명이|주장이|지적이|이야기|얘기|생각이|바람이|답이|답했|반문|하소연|물었|밝혔|덧붙|웃었)"
)
_PRONOUN = re.compile(r"(?<![가-힣])(?:그|그녀|이들|그들)(?:는|가|도|의|은)(?![가-힣])")
_ANYBODY = re.compile(
    r"(?<![가-힣])(?P<who>(?:(?:한|어느|어떤|익명의|다른)\s(?:[가-힣]+\s)?)?[가-힣A-Za-z0-9·]*?[가-힣A-Za-z0-9])"
    r"(?:은|는|이|가|도|께서는)\s"
)
_NO_TOPIC = re.compile(r"(?:에서|에게|에|으로|로|까지|부터|이번에|다|고|지|해서|하|되|있|없|같|많|적|보)$")
_INDIRECT = re.compile(
    r"(?P<end>다|라|자|냐|까)고\s+(?:[가-힣]+(?:게|히|해|서|로|도|을|를)\s+){0,3}?"
    rf"(?P<verb>(?:{_SAID}{_HELD})[가-힣]*)"
)
_TOPIC = re.compile(r"\s?[가-힣A-Za-z0-9·\s]{0,40}?[가-힣]*?(?:은|는|이|가|께서는)(?=\s)")
_ACCORDING = re.compile(r"에\s(?:따르면|의하면)\s*,?\s*")
_FEWEST_WORDS = 2
_FEWEST_ALONE = 3


def attributed(reading: Reading, quotation: Quoted, previous: Attributed | None) -> Attribution | None:
    """None for what is nobody's words: a title, a law, or words that are only set off."""
    words = reading.text[quotation.start : quotation.end]
    if len(words.split()) < _FEWEST_WORDS:
        return None
    behind = reading.behind(quotation)
    if quoting := _quoting(quotation, behind):
        return _speaker(reading, quotation, previous, quoting)
    return _alone(reading, quotation, previous) if quotation.mark in DOUBLE else None


def _quoting(quotation: Quoted, behind: str) -> str:
    """The particle behind the words and the verb it belongs to; nothing where they are not said."""
    match = _QUOTING.match(behind)
    if match is None:
        return ""
    particle, rest = match["cue"], behind[match.end() :]
    if particle.endswith(("는", "던")):
        opinion = _OPINION.match(rest) if quotation.mark in DOUBLE else None
        return particle + opinion.group() if opinion else ""
    verbs = [verb["verb"] for verb in _VERB.finditer(rest)]
    return f"{particle} {verbs[0]}" if verbs else ""


def _speaker(reading: Reading, quotation: Quoted, previous: Attributed | None, cue: str) -> Attribution:
    start = reading.sentence_start(quotation.before)
    several = reading.named(start, quotation.before)
    topic_start = several[-1].end if several else start
    before = reading.around[topic_start : quotation.before]
    if several:
        return by(several[-1], Ground.SAID, cue)
    if _PRONOUN.search(before) and (meant := last_named(reading, start)):
        return by(meant, Ground.REFERRED, cue)
    if anybody := _anybody(before):
        return Attribution(Ground.SAID, anybody, (), cue)
    if named_behind := reading.named(quotation.after, reading.sentence_end(quotation.after)):
        return by(named_behind[0], Ground.REPORTED, cue)
    return _gone_before(reading, quotation, previous, cue) or Attribution(Ground.ALONE, cue=cue)


def _gone_before(reading: Reading, quotation: Quoted, previous: Attributed | None, cue: str) -> Attribution | None:
    """Whoever spoke before it in its paragraph, else the topic of what came before."""
    if carried := carried_on(reading, quotation, previous):
        return carried
    meant = last_named(reading, reading.sentence_start(quotation.before))
    return by(meant, Ground.CARRIED, cue) if meant else None


def _anybody(before: str) -> str:
    for match in _ANYBODY.finditer(before):
        if not _NO_TOPIC.search(match["who"]):
            return match["who"]
    return ""


def _alone(reading: Reading, quotation: Quoted, previous: Attributed | None) -> Attribution | None:
    """“….” 김 교수의 말이다. And a sentence of its own in marks, whose speaker the sentences before tell."""
    before, behind = reading.before(quotation).strip(), reading.behind(quotation).strip()
    words = reading.text[quotation.start : quotation.end]
    if before.strip(HIDDEN + " ") or behind.strip(".!? ") or len(words.split()) < _FEWEST_ALONE:
        return None
    if found := _named_behind(reading, quotation):
        return found
    return _gone_before(reading, quotation, previous, "") or Attribution(Ground.ALONE)


def _named_behind(reading: Reading, quotation: Quoted) -> Attribution | None:
    start = reading.sentence_end(quotation.after)
    end = reading.sentence_end(start + 1)
    if start >= len(reading.text) or reading.paragraph_start(start) != reading.paragraph_start(quotation.before):
        return None
    sentence = reading.around[start:end]
    if HIDDEN in sentence or (match := _SAYS_BEHIND.search(sentence)) is None:
        return None
    if several := reading.named(start, end):
        return by(several[0], Ground.SAID, match.group())
    if _PRONOUN.search(sentence) and (meant := last_named(reading, reading.sentence_start(quotation.before))):
        return by(meant, Ground.REFERRED, match.group())
    return None


def indirect(reading: Reading) -> Iterator[tuple[int, int, Attribution]]:
    """Statements that are told without marks: 김 교수는 …다고 말했다, 김 교수에 따르면 …다."""
    for match in _INDIRECT.finditer(reading.around):
        start = reading.sentence_start(match.start())
        if (clause := _clause(reading, start, match)) is not None:
            yield clause
    for match in _ACCORDING.finditer(reading.around):
        start, end = reading.sentence_start(match.start()), reading.sentence_end(match.end())
        told = reading.around[match.end() : end].rstrip().rstrip(".")
        named = reading.named(start, match.start())
        if named and told and '"' not in told and not _whole_quotation(told):
            yield match.end(), match.end() + len(told), by(named[-1], Ground.INDIRECT, match.group())


def _clause(reading: Reading, start: int, match: re.Match[str]) -> tuple[int, int, Attribution] | None:
    """From behind the topic, which may be a person or a pronoun, to the ending."""
    end = match.end("end")
    topic = _topic(reading, start, match.start())
    if topic is None:
        return None
    mention, begin = topic
    words = reading.around[begin:end]
    if len(words.split()) < _FEWEST_WORDS or _whole_quotation(words):
        return None
    begin += len(words) - len(words.lstrip(" ,"))
    return begin, end, by(mention, Ground.INDIRECT, f"{match['end']}고 {match['verb']}")


def _topic(reading: Reading, start: int, end: int) -> tuple[Mention, int] | None:
    """Whoever the sentence is about, and where what they say begins."""
    for mention in reversed(reading.named(start, end)):
        if marked := _TOPIC.match(reading.around, mention.end, end):
            return mention, marked.end()
    if (pronoun := _PRONOUN.search(reading.around, start, end)) and (meant := last_named(reading, start)):
        return meant, pronoun.end()
    return None


def _whole_quotation(words: str) -> bool:
    """Whether most of it is in marks, so that it was found already."""
    return words.count(HIDDEN) * 2 > len(words)
