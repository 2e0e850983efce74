"""What people do on a fresh box, through its front door."""

import json

import httpx

from deploy.droplet.box import Box
from deploy.droplet.playbook import FIRST_BLOG, OWNER
from tests.person import Person

PASSWORD = "correct horse battery staple"


def create_owner(box: Box) -> dict[str, str | bool | None]:
    """What the command answers that makes the owner, and is safe to run again."""
    answer: dict[str, str | bool | None] = json.loads(
        box.ssh(f"bearblog create_owner --email {OWNER} --blog-title Hello --blog-subdomain {FIRST_BLOG}")
    )
    return answer


def owner_of(box: Box) -> Person:
    """The owner, signed in; on a fresh box the password is set by the one-time link first."""
    person = Person(box.client())
    link = create_owner(box)["password_link"]
    if link:
        person.open(str(link))
        person.send(password1=PASSWORD, password2=PASSWORD)
    person.open(f"{box.site_url}account/login/")
    if "login" in person.page.text and person.page.url.path == "/account/login/":
        person.send(login=OWNER, password=PASSWORD)
    return person


def publish(box: Box, person: Person, *, title: str, text: str) -> httpx.Response:
    """Writes a post in the first blog's studio and publishes it."""
    person.open(f"{box.site_url}studio/{FIRST_BLOG}/posts/new/")
    answer = person.send(text=text, header=f"title: {title}", press_do="publish")
    assert answer.status_code == 200
    return answer
