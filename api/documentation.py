"""The description of the API, for programs and to read."""

from __future__ import annotations

from typing import Any

from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.views import exception_handler

from api.views import PublicView


class SchemaView(PublicView, SpectacularAPIView):
    """The OpenAPI description of this API, as JSON or YAML."""

    schema = None
    renderer_classes = [OpenApiJsonRenderer2, OpenApiJsonRenderer, OpenApiYamlRenderer2, OpenApiYamlRenderer]


class DocumentationView(SpectacularSwaggerSplitView):
    """Swagger UI, all of it from this site, with nothing in line that the content security policy would refuse."""

    url_name = "api:schema"
    template_name = "api/documentation.html"
    title = "API"

    def get_exception_handler(self) -> Any:
        return exception_handler  # its errors are for people
