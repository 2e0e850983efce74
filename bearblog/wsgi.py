"""The WSGI application that gunicorn serves."""

import os

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

from bearblog.ops.preload import load_pages

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bearblog.settings")

application = get_wsgi_application()

# The cache may be deleted at any time; a start makes its table anew.
call_command("createcachetable", database="cache")

# Not for the first reader of each process: gunicorn's processes share what is loaded before they fork.
load_pages()
