"""Measures the promised figures on real local boxes and prints them as a table."""

import os
import platform
import secrets
import sys
import time

from deploy.droplet import box as boxes
from deploy.droplet import ground, machine
from deploy.droplet.box import Box
from deploy.droplet.progress import say, step
from deploy.figures import first_page, load, memory, posts
from deploy.figures.measurement import Figure, table

_POSTS, _CHARACTERS = 10_000, 6_500


def measure_provision(box: Box) -> list[Figure]:
    """From a booted bare box to the first page, and a second run."""
    with step("Provisioning a bare box"), first_page.watch(box, box.site_url) as first:
        box.play("site.yml")
    with step("Provisioning it again"):
        began = time.monotonic()
        changed = len(boxes.changed_tasks(box.play("site.yml")))
        second = time.monotonic() - began
    with step("Checking it"):
        drifted = len(boxes.changed_tasks(box.play("site.yml", "--check", "--diff")))
    return [
        Figure("bare box to first 200 over HTTPS", first.shown, 90, "s"),
        Figure("bare box to end of playbook", first.ended, 90, "s"),
        Figure("second run", second, 40, "s"),
        Figure("second run, tasks changed", changed, 0, ""),
        Figure("--check --diff, tasks changed", drifted, 0, ""),
    ]


def measure_restarts(box: Box) -> list[Figure]:
    """Three restarts under 50 requests a second of pages that no cache answers."""
    with step("Restarting it under load"), box.client() as client:
        client.get(box.blog_url)
        with load.stream(client, box.blog_url, rate=50) as outcome:
            for _ in range(3):
                box.ssh("sleep 3; systemctl restart bearblog")
            box.ssh("sleep 3")
    return [
        Figure(f"restart under load, failed of {len(outcome.waits)}", len(outcome.failures), 0, ""),
        Figure("restart under load, longest wait", outcome.longest, 2, "s"),
    ]


def measure_power_on(box: Box) -> list[Figure]:
    """From power-on to the first page of a blog."""
    with step("Powering it off and on"):
        machine.power_off(box.droplet)
        with first_page.watch(box, box.blog_url) as first:
            box.boot()
            first.wait()
    return [Figure("power-on to first page", first.shown, 5, "s")]


def measure_memory(box: Box) -> list[Figure]:
    """What the idle stack holds."""
    with step("Weighing it idle"):
        box.ssh("sleep 20")
        parts = memory.pss(box)
    said = ", ".join(f"{part} {size:.0f}" for part, size in parts.items())
    return [Figure(f"stack idle, PSS ({said})", sum(parts.values()), 320, "MB")]


def measure_restore(box: Box, plain: float, second: float) -> list[Figure]:
    """The box lost with 10,000 posts, restored on a bare one, and restored again in place."""
    with step(f"Writing {_POSTS} posts"):
        size = posts.fill(box, count=_POSTS, characters=_CHARACTERS) / 1e6
    machine.pull_plug(box.droplet)
    new = boxes.make_bare(box.bucket, box.https_port)
    try:
        with step("Restoring on a bare box"), first_page.watch(new, f"{new.blog_url}post-9999/") as first:
            new.play("restore.yml")
        with step("Restoring in place"):
            began = time.monotonic()
            new.play("restore.yml", "-e", "restore_replace=true")
            in_place = time.monotonic() - began
    finally:
        boxes.remove(new)
    return [
        Figure(
            f"restore of {size:.0f} MB on a bare box, more than a provision", first.ended - plain, 10, "s"
        ),
        Figure("the same, to the first restored page", first.shown, 100, "s"),
        Figure("restore in place, more than a second run", in_place - second, 15, "s"),
    ]


def main() -> int:
    """Measures all, prints the table; 0 when every figure is met."""
    ground.prepare()
    box = boxes.make_bare(f"figures-{secrets.token_hex(4)}")
    try:
        figures = measure_provision(box)
        provision, second = figures[1].measured, figures[2].measured
        figures += measure_restarts(box) + measure_power_on(box) + measure_memory(box)
        figures += measure_restore(box, provision, second)
    finally:
        boxes.remove(box)
        ground.clear_unless_used(keep_image=True)
    say(f"\n{os.cpu_count()} cores, {platform.machine()}, Linux {platform.release()}, boxes in nspawn\n")
    say(table(figures))
    return 0 if all(figure.is_met for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
