"""The query language: what a reader wrote, as a tree. Pure, and never fails: what does not fit is read as plain words.

    energy market             words: all first, then any            +energy -market      must be there, must not
    "energy market"           in this order                         regulat*             words that begin so
    energy OR power           either                                (energy tax) OR ban  both, or the other
    speaker:kang              fields; also speaker:"kang hoon-sik", stance:(supports OR opposes), after:2025-02

Fields narrow: without a sign they must hold, as if they had a +. Signs, quotation marks and parentheses may be
full-width, fields Korean (발언자:강훈식).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from speakers import partial_dates

MOST_PARTS = 100
DEEPEST = 10  # parentheses within parentheses

type Codes = Mapping[str, Mapping[str, str]]  # by field, what a code may be called, folded, to the code


class Occur(Enum):
    OPTIONAL = ""
    REQUIRED = "+"
    EXCLUDED = "-"


class ProblemKind(Enum):
    UNBALANCED_QUOTE = "unbalanced_quote"
    UNBALANCED_PARENTHESIS = "unbalanced_parenthesis"
    OPERATOR_WITHOUT_WORDS = "operator_without_words"
    UNKNOWN_FIELD = "unknown_field"
    UNKNOWN_VALUE = "unknown_value"
    UNREADABLE_DATE = "unreadable_date"
    TOO_DEEP = "too_deep"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read as it was meant: the piece of text, and how many letters stand before it."""

    kind: ProblemKind
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Words:
    """A run without spaces, as it was written."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """The beginning of a word, without the star."""

    text: str


@dataclass(frozen=True, slots=True)
class Named:
    """speaker, organization, topic or debate; values are alternatives."""

    field: str
    values: tuple[Words | Phrase | Prefix, ...]


@dataclass(frozen=True, slots=True)
class Coded:
    """stance, kind or role; codes are alternatives."""

    field: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dated:
    """before (up to the end of `day`) or after (from its beginning): the last or the first day of what was given."""

    field: str
    day: date


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Node


type Value = Words | Phrase | Prefix
type Node = Value | Named | Coded | Dated | AnyOf | AllOf | Not


@dataclass(frozen=True, slots=True)
class Clause:
    node: Node
    occur: Occur = Occur.OPTIONAL


@dataclass(frozen=True, slots=True)
class Reading:
    clauses: tuple[Clause, ...] = ()
    problems: tuple[Problem, ...] = ()


def read(text: str, codes: Codes) -> Reading:
    """`codes` are for stance, kind and role. Takes time in proportion to the text."""
    parser = _Parser(_plain(text), codes)
    clauses = tuple(parser.clauses())
    return Reading(clauses, tuple(parser.problems))


def written(reading: Reading) -> str:
    """The reading in the query language, without what could not be read; read again it gives the same clauses."""
    return " ".join(_clause_written(clause) for clause in reading.clauses)


# --- writing ---------------------------------------------------------------------------------------


def _clause_written(clause: Clause) -> str:
    sign = "" if _narrows(clause.node) and clause.occur is Occur.REQUIRED else clause.occur.value
    is_grouped = isinstance(clause.node, AllOf) or (sign and isinstance(clause.node, AnyOf))
    return sign + (f"({_written(clause.node)})" if is_grouped else _written(clause.node))


def _written(node: Node) -> str:
    match node:
        case Words(text=text):
            return text
        case Phrase(text=text):
            return _quoted(text)
        case Prefix(text=text):
            return f"{text}*"
        case Named(field=field, values=values):
            return _field_written(field, [_written(value) for value in values])
        case Coded(field=field, codes=codes):
            return _field_written(field, list(codes))
        case Dated(field=field, day=day):
            return f"{field}:{day.isoformat()}"
        case AnyOf(parts=parts):
            return " OR ".join(map(_inner, parts))
        case AllOf(parts=parts):
            return " ".join(_written(part) if isinstance(part, AnyOf) else _inner(part) for part in parts)
        case Not(part=part):
            return f"-{_inner(part)}"


def _quoted(text: str) -> str:
    """In marks whose closing one is not within: there are some, since `text` was read between them."""
    opening, closing = next((pair for pair in _CLOSING.items() if not set(pair[1]) & set(text)), ('"', '"'))
    return f"{opening}{text}{closing[0]}"


def _inner(node: Node) -> str:
    return f"({_written(node)})" if isinstance(node, AnyOf | AllOf) else _written(node)


def _field_written(field: str, values: list[str]) -> str:
    is_alone = len(values) == 1 and not values[0].startswith("/")  # speaker:/a would be read as an address
    return f"{field}:{values[0]}" if is_alone else f"{field}:({' OR '.join(values)})"


# --- reading ---------------------------------------------------------------------------------------

_FIELDS = {
    name: field
    for field, names in {
        "speaker": "speaker 발언자 화자",
        "organization": "organization organisation 기관 단체",
        "topic": "topic 주제",
        "debate": "debate 토론회 토론",
        "stance": "stance 찬반 입장",
        "kind": "kind 종류",
        "role": "role 역할",
        "before": "before 이전",
        "after": "after 이후",
    }.items()
    for name in names.split()
}
_CODED, _DATED = frozenset({"stance", "kind", "role"}), frozenset({"before", "after"})
_CLOSING = {'"': '"', "“": "”", "„": "“”", "‟": "”", "「": "」", "『": "』"}
_QUOTES = "".join(_CLOSING) + "”」』"
_IN_WORD = rf"[^\s{_QUOTES}()|]"
_SIGNS = r"+\u2013\u2014-"
_TOKENS = re.compile(
    rf"(?P<space>\s+)|(?P<quote>[{_QUOTES}])|(?P<open>[(])|(?P<close>[)])"
    rf"|(?P<either>[|]|(?:OR|\uff2f\uff32)(?!{_IN_WORD}))"
    rf"|(?P<sign>(?<![^\s(|{_SIGNS}])[{_SIGNS}](?=[^\s)|{_SIGNS}]))"
    rf"|(?P<field>[^\W\d_]+:(?=[^\s:/)|{_SIGNS}]))"
    rf"|(?P<nothing>[:{_SIGNS}])"
    rf"|(?P<word>{_IN_WORD}+)"
)
_WORD = re.compile(f"{_IN_WORD}+")
_LETTER = re.compile(r"[^\W_]")
_FULL_WIDTH = str.maketrans("\uff08\uff09\uff0a\uff0b\uff0d\u2212\uff1a\uff5c\uff02", '()*+--:|"')
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufeff\ud800-\udfff]")


def _plain(text: str) -> str:
    """With operators in one form, and nothing that can't be read; as long as `text`."""
    return _UNREADABLE.sub(" ", text).translate(_FULL_WIDTH)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


class _Parser:
    def __init__(self, text: str, codes: Codes) -> None:
        self.problems: list[Problem] = []
        self._text = text
        self._codes = codes
        self._tokens = self._first(self._tokenized(text))
        self._place = 0

    def clauses(self) -> Iterator[Clause]:
        while self._place < len(self._tokens):
            if clause := self._clause():
                yield from _without_needless_parentheses(clause)

    def _first(self, tokens: Iterable[_Token]) -> list[_Token]:
        """As many as may be asked for, without an operator that is left with nothing after it."""
        kept: list[_Token] = []
        parts, end_of_field = 0, -1
        for token in tokens:
            # A field and its word are one; before anything else it is one more, since it may be read as a word itself.
            is_its_word = token.at == end_of_field and token.kind in {"word", "field"}
            parts += token.kind in {"word", "phrase", "field"} and not is_its_word
            if parts > MOST_PARTS:
                self._tell(ProblemKind.TOO_MANY, token)
                while kept[-1].kind in {"sign", "either", "open"}:
                    kept.pop()
                break
            if token.kind == "field":
                end_of_field = token.at + len(token.text)
            kept.append(token)
        return kept

    # Tokens: quotation marks become phrases, and a parenthesis stands for a space where it is too deep or glued to a
    # word: AI(인공지능).

    def _tokenized(self, text: str) -> Iterator[_Token]:
        at = depth = 0
        before = ""
        unclosed: list[_Token] = []
        while at < len(text):
            match = _TOKENS.match(text, at)
            assert match
            kind, found, start, at = str(match.lastgroup), match[0], at, match.end()
            if kind == "quote":
                kind, found, at = self._phrase(text, start)
            elif kind == "open":
                kind = self._opening(start, is_glued=before == "word", is_too_deep=depth == DEEPEST)
                depth += kind == "open"
                unclosed.append(_Token(kind, found, start))
            elif kind == "close":
                kind = self._closing(start, unclosed)
                depth -= kind == "close"
            before = kind
            if kind not in {"space", "nothing"}:
                yield _Token(kind, found, start)
        for token in unclosed:
            self._tell(ProblemKind.UNBALANCED_PARENTHESIS, token)

    def _opening(self, at: int, *, is_glued: bool, is_too_deep: bool) -> str:
        if is_too_deep and not is_glued:
            self._tell(ProblemKind.TOO_DEEP, _Token("open", "(", at))
        return "space" if is_glued or is_too_deep else "open"

    def _closing(self, at: int, unclosed: list[_Token]) -> str:
        if not unclosed:
            self._tell(ProblemKind.UNBALANCED_PARENTHESIS, _Token("close", ")", at))
            return "space"
        return "close" if unclosed.pop().kind == "open" else "space"

    def _phrase(self, text: str, start: int) -> tuple[str, str, int]:
        ends = [text.find(close, start + 1) for close in _CLOSING.get(text[start], "")]
        end = min((end for end in ends if end > 0), default=None)
        if end is None:
            self._tell(ProblemKind.UNBALANCED_QUOTE, _Token("quote", text[start], start))
            return "space", "", start + 1
        return "phrase", text[start + 1 : end].strip(), end + 1

    # Grammar: clause = [sign] either; either = atom {OR atom}; atom = phrase | ( clauses ) | field value | word

    def _clause(self) -> Clause | None:
        occur = self._sign()
        at = self._place
        nodes = [node for node in self._alternatives() if node]
        if not nodes:
            if occur is not Occur.OPTIONAL and at == self._place:
                self._tell(ProblemKind.OPERATOR_WITHOUT_WORDS, self._tokens[at - 1])
            return None
        if occur is Occur.EXCLUDED and len(nodes) > 1:
            occur, nodes[0] = Occur.OPTIONAL, _not(nodes[0])
        node = nodes[0] if len(nodes) == 1 else AnyOf(tuple(nodes))
        while isinstance(node, Not):
            occur = Occur.REQUIRED if occur is Occur.EXCLUDED else Occur.EXCLUDED
            node = node.part
        if occur is Occur.OPTIONAL and _narrows(node):
            occur = Occur.REQUIRED
        return Clause(node, occur)

    def _sign(self) -> Occur:
        token = self._next_if("sign")
        if token is None:
            return Occur.OPTIONAL
        return Occur.REQUIRED if token.text == "+" else Occur.EXCLUDED

    def _alternatives(self) -> Iterator[Node | None]:
        yield self._atom()
        while token := self._next_if("either"):
            node = self._signed()
            if node is None:
                self._tell(ProblemKind.OPERATOR_WITHOUT_WORDS, token)
            yield node

    def _signed(self) -> Node | None:
        occur = self._sign()
        node = self._atom()
        return _not(node) if node and occur is Occur.EXCLUDED else node

    def _atom(self) -> Node | None:
        """None where there is nothing to ask for; what closes a group is left to it."""
        if self._place >= len(self._tokens) or self._tokens[self._place].kind == "close":
            return None
        token = self._tokens[self._place]
        if token.kind == "either":
            self._tell(ProblemKind.OPERATOR_WITHOUT_WORDS, token)
            self._place += 1
            return None
        self._place += 1
        match token.kind:
            case "open":
                return self._group()
            case "field":
                return self._field(token)
        return self._value(token)

    def _group(self) -> Node | None:
        nodes: list[Node] = []
        while self._place < len(self._tokens) and not self._next_if("close"):
            if clause := self._clause():
                nodes.append(Not(clause.node) if clause.occur is Occur.EXCLUDED else clause.node)
        return nodes[0] if len(nodes) == 1 else AllOf(tuple(nodes)) if nodes else None

    def _value(self, token: _Token) -> Value | None:
        if token.kind == "phrase":
            return Phrase(token.text) if token.text else None
        if not _LETTER.search(token.text):
            return None
        is_beginning = token.text.endswith("*")
        return Prefix(token.text.rstrip("*")) if is_beginning else Words(token.text)

    def _field(self, token: _Token) -> Node | None:
        field = _FIELDS.get(_fold(token.text[:-1]))
        if field is None:
            self._tell(ProblemKind.UNKNOWN_FIELD, token)
            return self._run(token.at)
        start = self._place
        values = self._values(token)
        node = self._of_field(field, values, token) if values else None
        if node is None:
            self._place = start
        return node or self._run(token.at)

    def _values(self, field: _Token) -> list[Value]:
        """One, or alternatives in parentheses; none where something else stands there."""
        after = field.at + len(field.text)
        token = self._tokens[self._place] if self._place < len(self._tokens) else None
        if token and token.at == after and token.kind in {"open", "phrase"}:
            self._place += 1
            found = self._listed(token) if token.kind == "open" else [self._value(token)]
        else:
            found = [self._run(after)]
        return [value for value in found if value]

    def _listed(self, opening: _Token) -> list[Value | None]:
        found: list[Value | None] = []
        while self._place < len(self._tokens) and not self._next_if("close"):
            token = self._next_if("word", "phrase", "either")
            if token is None:
                self._tell(ProblemKind.UNKNOWN_VALUE, opening)
                return []
            found += [self._value(token)] if token.kind != "either" else []
        return found

    def _of_field(self, field: str, values: list[Value], token: _Token) -> Node | None:
        if field in _CODED:
            known = self._codes.get(field, {})
            codes = [known.get(_fold(value.text)) for value in values]
            if None in codes:
                self._tell(ProblemKind.UNKNOWN_VALUE, token, values[codes.index(None)].text)
                return None
            return Coded(field, tuple(dict.fromkeys(code for code in codes if code)))
        if field in _DATED:
            return self._dated(field, values, token)
        return Named(field, tuple(dict.fromkeys(values)))

    def _dated(self, field: str, values: list[Value], token: _Token) -> Dated | None:
        given = " ".join(value.text for value in values)
        try:
            day = partial_dates.Day.parse(given)
            if "X" in given:
                raise partial_dates.PartialDateError(given)
            found = day.latest if field == "before" else day.earliest
        except ValueError:
            found = None
        if found is None:
            self._tell(ProblemKind.UNREADABLE_DATE, token, given)
            return None
        return Dated(field, found)

    def _run(self, at: int) -> Value | None:
        """All that is glued together from `at` on, whatever it could be read as."""
        run = _WORD.match(self._text, at)
        if run is None:
            return None
        while self._place < len(self._tokens) and self._tokens[self._place].at < run.end():
            self._place += 1
        return self._value(_Token("word", run[0], at))

    def _next_if(self, *kinds: str) -> _Token | None:
        if self._place < len(self._tokens) and self._tokens[self._place].kind in kinds:
            self._place += 1
            return self._tokens[self._place - 1]
        return None

    def _tell(self, kind: ProblemKind, token: _Token, value: str = "") -> None:
        self.problems.append(Problem(kind, token.text + value, token.at))


def _not(node: Node) -> Node:
    return node.part if isinstance(node, Not) else Not(node)


def _without_needless_parentheses(clause: Clause) -> Iterator[Clause]:
    """(a b) c is a sentence with an aside, where no operator says what the parentheses are for."""
    if clause.occur is Occur.OPTIONAL and isinstance(clause.node, AllOf) and not _excludes(clause.node):
        for part in clause.node.parts:
            occur = Occur.REQUIRED if _narrows(part) else Occur.OPTIONAL
            yield from _without_needless_parentheses(Clause(part, occur))
    else:
        yield clause


def _excludes(node: AllOf) -> bool:
    return any(isinstance(part, Not) for part in node.parts)


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _narrows(node: Node) -> bool:
    """Whether it says only where to look or what is not wanted: that holds without a sign."""
    match node:
        case Named() | Coded() | Dated() | Not():
            return True
        case AnyOf(parts=parts) | AllOf(parts=parts):
            return all(map(_narrows, parts))
    return False
