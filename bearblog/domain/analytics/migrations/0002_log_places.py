"""Readers are counted from the web server's log. Who was counted today is known by other marks from now on."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("analytics", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="LogPlace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("machine", models.CharField(max_length=32)),
                ("inode", models.PositiveBigIntegerField()),
                ("head", models.CharField(max_length=64)),
                ("offset", models.PositiveBigIntegerField(default=0)),
                ("pages", models.PositiveBigIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("machine", "inode", "head"), name="log_place_of_file")
                ],
            },
        ),
        migrations.DeleteModel(name="Seen"),
        migrations.CreateModel(
            name="Seen",
            fields=[("mark", models.IntegerField(primary_key=True, serialize=False))],
            options={"verbose_name_plural": "seen"},
        ),
    ]
