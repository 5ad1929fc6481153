"""The licence of the data, wherever they go."""

from __future__ import annotations

NAME = "CC BY 4.0"
CODE = "CC-BY-4.0"  # as SPDX has it
URL = "https://creativecommons.org/licenses/by/4.0/"
