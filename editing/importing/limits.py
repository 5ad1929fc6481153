"""How much may be sent: counted while it comes in, so that what is too large is never kept."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest


class Limited(FileUploadHandler):
    """Leaves out a file that is larger; then `request.file_too_large` is true."""

    def __init__(self, request: HttpRequest, most: int) -> None:
        super().__init__(request)
        self.most, self.received = most, 0

    def new_file(self, *args: Any, **options: Any) -> None:
        super().new_file(*args, **options)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > self.most:
            self.request.file_too_large = True  # type: ignore[union-attr]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler keeps it."""


def is_too_large(request: HttpRequest) -> bool:
    """Reads what was sent, if nobody has."""
    assert request.FILES is not None
    return getattr(request, "file_too_large", False)
