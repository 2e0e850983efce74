"""The doctor's look at what lies between this box and others: its name, and its letters' way out."""

import http.client
import smtplib
from urllib.parse import urlsplit

from django.conf import settings

from bearblog.engines.reachability import records
from bearblog.engines.vitals.findings import Finding, fail, ok, warning

_SECONDS = 3.0
_OTHER_WAY = (
    "Providers of droplets close SMTP's ports, 25 first of all, to new accounts: take port 2525 or mailgun. "
    "See smtp_host and smtp_port, or mailgun_api_url, in the inventory."
)


def main_host() -> Finding:
    """Whether the main host's name leads to the addresses that the inventory names, and to no other."""
    host = settings.MAIN_HOST
    if host.endswith(".localhost"):
        return ok("dns", f"{host} leads to whoever asks, as all names below localhost do.")
    wanted = {"A": settings.PUBLIC_IPV4, "AAAA": settings.PUBLIC_IPV6}
    if not any(wanted.values()):
        sentence = f"The inventory does not say where {host} must lead."
        return warning("dns", sentence, "Set public_ipv4 (and public_ipv6), and run the playbook.")
    led: list[str] = []
    for kind, address in wanted.items():
        found = records.look_up(host, kind, server=settings.DNS_SERVER)
        if found.trouble:
            return fail("dns", found.trouble, "Look at the domain's name servers, and at /etc/resolv.conf.")
        if set(found.values) != ({address} if address else set()):
            values = ", ".join(found.values) or "nowhere"
            sentence = f"{host} leads to {values} ({kind}); the inventory says {address or 'nothing'}."
            return fail("dns", sentence, "Correct the record, or public_ipv4 and public_ipv6.")
        led += found.values
    return ok("dns", f"{host} leads to {' and '.join(led)}.")


def mail() -> Finding:
    """Whether who sends the letters can be reached from here. No letter is sent."""
    asked = {"none": _no_provider, "smtp": _smtp_server, "mailgun": _mailgun}[settings.MAIL_PROVIDER]
    try:
        return asked()
    except (OSError, smtplib.SMTPException, http.client.HTTPException) as error:
        return fail("mail", f"The mail provider cannot be reached ({error}).", _OTHER_WAY)


def _no_provider() -> Finding:
    return ok("mail", "No mail provider is set: letters stay in the outbox, where staff read them.")


def _smtp_server() -> Finding:
    place = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=_SECONDS) as server:
        server.ehlo()
        if not server.has_extn("starttls"):
            sentence = f"{place} answers, but offers no STARTTLS, without which no letter is sent."
            return fail("mail", sentence, "Correct smtp_port in the inventory; 587 is usual.")
    return ok("mail", f"{place} takes letters.")


def _mailgun() -> Finding:
    address = urlsplit(str(settings.ANYMAIL["MAILGUN_API_URL"]))
    kinds = {"https": http.client.HTTPSConnection, "http": http.client.HTTPConnection}
    connection = kinds[address.scheme](address.hostname or "", address.port, timeout=_SECONDS)
    try:
        connection.request("GET", address.path or "/")
        status = connection.getresponse().status
    finally:
        connection.close()
    if status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
        return warning("mail", f"{address.hostname} is in trouble ({status}).", "Letters wait, and go later.")
    return ok("mail", f"{address.hostname} answers.")
