"""The worker is killed in the midst of a letter: does any letter come twice, or is one lost?"""

import json
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from deploy.bench.figures import Figure
from deploy.drills import holdings, spare
from deploy.drills.mailbox import ANNOUNCED, TAKEN, Mailbox
from deploy.drills.outcome import Outcome
from deploy.drills.spare import Spare
from deploy.droplet import box as boxes
from deploy.droplet import state
from deploy.droplet.box import Box
from deploy.droplet.progress import say, step
from deploy.droplet.state import DropletError

_LETTERS_A_ROUND = 3
_PATIENCE = 120.0
_SENT, _UNSURE = "sent", "unsure"
_AUTHORITY = "/etc/bearblog/mailbox.pem"
_DROP_INS = "/etc/systemd/system/bearblog-worker.service.d"
# What a site does that has a mail server of its own: the worker is to trust its certificate.
_TRUST = (
    f"mkdir -p {_DROP_INS} && cat >{_AUTHORITY} <<'END'\n{{certificate}}END\n"
    f"printf '[Service]\\nEnvironment=SSL_CERT_FILE={_AUTHORITY}\\n' >{_DROP_INS}/mailbox.conf"
    " && systemctl daemon-reload && systemctl restart bearblog-worker"
)
_WRITE = (
    'bearblog shell --no-imports --command "from django.core.mail import send_mail;'
    " [send_mail(subject, 'Words.', None, ['reader@example.org']) for subject in {subjects}]\""
)


@dataclass
class _Seen:
    """What the rounds have shown: what the box says of each letter, and how soon the next one came."""

    said: dict[str, str] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)


def drill(bed: Spare, rounds: int) -> Outcome:
    """Kills the worker once a round, in turn before and after the server has taken the letter whole."""
    seen, mailbox = _Seen(), Mailbox(state.GATEWAY)
    try:
        box = spare.restored_copy(bed)
        try:
            with step("Giving the box a mail server"):
                _configure(box, mailbox)
            for number in range(1, rounds + 1):
                place = TAKEN if number % 2 else ANNOUNCED
                _meet(box, mailbox, seen, number, place)
                counted = Counter(seen.said.values())
                say(
                    f"  mail {number}/{rounds}: killed with a letter {place}; so far {counted[_SENT]} sent, "
                    f"{counted[_UNSURE]} unsure, {len(mailbox.arrived)} arrived"
                )
        finally:
            boxes.discard(box)
    finally:
        mailbox.close()
    return _outcome(rounds, seen, Counter(mailbox.arrived))


def _configure(box: Box, mailbox: Mailbox) -> None:
    box.write_inventory(
        mail_provider="smtp",
        mail_key="only-for-drills",
        smtp_host=state.GATEWAY,
        smtp_port=mailbox.port,
        # The letters of the drill are all there are.
        alarm_email="",
    )
    box.play("site.yml")
    box.ssh(_TRUST.format(certificate=mailbox.certificate))


def _meet(box: Box, mailbox: Mailbox, seen: _Seen, number: int, place: str) -> None:
    subjects = [f"letter-{number}-{letter}" for letter in range(1, _LETTERS_A_ROUND + 1)]
    mailbox.hold(place)
    box.ssh(_WRITE.format(subjects=subjects))
    if not mailbox.held.wait(_PATIENCE):
        raise DropletError(f"No letter came for {_PATIENCE:.0f} s: {_said(box, subjects)}")
    box.ssh("systemctl kill --signal=KILL bearblog-worker.service")
    began = time.monotonic()
    mailbox.release()
    seen.said |= _await_settled(box, subjects)
    seen.seconds.append(time.monotonic() - began)


def _await_settled(box: Box, subjects: list[str]) -> Mapping[str, str]:
    """What the box says of the letters when it says of each that it was sent, or that it is unsure."""
    deadline = time.monotonic() + _PATIENCE
    while set((said := _said(box, subjects)).values()) - {_SENT, _UNSURE}:
        if time.monotonic() > deadline:
            raise DropletError(f"Letters still wait after {_PATIENCE:.0f} s: {json.dumps(said)}")
        time.sleep(0.2)
    return said


def _said(box: Box, subjects: list[str]) -> dict[str, str]:
    letters = holdings.letters(box)
    return {subject: letters.get(subject, "missing") for subject in subjects}


def _outcome(rounds: int, seen: _Seen, arrived: Counter[str]) -> Outcome:
    twice = [subject for subject, times in arrived.items() if times > 1]
    untrue = [subject for subject, said in seen.said.items() if said == _SENT and not arrived[subject]]
    unsure = [subject for subject, said in seen.said.items() if said == _UNSURE]
    figures = [
        Figure(f"letters that came twice, of {len(seen.said):,}", len(twice), most=0),
        Figure("letters called sent that did not come", len(untrue), most=0),
        Figure(f"letters called unsure, in {rounds} kills", len(unsure), least=rounds, most=rounds),
        Figure("from the kill until the others were sent, longest", max(seen.seconds), "s"),
    ]
    kept = {"twice": twice, "untrue": untrue, "unsure": unsure, "seconds": seen.seconds}
    return Outcome(rounds, figures, kept)
