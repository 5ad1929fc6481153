"""A tree as YAML that people like to read and to edit: short things in one line, long texts folded."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import yaml

from exchange.dossier.source import looks_like_a_text

_LINE = 92
_LINE_OF_WIDE = 56  # letters of Hangul and the like, each as wide as two
_FOLDED_FROM = 72
_OTHER_BREAKS = re.compile("[\r\x85\u2028\u2029\ufeff]")  # only in double quotes they survive
_HEADER = "# A dossier: one debate with everything it needs. Format: docs/dossiers.md\n"


def as_yaml(tree: dict[str, Any]) -> str:
    """With a free line between the sections."""
    scalars = {key: value for key, value in tree.items() if not isinstance(value, dict | list)}
    sections = [_Section(scalars), *(_Section({key: value}) for key, value in tree.items() if key not in scalars)]
    return _HEADER + "\n".join(_dump(section) for section in sections)


class _Section(dict[str, Any]):
    """A mapping that is never put into one line."""


def _dump(section: _Section) -> str:
    return str(yaml.dump(section, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_LINE))


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Lists are indented below their key."""
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def write_folded(self, text: str) -> None:
        self.best_width = _LINE if _width(text) < 1.5 * len(text) else _LINE_OF_WIDE
        super().write_folded(text)
        self.best_width = _LINE


def _mapping(dumper: _Dumper, mapping: dict[str, Any]) -> yaml.Node:
    in_one_line = not isinstance(mapping, _Section) and _is_short(mapping)
    return dumper.represent_mapping("tag:yaml.org,2002:map", mapping, flow_style=in_one_line)


def _sequence(dumper: _Dumper, items: list[Any]) -> yaml.Node:
    of_scalars = not any(isinstance(item, dict | list) for item in items)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=of_scalars)


def _text(dumper: _Dumper, text: str) -> yaml.Node:
    style = None
    if _OTHER_BREAKS.search(text):
        style = '"'
    elif "\n" in text:
        style = "|"
    elif _width(text) > _FOLDED_FROM and " " in text:
        style = ">"
    elif not looks_like_a_text(text):
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _is_short(mapping: dict[str, Any]) -> bool:
    """A few short texts that fit into a line."""
    if any(isinstance(value, dict | list) or "\n" in str(value) for value in mapping.values()):
        return False
    return _width("".join(f"{key}: {value}, " for key, value in mapping.items())) <= _FOLDED_FROM


def _width(text: str) -> int:
    """In columns of a fixed-width font."""
    return len(text) + sum(unicodedata.east_asian_width(character) in {"W", "F"} for character in text)


_Dumper.add_representer(dict, _mapping)
_Dumper.add_representer(_Section, _mapping)
_Dumper.add_representer(list, _sequence)
_Dumper.add_representer(str, _text)
