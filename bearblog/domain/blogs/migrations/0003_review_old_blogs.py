"""Blogs from before the review count as reviewed, and their domains have a claim that the worker looks at."""

import secrets

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def settle_old_blogs(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    blogs = apps.get_model("blogs", "Blog").objects
    claims = apps.get_model("blogs", "DomainClaim").objects
    blogs.update(is_reviewed=True, home_updated_at=F("updated_at"))
    for blog in blogs.filter(custom_domain__isnull=False).iterator():
        token = f"bearblog-{secrets.token_hex(16)}"
        claims.get_or_create(blog=blog, defaults={"domain": blog.custom_domain or "", "token": token})


class Migration(migrations.Migration):
    dependencies = [("blogs", "0002_texts_settings_members")]

    operations = [migrations.RunPython(settle_old_blogs, migrations.RunPython.noop, elidable=True)]
