"""`systemctl restart bearblog`, a reboot and a killed service, as readers and authors meet them."""

import threading
from collections.abc import Iterator

import pytest

from deploy.droplet import machine
from deploy.droplet.box import Box
from deploy.figures import first_page, load

pytestmark = pytest.mark.box


def test_a_restart_under_load_drops_no_request(box: Box) -> None:
    with box.client() as client:
        client.get(box.blog_url)
        with load.stream(client, box.blog_url, rate=50) as outcome:
            box.ssh("systemctl restart bearblog")
            box.ssh("systemctl restart bearblog")
    assert outcome.failures == []
    assert len(outcome.waits) > 50


def test_a_slow_upload_under_way_survives_a_restart(box: Box) -> None:
    half_sent, restarted = threading.Event(), threading.Event()

    def body() -> Iterator[bytes]:
        yield b"text=" + b"a" * 500_000
        half_sent.set()
        restarted.wait(60)
        yield b"a" * 500_000

    answers: list[int] = []

    def upload() -> None:
        with box.client() as client:
            answers.append(client.post(f"{box.site_url}account/login/", content=body()).status_code)

    sender = threading.Thread(target=upload)
    sender.start()
    try:
        assert half_sent.wait(30)
        with box.client() as client, load.stream(client, box.blog_url, rate=20) as outcome:
            box.ssh("systemctl restart bearblog")
    finally:
        restarted.set()
        sender.join()
    assert outcome.failures == []
    # No cookie, no token: the application answered the upload, and it refused it as it should.
    assert answers == [403]


def test_a_reboot_brings_everything_back(box: Box) -> None:
    machine.power_off(box.droplet)
    box.boot()
    first_page.await_page(box, box.blog_url)
    assert box.ssh("systemctl --failed --no-legend").strip() == ""
    box.ssh("bearblog wait_replicated --timeout 20")


@pytest.mark.parametrize("unit", ["bearblog", "bearblog-worker", "litestream", "caddy"])
def test_a_killed_service_comes_back(box: Box, unit: str) -> None:
    box.ssh(
        f"systemctl kill --signal=KILL {unit} && until systemctl is-active --quiet {unit}; do sleep 0.1; done"
    )
    first_page.await_page(box, box.blog_url)
