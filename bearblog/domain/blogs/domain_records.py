"""The DNS records that a custom domain needs, and what was found in their place."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.conf import settings

from bearblog.domain.blogs import domains
from bearblog.domain.blogs.models import DomainClaim
from bearblog.engines.reachability.records import Found

RIGHT, WRONG, MISSING, UNKNOWN = "right", "wrong", "missing", "unknown"
PROOF, SITE = "TXT", "HTTPS"
ADDRESS_KINDS = ("A", "AAAA")

# The addresses of this box by the kind of their record; none of a kind where there is no such address.
Addresses = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Finding:
    """How one record stands: right, wrong, missing or unknown, and what that means in a sentence."""

    kind: str
    name: str
    state: str
    sentence: str = ""

    def as_row(self) -> dict[str, str]:
        """The finding as it is stored."""
        return asdict(self)


@dataclass(frozen=True)
class Wanted:
    """A record that the author should set; one that is not needed makes the site easier to reach."""

    kind: str
    name: str
    value: str
    is_needed: bool


def public_addresses() -> Addresses:
    """The addresses that the operator says this box has."""
    named = {"A": settings.PUBLIC_IPV4, "AAAA": settings.PUBLIC_IPV6}
    return {kind: (address,) if address else () for kind, address in named.items()}


def proof_name(domain: str) -> str:
    """The name whose TXT record proves that a domain is the author's, in either spelling."""
    return f"_bearblog.{domains.without_www(domain)}"


def wanted_records(claim: DomainClaim) -> list[Wanted]:
    """The records that the author should set."""
    wanted = [Wanted(PROOF, proof_name(claim.domain), claim.token, is_needed=True)]
    first = [claim.domain, *(host for host in domains.spellings(claim.domain) if host != claim.domain)]
    for host in first:
        for kind, addresses in public_addresses().items():
            is_needed = host == claim.domain and kind == "A"
            wanted += [Wanted(kind, host, address, is_needed) for address in addresses]
    return wanted


def judge_proof(claim: DomainClaim, found: Found) -> Finding:
    """Whether the domain's own records name the claim's token."""
    name = proof_name(claim.domain)
    if found.trouble:
        return Finding(PROOF, name, UNKNOWN, found.trouble)
    if claim.token in found.values:
        return Finding(PROOF, name, RIGHT)
    if claim.proven_at:
        sentence = "The record is gone. Set it again: whoever sets one of their own could take the domain."
        return Finding(PROOF, name, MISSING, sentence)
    if found.values:
        return Finding(PROOF, name, WRONG, f"There is another text: {found.values[0][:80]}")
    return Finding(PROOF, name, MISSING, "Not set yet.")


def judge_addresses(kind: str, host: str, found: Found, ours: Addresses) -> Finding:
    """Whether a host leads to this box, and only there, as far as this kind of address goes."""
    if found.trouble:
        return Finding(kind, host, UNKNOWN, found.trouble)
    strange = [address for address in found.values if address not in ours.get(kind, ())]
    if strange:
        sentence = f"It leads elsewhere: {', '.join(strange[:3])}. Remove that record."
        return Finding(kind, host, WRONG, sentence)
    if not found.values:
        return Finding(kind, host, MISSING, "Not set yet.")
    return Finding(kind, host, RIGHT)


def leads_here(host: str, findings: list[Finding]) -> bool:
    """Whether all readers of the host come to this box."""
    states = [one.state for one in findings if one.name == host and one.kind in ADDRESS_KINDS]
    return RIGHT in states and WRONG not in states


@dataclass(frozen=True)
class Row:
    """What should be set and how it stands, for the author's eyes; no state before the first look."""

    wanted: Wanted
    state: str
    sentence: str


def rows(claim: DomainClaim) -> list[Row]:
    """The records that the author should set and those in their way, as they were at the last look."""
    findings = {(one["kind"], one["name"]): one for one in claim.findings}
    listed = []
    for wanted in wanted_records(claim):
        found = findings.pop((wanted.kind, wanted.name), {})
        listed.append(Row(wanted, found.get("state", ""), found.get("sentence", "")))
    for (kind, name), found in findings.items():
        if found["state"] == WRONG and kind in ADDRESS_KINDS:
            listed.append(Row(Wanted(kind, name, "", is_needed=True), WRONG, found["sentence"]))
    return listed


def answer_sentence(claim: DomainClaim) -> str:
    """What went wrong when the domain was asked for a page; empty where nothing is known to."""
    return next((one["sentence"] for one in claim.findings if one["kind"] == SITE), "")
