"""The editors' own screens, under the address of the admin and before its pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from editing.bin import views as bin
from editing.merging import views as merging

app_name = "editing"
urlpatterns: list[URLPattern | URLResolver] = [
    path("bin/", bin.lying, name="bin"),
    path("bin/<int:key>/", bin.inside, name="binned"),
    path("merging/", merging.likenesses, name="merging"),
    path("merging/compare/", merging.compare, name="compare"),
    path("merging/done/", merging.merges, name="merges"),
    path("merging/done/<int:key>/", merging.merged, name="merge"),
    path("merging/apart/", merging.apart, name="apart"),
]
