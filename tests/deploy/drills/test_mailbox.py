import smtplib
import ssl
import threading
from collections.abc import Iterator

import pytest

from deploy.drills.mailbox import ANNOUNCED, TAKEN, Mailbox


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    made = Mailbox("127.0.0.1")
    yield made
    made.close()


def sender(mailbox: Mailbox) -> smtplib.SMTP:
    """Somebody who has greeted the server, and trusts it alone."""
    client = smtplib.SMTP("127.0.0.1", mailbox.port, timeout=10)
    client.starttls(context=ssl.create_default_context(cadata=mailbox.certificate))
    return client


def write(client: smtplib.SMTP, subject: str) -> None:
    client.sendmail("a@example.org", ["b@example.org"], f"Subject: {subject}\r\n\r\n.\r\nWords.\r\n")


def test_letters_come_one_after_the_other(mailbox: Mailbox) -> None:
    with sender(mailbox) as client:
        write(client, "one")
        write(client, "two")
    assert mailbox.arrived == ["one", "two"]


@pytest.mark.parametrize(("place", "arrived"), [(ANNOUNCED, []), (TAKEN, ["one"])])
def test_a_letter_is_held_and_its_sender_gone(mailbox: Mailbox, place: str, arrived: list[str]) -> None:
    mailbox.hold(place)
    client = sender(mailbox)

    def write_until_cut() -> None:
        with pytest.raises((OSError, smtplib.SMTPException)):
            write(client, "one")

    writing = threading.Thread(target=write_until_cut)
    writing.start()
    assert mailbox.held.wait(10)
    assert client.sock is not None
    client.sock.shutdown(2)
    writing.join()
    client.close()
    mailbox.release()
    with sender(mailbox) as another:
        write(another, "two")
    assert mailbox.arrived == [*arrived, "two"]


def test_a_letter_that_is_released_goes_on(mailbox: Mailbox) -> None:
    mailbox.hold(TAKEN)
    with sender(mailbox) as client:
        writing = threading.Thread(target=write, args=(client, "one"))
        writing.start()
        assert mailbox.held.wait(10)
        mailbox.release()
        writing.join()
    assert mailbox.arrived == ["one"]
