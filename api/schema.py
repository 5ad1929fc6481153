"""The OpenAPI description, read from the shapes that the views return and the parameters they take."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from inspect import cleandoc
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    TypeAliasType,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from django.db.models import Choices
from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ComponentIdentity, ResolvedComponent
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from api.formats import JSONLDRenderer, JSONRenderer
from api.parameters import Parameter
from api.problems import KINDS, MEDIA_TYPE, ProblemDocument
from api.shapes.texts import Bilingual, InOneLanguage
from api.writing import description as writing
from api.writing.fields import COMPONENTS

type Schema = dict[str, Any]
_BASIC: Mapping[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    time: {"type": "string", "pattern": r"^\d\d:\d\d:\d\d$"},  # of the place: the format "time" wants an offset
    Any: {},
}
_PAGE: Schema = {
    "count": {"type": "integer", "description": "How many there are on all pages."},
    "next": {"type": ["string", "null"], "format": "uri", "description": "The next page."},
    "previous": {"type": ["string", "null"], "format": "uri", "description": "The page before."},
    "page": {"type": ["integer", "null"], "description": "The number of this page, from 1; null in a walk by cursor."},
    "pages": {"type": ["integer", "null"], "description": "How many pages there are; null in a walk by cursor."},
}
_EVERYWHERE = ("invalid-parameters", "not-acceptable", "too-many-requests")
_SPARSE: Schema = {
    "type": "object",
    "description": "A record of which only some members were asked for: they are as in the whole one.",
    "properties": {"id": {"type": "string"}},
    "required": ["id"],
    "additionalProperties": True,
}
_TEXT: Schema = {"type": "string"}
_LINKED: Schema = {"type": "object", "properties": {"@context": {"type": ["string", "object"]}}}


class ShapeExtension(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    """Makes a component of each TypedDict that a view returns."""

    @classmethod
    def _matches(cls, target: Any) -> bool:
        return is_typeddict(target)

    def get_name(self, auto_schema: AutoSchema, direction: str) -> str:
        name: str = self.target.__name__
        return name

    def map_serializer(self, auto_schema: AutoSchema, direction: str) -> Schema:
        schema = _object(self.target, auto_schema)
        if self.target is not Bilingual:
            return schema
        description = schema.pop("description")
        return {"description": description, "anyOf": [schema, of_type(InOneLanguage, auto_schema)]}


class DescribedByShape(AutoSchema):
    """Of a view that says itself what it takes and returns: see `api.views`."""

    view: Any

    def get_operation_id(self) -> str:
        steps = [step for step in self.path.strip("/").split("/")[2:] if not step.startswith("{")]
        return "_".join([*(steps or ["overview"]), getattr(self.view, "action", "read")])

    def get_tags(self) -> list[str]:
        return [self._resource]

    def get_summary(self) -> str:
        if writes := writing.operation(self.view):
            return f"{writes.summary} {self._resource}"
        if getattr(self.view, "action", "") == "retrieve":
            return f"One record of {self._resource}"
        return self.get_description().partition(".")[0]

    def get_description(self) -> str:  # type: ignore[override]
        writes = writing.operation(self.view)
        return writes.description if writes else cleandoc(type(self.view).__doc__ or "")

    def get_request_serializer(self) -> Any:
        document: tuple[str, Schema] | None = getattr(self.view, "document_schema", None)
        if document is None:
            return None
        for name, schema in COMPONENTS.items():
            _component(name, schema, self)
        return {"application/json": _component(*document, self)}

    def get_auth(self) -> list[Any]:
        """What is for everybody takes a token, too; what is not takes nothing else."""
        is_for_all = self.method == "GET" and "unauthorized" not in self.view.problems
        return [one for one in super().get_auth() if one or is_for_all]

    def _get_request_body(self, direction: Any = "request") -> Any:
        body: Schema | None = super()._get_request_body(direction)  # type: ignore[no-untyped-call]
        return body and {**body, "required": True}

    def get_override_parameters(self) -> list[Any]:
        return [*(_in_query(parameter) for parameter in self.view.takes()), *writing.headers(self.view)]

    def _written(self, writes: writing.Writes) -> dict[Any, OpenApiResponse]:
        record, waiting = of_type(self.view.shape, self), of_type(self.view.waiting_shape, self)
        standing = of_type(self.view.standing_shape, self)
        has_status = "status" in self.view.body.fields
        bodies = {"": None, "revision": waiting, "record": {"allOf": [record, standing]} if has_status else record}
        answers = {
            status: OpenApiResponse(bodies[body], meaning) for status, (body, meaning) in writes.statuses.items()
        }
        return {**answers, **dict(map(_problem, (*_EVERYWHERE, *writes.problems)))}

    def get_response_serializers(self) -> Any:
        if writes := writing.operation(self.view):
            return self._written(writes)
        moved = {301: OpenApiResponse(description="It has another address now.")}
        unchanged = {304: OpenApiResponse(description="The same as what `If-None-Match` names.")}
        told = dict(map(_problem, (*_EVERYWHERE, *self.view.problems)))
        return {**self._found(), **(moved if self._may_move else {}), **unchanged, **told}

    def _found(self) -> dict[Any, OpenApiResponse]:
        shape = of_type(self.view.shape, self)
        whole = _page_of(shape, self, getattr(self.view, "page_members", {})) if self.view.in_pages else shape
        media_types = [renderer.media_type for renderer in self.view.get_renderers()]
        schemas = {JSONRenderer.media_type: whole, JSONLDRenderer.media_type: _LINKED}
        if "fields" in {parameter.name for parameter in self.view.takes()}:
            schemas[JSONRenderer.media_type] = {"anyOf": [whole, self._sparse()]}
        return {(200, one): OpenApiResponse(schemas.get(one, _TEXT), "Found.") for one in media_types}

    def _sparse(self) -> Schema:
        """What `fields` makes of it: one description for all, since any members may be asked for."""
        some = _component("Sparse", _SPARSE, self)
        return _page_of(some, self) if self.view.in_pages else some

    @property
    def _resource(self) -> str:
        """A format is no resource of its own."""
        return next(iter(self.path.strip("/").split("/")[2:]), "overview").partition(".")[0]

    @property
    def _may_move(self) -> bool:
        viewset = getattr(self.view, "viewset", None)
        if viewset:  # what hangs on a record moves with it
            return bool(viewset.lookup_field == "slug")
        return getattr(self.view, "action", "") == "retrieve" and self.view.lookup_field == "slug"

    def _is_list_view(self, serializer: Any = None) -> bool:
        return False  # a page of a list has its own schema


def _object(shape: Any, auto_schema: AutoSchema) -> Schema:
    hints = get_type_hints(shape, include_extras=True)
    return {
        "type": "object",
        "description": cleandoc(shape.__doc__ or ""),
        "properties": {name: of_type(hint, auto_schema) for name, hint in hints.items()},
        "required": [name for name, hint in hints.items() if get_origin(hint) is not NotRequired],
    }


def of_type(hint: Any, auto_schema: AutoSchema) -> Schema:
    """JSON Schema of a type; a TypedDict is a component."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _annotated(arguments[0], arguments[1:], auto_schema)
    if isinstance(hint, TypeAliasType):
        return of_type(hint.__value__, auto_schema)
    if origin is None and hint in _BASIC:
        return dict(_BASIC[hint])
    if is_typeddict(hint):
        reference: Schema = auto_schema.resolve_serializer(hint, "response").ref
        return reference
    if origin in {Union, UnionType}:
        members = [of_type(member, auto_schema) for member in arguments if member is not NoneType]
        return _any_of(members, nullable=NoneType in arguments)
    if origin is list:
        return {"type": "array", "items": of_type(arguments[0], auto_schema)}
    if origin is dict:
        return {"type": "object", "additionalProperties": of_type(arguments[1], auto_schema)}
    if origin is Literal:
        return {**_BASIC[type(arguments[0])], "enum": list(arguments)}
    return of_type(arguments[0], auto_schema)  # NotRequired


def _annotated(hint: Any, notes: tuple[Any, ...], auto_schema: AutoSchema) -> Schema:
    """A text among the notes describes, a dict is more JSON Schema, and of choices the value is one."""
    schema = of_type(hint, auto_schema)
    for note in notes:
        match note:
            case str():
                schema["description"] = note
            case dict():
                schema |= note
            case type() if issubclass(note, Choices):
                schema = _any_of([_choice(note, auto_schema)], nullable=NoneType in get_args(hint))
    return schema


def _any_of(members: list[Schema], *, nullable: bool) -> Schema:
    if nullable and len(members) == 1 and "type" in members[0]:
        return {**members[0], "type": [members[0]["type"], "null"]}
    alternatives = [*members, {"type": "null"}] if nullable else members
    return alternatives[0] if len(alternatives) == 1 else {"anyOf": alternatives}


def _choice(choices: type[Choices], auto_schema: AutoSchema) -> Schema:
    described = "\n".join(f"* `{value}`: {label}" for value, label in choices.choices)
    schema = {"type": "string", "enum": list(choices.values), "description": described}
    return _component(choices.__qualname__.replace(".", ""), schema, auto_schema)


def _page_of(shape: Schema, auto_schema: AutoSchema, more: Mapping[str, Schema] | None = None) -> Schema:
    properties = {**_PAGE, "results": {"type": "array", "items": shape}}
    schema = {"type": "object", "properties": {**properties, **(more or {})}, "required": list(properties)}
    return _component(f"PageOf{shape['$ref'].rpartition('/')[2]}", schema, auto_schema)


def _component(name: str, schema: Schema, auto_schema: AutoSchema) -> Schema:
    identity: Any = ComponentIdentity(name)  # type: ignore[no-untyped-call]
    component = ResolvedComponent(name, ResolvedComponent.SCHEMA, schema, identity)  # type: ignore[no-untyped-call]
    auto_schema.registry.register_on_missing(component)
    return component.ref


def _in_query(parameter: Parameter) -> OpenApiParameter:
    schema = dict(parameter.schema)
    return OpenApiParameter(
        parameter.name, schema, OpenApiParameter.QUERY, parameter.required, description=parameter.description
    )


def _problem(kind: str) -> tuple[tuple[int, str], OpenApiResponse]:
    status, description = KINDS[kind]
    return (int(status), MEDIA_TYPE), OpenApiResponse(ProblemDocument, description)
