"""No more of an upload is kept than anybody may send, however much arrives.

Django's own handlers write all of it to the disk before a form can refuse it. This one stands before them: past the cap the
rest is read and thrown away, so that the answer reaches the sender, and the form gets a file that says how large it is and
holds nothing. Each form refuses it then in its own words, and keeps what else was typed.
"""

from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

LARGEST_FILE = 50 * 1024 * 1024  # bytes
LARGEST_REQUEST = 4 * LARGEST_FILE  # bytes of all files together


class OversizedFile(UploadedFile):
    """Too large, and hence not kept: `size` is true, the content is empty."""


class CappedUploadHandler(FileUploadHandler):
    def __init__(self, request=None):
        super().__init__(request)
        self._received = 0  # bytes of all files of the request

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        """A request that announces too much is not kept from its first byte on."""
        self._announced = content_length

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self._of_this_file = 0

    def receive_data_chunk(self, raw_data, start):
        """None keeps the piece from the handlers behind this one, which store it."""
        self._of_this_file += len(raw_data)
        self._received += len(raw_data)
        return None if self._is_too_much() else raw_data

    def _is_too_much(self) -> bool:
        return self._of_this_file > LARGEST_FILE or max(self._announced, self._received) > LARGEST_REQUEST

    def file_complete(self, file_size):
        """None leaves the file to the handlers behind this one."""
        if not self._is_too_much():
            return None
        size = max(self._of_this_file, LARGEST_FILE + 1)
        return OversizedFile(
            BytesIO(), self.file_name, self.content_type, size, self.charset, self.content_type_extra
        )
