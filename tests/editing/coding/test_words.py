from __future__ import annotations

import re

from django.conf import settings

from editing.coding.words import words

SAID = re.compile(r"(?:this|data)\.words\.(\w+)|filled\(\s*\"(\w+)\"|\? \"(send_\w+)\" : \"(send_\w+)\"")
ANY = re.compile(r"\bwords\.(\w+)")


def test_the_script_says_what_is_translated_and_nothing_is_translated_in_vain():
    scripts = "".join(path.read_text() for path in (settings.BASE_DIR / "static/coding").glob("*.js"))
    said = {name for found in SAID.findall(scripts) for name in found if name} - {"trim", "length", "slice"}
    assert said <= set(words()) <= said | set(ANY.findall(scripts))
