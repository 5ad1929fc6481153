"""The licence of the data, in every file that carries them."""

from __future__ import annotations

CODE = "CC-BY-4.0"  # as SPDX has it
