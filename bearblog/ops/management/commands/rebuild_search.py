"""Makes the search index anew from the posts."""

from typing import Any

from django.core.management.base import BaseCommand

from bearblog.domain.posts import search


class Command(BaseCommand):
    help = "Makes the search index of all blogs anew. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{search.rebuild()} posts are in the search index.")
