from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from api.documentation import DocumentationView
from pages.views import health, robots

handler400 = "pages.views.errors.unreadable"
handler403 = "pages.views.errors.forbidden"
handler404 = "pages.views.errors.not_found"
handler500 = "pages.views.errors.failed"

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", robots.sitemap, name="sitemap"),
    path("sitemap-<slug:kind>-<int:number>.xml", robots.sitemap_part, name="sitemap-part"),
    path("api/v1/", include("api.urls")),
    path("api/docs/", DocumentationView.as_view(), name="api-documentation"),
    *i18n_patterns(
        path("admin/", include("editing.urls")),
        path("admin/", admin.site.urls),
        path("", include("pages.urls")),
        prefix_default_language=False,
    ),
]
