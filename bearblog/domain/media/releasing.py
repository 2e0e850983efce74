"""Takes files off the disk that no row names any more."""

from collections.abc import Iterable

from django.db import transaction

from bearblog.domain.media import selectors, storage
from bearblog.domain.media.models import MediaFile, Variant

StoredFile = tuple[str, str]


def release(stored: Iterable[StoredFile]) -> int:
    """Removes those files from the disk that no row names any more; returns how many."""
    wanted = set(stored)
    # Uploads place their bytes in a transaction too, and there is one writer at a time.
    with transaction.atomic():
        named = selectors.named_hashes(sha256 for sha256, _ in wanted)
        unnamed = [one for one in wanted if one[0] not in named]
        for sha256, extension in unnamed:
            storage.remove(sha256, extension)
    return len(unnamed)


def stored_files(files: Iterable[MediaFile]) -> list[StoredFile]:
    """Each file that lies on the disk for these, variants included."""
    files = list(files)
    variants = Variant.objects.filter(media_file__in=files)
    own = [(file.sha256, file.extension) for file in files]
    return own + [(variant.sha256, variant.extension) for variant in variants]
