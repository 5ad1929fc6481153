"""Every recipe of docs/recipes.md, run as it stands there against a site with the bundled debate."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command

from api.urls import router  # noqa: F401  # the addresses are there before the site is asked

pytestmark = pytest.mark.words

PAGE = Path(django_settings.BASE_DIR) / "docs" / "recipes.md"
HOST = "http://127.0.0.1:8000"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```\n", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#{2,3} (.+)$", re.MULTILINE)
ENDINGS = {"sh": "sh", "python": "py", "r": "R", "js": "mjs"}
PROGRAMS = {"sh": "sh", "python": sys.executable, "r": "Rscript", "js": "node"}


@dataclass(frozen=True)
class Recipe:
    language: str
    title: str
    program: str
    prints: str


def recipes(page: str) -> list[Recipe]:
    """A program, and what the next block says that it prints."""
    found, blocks = [], list(BLOCK.finditer(page))
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        if block[1] in ENDINGS:
            title = HEADING.findall(page[: block.start()])[-1]
            prints = following[2] if following and following[1] == "text" else ""
            found.append(Recipe(block[1], title, block[2], prints))
    return found


RECIPES = recipes(PAGE.read_text(encoding="utf-8"))


@pytest.fixture
def site(django_db_setup, live_server, settings):
    settings.PUBLIC_URL = live_server.url
    settings.API_RATE = 0
    call_command("load_bundled", verbosity=0)
    call_command("search_index", "--if-needed", verbosity=0)
    return live_server.url


def missing(recipe: Recipe) -> str | None:
    """What would have to be installed."""
    if not shutil.which(PROGRAMS[recipe.language]):
        return f"{PROGRAMS[recipe.language]} is not installed"
    if recipe.language == "sh":
        return next(
            (f"{one} is not installed" for one in ("curl", "jq") if one in recipe.program and not shutil.which(one)),
            None,
        )
    if recipe.language == "r" and "jsonlite" in recipe.program:
        found = subprocess.run(["Rscript", "-e", "library(jsonlite)"], capture_output=True, check=False)
        return "R's jsonlite is not installed" if found.returncode else None
    return None


@pytest.mark.full
@pytest.mark.once
@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: f"{recipe.language}: {recipe.title}")
def test_it_prints_what_the_page_says(recipe, site, tmp_path):
    if reason := missing(recipe):
        pytest.skip(reason)
    file = tmp_path / f"recipe.{ENDINGS[recipe.language]}"
    file.write_text(recipe.program.replace(HOST, site), encoding="utf-8")
    done = subprocess.run(
        [PROGRAMS[recipe.language], file],
        cwd=tmp_path,
        env={**os.environ, "LC_ALL": "C.UTF-8", "no_proxy": "*"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert written(done.stdout.replace(site, HOST)) == written(recipe.prints)


def written(text: str) -> list[str]:
    """Its lines without spaces at their ends, empty ones around them, and the mark that CSV begins with."""
    lines = [line.rstrip() for line in text.lstrip("\ufeff").splitlines()]
    return "\n".join(lines).strip("\n").splitlines()


@pytest.mark.once
def test_there_are_recipes_for_each_language_and_each_says_what_it_prints():
    assert {recipe.language for recipe in RECIPES} == set(ENDINGS)
    assert [recipe.title for recipe in RECIPES if not recipe.prints] == []
    assert all(HOST in recipe.program for recipe in RECIPES)
