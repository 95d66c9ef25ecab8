"""Every error that Patlas raises on purpose.

An error names its text by a code (see `patents.messages`): it says *what* went wrong, *where* (file, row,
column, value, place in a query) and the next step. `PatlasError` is the root: the command line prints it
without a traceback and exits with its `exit_code`; the HTTP service answers with its `status`.
"""

from __future__ import annotations

from patents.messages import Message


class PatlasError(Exception):
    """Root of all errors that a user can act on.

    Args:
        code: of the text in the catalogues: its first line says what went wrong, the next ones what to do.
        values: what the text names: the offending value, where it stands.
    """

    exit_code = 1
    status = 500

    def __init__(self, code: str, /, **values: object) -> None:
        self.message = Message(code, values)
        super().__init__(code)

    @property
    def code(self) -> str:
        """Names the text; stable, English."""
        return self.message.code

    @property
    def what(self) -> str:
        """What went wrong, in the reader's language."""
        return self.message.lines()[0]

    @property
    def help(self) -> str:
        """The next step; where the text has none, that of the error it speaks of."""
        own = self.message.lines()[1]
        inner = (value.help for value in self.message.values.values() if isinstance(value, PatlasError))
        return own or next(inner, "")

    def __str__(self) -> str:
        """What went wrong, then the next step."""
        return f"{self.what}\n  {self.help}" if self.help else self.what


class InputError(PatlasError):
    """What the user gave cannot be used."""

    exit_code = 2
    status = 422


class NumberError(InputError):
    """A text is no patent number that we know."""


class DateError(InputError):
    """A text is no date that we know."""


class ClassificationError(InputError):
    """A text is no classification symbol."""


class UnreadableFileError(InputError):
    """A file could not be read at all; nothing was changed."""


class UnknownFormatError(UnreadableFileError):
    """A file reads as a table, but its headers match no known export and no mapping was given."""


class MappingError(InputError):
    """A column-mapping file names what does not exist or misses what is needed."""


class QueryError(InputError):
    """A query (检索式) is wrong at a known place.

    Attributes:
        text: of the query.
        place: 0-based character offset in it.
        excerpt: the line of the query with a caret under the place; "" where none is shown.
    """

    def __init__(self, code: str, /, *, text: str = "", place: int = 0, **values: object) -> None:
        self.text = text
        self.place = place
        self.excerpt = ""
        super().__init__(code, **values)

    @property
    def what(self) -> str:
        """What is wrong, and where."""
        what = super().what
        return f"{what}\n{self.excerpt}" if self.excerpt else what


class NotFoundError(PatlasError):
    """The thing asked for is not in this library."""

    exit_code = 3
    status = 404


class LibraryError(PatlasError):
    """The library folder is not as it should be."""

    exit_code = 4
    status = 503


class LibraryNotFoundError(LibraryError):
    """There is no library at the path."""


class LibraryLockedError(LibraryError):
    """Another process is writing to the library."""

    status = 409


class SnapshotError(LibraryError):
    """A snapshot is missing, damaged, or was built with another encoder."""


class DamagedSnapshotError(SnapshotError):
    """A file of a snapshot is not as it was written."""


class VectorServerError(LibraryError):
    """The server that a library's vectors lie on does not answer, refuses, or has lost them."""


class StoreError(LibraryError):
    """The record store refused an operation."""


class DamagedStoreError(StoreError):
    """The database is not as it was written."""


class EncoderError(PatlasError):
    """An encoder cannot be loaded or gave what it must not give."""

    exit_code = 5
    status = 503


class MissingColumnError(PatlasError):
    """A figure needs a column that this library's exports did not carry."""

    exit_code = 6
    status = 409


class MissingExtraError(PatlasError):
    """An optional package is not installed; the help names the pip command."""

    exit_code = 7
    status = 501


class MissingFontError(PatlasError):
    """The system has no font that holds Chinese characters; the help names the package."""

    exit_code = 7
    status = 501


class MailError(PatlasError):
    """The mail server did not take a message; what it reports stays in the library."""

    exit_code = 8
    status = 502
