"""The table of hours."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Hour",
            fields=[
                ("number", models.IntegerField(primary_key=True, serialize=False)),
                ("requests", models.PositiveIntegerField(default=0)),
                ("errors", models.PositiveIntegerField(default=0)),
                ("disk_used", models.PositiveBigIntegerField(null=True)),
                ("disk_total", models.PositiveBigIntegerField(null=True)),
                ("lag_typical", models.FloatField(null=True)),
                ("lag_longest", models.FloatField(null=True)),
            ],
            options={
                "ordering": ("number",),
            },
        ),
    ]
