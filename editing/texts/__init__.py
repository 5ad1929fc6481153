"""The text of a source: how it comes in, what it was cleaned of, and what becomes of the marks in it."""
