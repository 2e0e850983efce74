"""Custom domains, from an author's wish to the day the domain leads here, and back."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from bearblog.domain.blogs import domains, selectors
from bearblog.domain.blogs.domain_records import (
    PROOF,
    RIGHT,
    SITE,
    WRONG,
    Finding,
    judge_proof,
)
from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.models import Blog, DomainClaim
from bearblog.domain.blogs.services import set_custom_domain, set_domain_answers
from bearblog.engines.reachability.records import Found

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@transaction.atomic
def claim_domain(*, blog: Blog, domain: str) -> DomainClaim:
    """The blog's claim to this domain, to be proven by its records; until then nothing changes for readers.

    Changing between the spellings with and without "www." needs no new proof. Raises BlogError.
    """
    wanted = domains.normal(domain)
    if not wanted:
        raise BlogError("Type a domain such as example.org.", domains.FIELD)
    domains.check(wanted)
    claim = selectors.find_claim(blog)
    if claim is None or domains.without_www(claim.domain) != domains.without_www(wanted):
        DomainClaim.objects.filter(blog=blog).delete()
        token = f"bearblog-{secrets.token_hex(16)}"
        return DomainClaim.objects.create(blog=blog, domain=wanted, token=token)
    if blog.custom_domain == claim.domain:
        set_custom_domain(blog=blog, domain=wanted)
    claim.domain, claim.asked_at = wanted, timezone.now()
    claim.save(update_fields=["domain", "asked_at"])
    return claim


@transaction.atomic
def ask_again(*, blog: Blog) -> None:
    """Has the worker look at the domain's records as soon as it can."""
    DomainClaim.objects.filter(blog=blog).update(asked_at=timezone.now())


@transaction.atomic
def release_domain(*, blog: Blog) -> Blog:
    """The blog without a domain of its own, and without a claim to one; others may have it."""
    DomainClaim.objects.filter(blog=blog).delete()
    return set_custom_domain(blog=blog, domain=None)


def due_claims(now: datetime, *, most: int) -> list[DomainClaim]:
    """The claims to look at now, the longest waiting first: soon after they were made, and daily for ever."""
    is_settled = Q(blog__custom_domain=F("domain"), blog__domain_answers=True)
    is_in_use = Q(blog__custom_domain__isnull=False)
    is_fresh, is_recent = Q(asked_at__gt=now - _HOUR), Q(asked_at__gt=now - 3 * _DAY)
    is_alive = is_in_use | Q(asked_at__gt=now - 30 * _DAY)
    is_due = (
        Q(checked_at__isnull=True)
        | Q(asked_at__gt=F("checked_at"))
        | (~is_settled & is_fresh & Q(checked_at__lte=now - _MINUTE))
        | (~is_settled & is_recent & Q(checked_at__lte=now - _HOUR / 2))
        | (~is_settled & is_in_use & Q(checked_at__lte=now - _HOUR))
        | (is_alive & Q(checked_at__lte=now - _DAY))
    )
    waiting: QuerySet[DomainClaim] = DomainClaim.objects.filter(is_due, blog__owner__is_active=True)
    return list(waiting.select_related("blog").order_by(F("checked_at").asc(nulls_first=True), "pk")[:most])


@transaction.atomic
def note_records(*, claim: DomainClaim, proof: Found, findings: list[Finding], now: datetime) -> Blog | None:
    """The blog after a look at the records: a proven claim gives it the domain. None if the claim is gone."""
    current = _current(claim)
    if current is None:
        return None
    finding = judge_proof(current, proof)
    if finding.state == RIGHT:
        finding = _take(current, proof, now)
    current.checked_at = now
    current.findings = [one.as_row() for one in (finding, *findings)]
    current.save(update_fields=["checked_at", "proven_at", "findings"])
    return current.blog


@transaction.atomic
def note_answer(*, claim: DomainClaim, host: str, trouble: str) -> None:
    """Sends readers to the blog's domain from now on; no longer, where a trouble is named."""
    current = _current(claim)
    if current is None or current.blog.custom_domain != host:
        return
    finding = Finding(SITE, host, WRONG if trouble else RIGHT, trouble)
    current.findings = [*current.findings, finding.as_row()]
    current.save(update_fields=["findings"])
    if current.blog.domain_answers == bool(trouble):
        set_domain_answers(blog=current.blog, answers=not trouble)


def _current(claim: DomainClaim) -> DomainClaim | None:
    # The author may have thought of another domain while the worker was looking.
    same = DomainClaim.objects.filter(pk=claim.pk, token=claim.token, domain=claim.domain)
    return same.select_related("blog").first()


def _take(claim: DomainClaim, proof: Found, now: datetime) -> Finding:
    name = judge_proof(claim, proof).name
    for holder in Blog.objects.filter(custom_domain__in=domains.spellings(claim.domain)).exclude(
        pk=claim.blog_id
    ):
        rival = selectors.find_claim(holder)
        if rival is not None and rival.token in proof.values:
            sentence = "Another blog here has this domain, and its record is still set. Remove that first."
            return Finding(PROOF, name, WRONG, sentence)
        # Domains change hands: whoever can set records now has it, and whoever no longer can has not.
        DomainClaim.objects.filter(blog=holder).update(proven_at=None)
        set_custom_domain(blog=holder, domain=None)
    claim.proven_at = claim.proven_at or now
    set_custom_domain(blog=claim.blog, domain=claim.domain)
    return Finding(PROOF, name, RIGHT)
