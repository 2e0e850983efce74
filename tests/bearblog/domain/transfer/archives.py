"""Archives made and read for the tests."""

import io
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs.models import Blog
from bearblog.domain.transfer.archive import whole_blog
from bearblog.domain.transfer.planning import Report
from bearblog.domain.transfer.records import SubscriberLine
from bearblog.domain.transfer.services import import_file

# What says where and when an archive was made, not what is in it.
_OF_THE_MOMENT = ("exported_at", "subdomain", "custom_domain", "former_names")


def exported(blog: Blog, subscribers: Iterable[SubscriberLine] = ()) -> bytes:
    """The archive of the blog."""
    return b"".join(whole_blog(blog, subscribers=subscribers))


def contents(archive: bytes) -> dict[str, object]:
    """Each file of the archive, without what belongs to the moment and the place."""
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        assert packed.testzip() is None
        found: dict[str, object] = {name: packed.read(name) for name in packed.namelist()}
    for name in ("manifest.json", "blog.json"):
        about = json.loads(str(found[name], "utf-8"))  # type: ignore[call-overload]
        found[name] = {key: value for key, value in about.items() if key not in _OF_THE_MOMENT}
    return found


def packed(files: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def brought_in(
    blog: Blog, content: bytes, folder: Path, *, by: User | None = None, with_blog: bool = True
) -> Report:
    """What came of bringing the file in."""
    file = folder / "brought"
    file.write_bytes(content)
    return import_file(blog=blog, by=by or blog.owner, file=file, with_blog=with_blog, take_subscribers=None)
