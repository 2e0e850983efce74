"""The table of canaries."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Canary",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("moment", models.DateTimeField(default=django.utils.timezone.now)),
                ("rows", models.JSONField()),
                ("lag", models.FloatField(null=True)),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
    ]
