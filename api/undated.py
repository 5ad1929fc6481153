"""How many positions fit a question but for having no date: `from` and `to` leave them out, and that is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http.response import HttpResponseBase
from rest_framework.response import Response

from search.filters import Filters, undated_left_out

HEADER = "Undated-Left-Out"
UNDATED: Mapping[str, Any] = {
    "undated_left_out": {
        "type": "integer",
        "description": "Beside `from` or `to`: how many more fit but for having no date; `undated=include` takes them"
        f" in. The header `{HEADER}` has it in every form.",
    }
}


def telling_undated(response: HttpResponseBase, filters: Filters) -> HttpResponseBase:
    """With the figure in a header, and in a page of a list beside its count. What is searched for by words has it in
    `/search/`. Costs two queries at most where there are days, none where there are none.
    """
    if filters.q or not (filters.after or filters.before):
        return response
    left_out = undated_left_out(filters)
    response[HEADER] = str(left_out)
    if isinstance(response, Response) and isinstance(response.data, dict):
        response.data = {"count": response.data["count"], "undated_left_out": left_out, **response.data}
    return response
