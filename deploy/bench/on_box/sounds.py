"""Gives blogs files to keep, through the service that takes uploads. For `bearblog shell`, on the box."""

import os
import sys
import wave
from pathlib import Path
from tempfile import TemporaryDirectory

from bearblog.domain.blogs.models import Blog
from bearblog.domain.media.services import add_file


def add_sounds(count: int, size: int) -> None:
    """Adds sound files of so many bytes of noise each, to the blogs in turns; prints how many, on the way."""
    blogs = list(Blog.objects.select_related("owner").order_by("pk"))
    with TemporaryDirectory() as folder:
        source = Path(folder) / "noise.wav"
        for number in range(1, count + 1):
            _make_noise(source, size)
            blog = blogs[number % len(blogs)]
            add_file(blog=blog, uploaded_by=blog.owner, source=source, name=f"noise-{number}.wav")
            if number % 200 == 0 or number == count:
                sys.stdout.write(f"{number:,}\n")
                sys.stdout.flush()


def _make_noise(file: Path, size: int) -> None:
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(44_100)
        sound.writeframes(os.urandom(size))
