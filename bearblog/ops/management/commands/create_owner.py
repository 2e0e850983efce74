"""Makes the owner of a new box and a first blog."""

import dataclasses
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bearblog.domain.accounts.errors import AccountError
from bearblog.domain.blogs.errors import BlogError
from bearblog.ops.owner import prepare_owner


class Command(BaseCommand):
    help = (
        "Makes the owner of the box and a first blog where they are missing; prints JSON. Safe to run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True, help="the owner's e-mail address")
        parser.add_argument("--blog-title", required=True, help="title of the first blog")
        parser.add_argument("--blog-subdomain", required=True, help="name of the first blog")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            owner = prepare_owner(
                email=options["email"],
                blog_title=options["blog_title"],
                blog_subdomain=options["blog_subdomain"],
            )
        except (AccountError, BlogError) as error:
            raise CommandError(error.sentence) from error
        self.stdout.write(json.dumps(dataclasses.asdict(owner)))
