"""Text as XML can hold it: a few control characters have no place there, however they are written."""

from __future__ import annotations

import re

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fit_for_xml(text: str) -> str:
    return _NOT_IN_XML.sub("", text)
