from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, OuterRef, Subquery

from bearblog.domain.posts.bare_text import bare_text
from bearblog.domain.posts.search_words import parted, place_word, spellings


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    posts = apps.get_model("posts", "Post").objects
    blogs = apps.get_model("blogs", "Blog").objects
    owner = blogs.filter(pk=OuterRef("blog")).values("owner")
    posts.filter(author=None).update(author=Subquery(owner))
    dated = posts.filter(status="published", first_published_at=None)
    dated.update(first_published_at=F("published_at"))
    with schema_editor.connection.cursor() as cursor:
        for post in posts.only("pk", "blog_id", "title", "text").iterator(chunk_size=200):
            text = bare_text(post.text, 200_000)
            other = spellings(f"{post.title} {text}")
            cursor.execute(
                "INSERT INTO posts_search (rowid, title, tags, text, spellings, place)"
                " VALUES (%s, %s, '', %s, %s, %s)",
                [post.pk, parted(post.title), parted(text), other, place_word(post.blog_id)],
            )


class Migration(migrations.Migration):
    dependencies = [("posts", "0003_search"), ("blogs", "0002_texts_settings_members")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
