"""The worker's look at custom domains: their records, and whether they answer over HTTPS."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from bearblog.domain.blogs import domain_claims, domain_records, domains
from bearblog.domain.blogs.addresses import own_host
from bearblog.domain.blogs.domain_records import ADDRESS_KINDS, Addresses, Finding
from bearblog.domain.blogs.models import Blog, DomainClaim
from bearblog.engines.reachability.answers import NoAnswer, fetch
from bearblog.engines.reachability.records import Found, look_up
from bearblog.engines.replication import superseded
from bearblog.ops import box

CLAIMS_A_ROUND = 10
VERIFICATION_PATH = "/.well-known/bearblog"


def check_domains() -> None:
    """Looks at the claims that are due. A replaced box looks at none: its successor does."""
    for claim in domain_claims.due_claims(timezone.now(), most=CLAIMS_A_ROUND):
        if superseded.is_superseded(box.superseded_file()):
            return
        check_claim(claim, timezone.now())


def check_claim(claim: DomainClaim, now: datetime) -> None:
    """Looks at one claim's records, and at the domain that the blog then has; notes what was found."""
    ours = _our_addresses(claim.blog)
    findings, addresses = _look_at_hosts(claim.domain, ours)
    proof = _look_up(domain_records.proof_name(claim.domain), "TXT")
    # Noted first, in a transaction of its own: only then may there be a certificate to answer with.
    blog = domain_claims.note_records(claim=claim, proof=proof, findings=findings, now=now)
    if blog is None or blog.custom_domain is None:
        return
    domain = blog.custom_domain
    if domain not in addresses:
        findings, addresses = _look_at_hosts(domain, ours)
    domain_claims.note_answer(
        claim=claim, host=domain, trouble=_trouble(claim, domain, findings, addresses[domain])
    )


def _our_addresses(blog: Blog) -> Addresses:
    known = domain_records.public_addresses()
    if any(known.values()):
        return known
    # The operator named none: then it is wherever the blogs' own domain leads.
    return {kind: _look_up(own_host(blog), kind).values for kind in ADDRESS_KINDS}


def _look_at_hosts(domain: str, ours: Addresses) -> tuple[list[Finding], dict[str, list[str]]]:
    findings: list[Finding] = []
    addresses: dict[str, list[str]] = {}
    for host in domains.spellings(domain):
        for kind in ADDRESS_KINDS:
            found = _look_up(host, kind)
            findings.append(domain_records.judge_addresses(kind, host, found, ours))
            # Nothing but this box is ever connected to, whatever a stranger's records name.
            mine = [address for address in found.values if address in ours.get(kind, ())]
            addresses.setdefault(host, []).extend(mine)
    return findings, addresses


def _trouble(claim: DomainClaim, domain: str, findings: list[Finding], addresses: list[str]) -> str:
    if not domain_records.leads_here(domain, findings):
        return f"{domain} does not lead here, or not only here."
    try:
        answer = fetch(domain, VERIFICATION_PATH, address=addresses[0], port=settings.HTTPS_PORT)
    except NoAnswer as error:
        return error.sentence
    return "" if answer == claim.token else f"{domain} answered over HTTPS, but as something else."


def _look_up(name: str, kind: str) -> Found:
    return look_up(name, kind, server=settings.DNS_SERVER)
