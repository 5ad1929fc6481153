from __future__ import annotations


class SearchUnavailable(Exception):
    """There is no index to search and none can be made now; the message is a sentence for the reader."""
