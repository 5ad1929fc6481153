"""Why something is not written, as a problem document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db.models import Model

from api.addresses import resource_url
from api.problems import FieldDifference, Referrer, Told
from api.writing.bodies import BODIES, REASON, Body
from api.writing.document import Fault, Faulty
from api.writing.fields import id_column
from review.models import Revision
from review.refusals import (
    Clash,
    Decided,
    Difference,
    Gone,
    InUse,
    Invalid,
    MovedOn,
    NotAllowed,
    ReasonMissing,
)

_BY_MODEL = {body.model: name for name, body in BODIES.items()}


@contextmanager
def told(body: Body, document: Mapping[str, Any] | None = None) -> Iterator[None]:
    """Turns every refusal into the problem that tells of it, in the words of the document. Where there is none, it is
    for the caller to say that a reason is missing.
    """
    try:
        yield
    except Faulty as error:
        raise _faulty(error.faults) from error
    except Invalid as error:
        faults = [Fault(body.pointer(mistake.path, document or {}), mistake.message) for mistake in error.mistakes]
        raise _faulty(faults) from error
    except ReasonMissing as error:
        if document is None:
            raise
        raise _faulty([Fault((REASON,), str(error))]) from error
    except NotAllowed as error:
        raise Told("forbidden", str(error)) from error
    except MovedOn as error:
        raise Told("conflict", str(error), differences=differences(body, error.differences)) from error
    except InUse as error:
        raise Told("conflict", str(error), referrers=[_referrer(record) for record in error.referrers]) from error
    except Gone as error:
        raise Told("not-found", str(error)) from error
    except (Clash, Decided) as error:
        raise Told("conflict", str(error)) from error


def differences(body: Body, found: Iterable[Difference]) -> list[FieldDifference]:
    return [
        {
            "pointer": Fault(body.pointer((one.column,), {}), "").pointer,
            "yours": body.show(one.column, one.yours),
            "now": body.show(one.column, one.now),
        }
        for one in found
    ]


MOST_FAULTS = 100  # that are told at once: an answer is not to be longer than what it answers


def _faulty(faults: list[Fault]) -> Told:
    places = ", ".join(dict.fromkeys(fault.pointer or "the record as a whole" for fault in faults[:10]))
    errors = [{"pointer": fault.pointer, "detail": fault.detail} for fault in faults[:MOST_FAULTS]]
    more = (
        f" There are {len(faults):,} mistakes; the first {MOST_FAULTS} are told." if len(faults) > MOST_FAULTS else ""
    )
    return Told("invalid-record", f"Can't be as it is written: {places}.{more}", errors=errors)


def _referrer(record: Model) -> Referrer:
    kind = str(record._meta.verbose_name)
    named: Referrer = {"kind": kind, "label": str(record)}
    if isinstance(record, Revision):
        return {**named, "url": resource_url("revisions", str(record.pk))}
    if name := _BY_MODEL.get(type(record)):
        return {**named, "url": resource_url(name, getattr(record, id_column(type(record))))}
    return named
