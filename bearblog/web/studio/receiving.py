"""Takes a large file straight from the wire to its place on the disk."""

from io import BufferedWriter
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest


class FileToPlace(FileUploadHandler):
    """Writes the first file of a form to the place, and lets go of the connection beyond the limit."""

    chunk_size = 1024 * 1024

    def __init__(self, request: HttpRequest, place: Path, most: int) -> None:
        super().__init__(request)
        self._place, self._most = place, most
        self._stream: BufferedWriter | None = None
        self._taken = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self._stream is not None:
            raise SkipFile
        self._place.touch(mode=0o600)
        self._stream = self._place.open("wb")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._taken += len(raw_data)
        if self._taken > self._most or self._stream is None:
            raise StopUpload(connection_reset=True)
        self._stream.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        if self._stream is None or self._stream.closed:
            return None
        self._stream.close()
        return UploadedFile(name=self.file_name, size=file_size)

    def upload_interrupted(self) -> None:
        if self._stream is not None:
            self._stream.close()
        self._place.unlink(missing_ok=True)
