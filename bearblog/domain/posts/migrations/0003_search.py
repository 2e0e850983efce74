from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("posts", "0002_pages_tags_aliases")]

    # Marks count as letters here: without them the words of many scripts would fall apart.
    operations = [
        migrations.RunSQL(
            """
            CREATE VIRTUAL TABLE posts_search USING fts5(
                title, tags, text, spellings, place,
                tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'",
                prefix = '1 2 3'
            )
            """,
            "DROP TABLE posts_search",
        ),
    ]
