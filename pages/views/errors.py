"""What a reader sees when there is nothing to show."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pages.problems import NotThere, NotUnderstood


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Messages of other exceptions were not written for readers."""
    message = str(exception) if isinstance(exception, NotUnderstood) else ""
    return render(request, "400.html", {"message": message}, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    message = str(exception) if isinstance(exception, NotThere) else ""
    return render(request, "404.html", {"message": message}, status=404)


def failed(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)
