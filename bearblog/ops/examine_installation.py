"""The doctor's look at what was installed, and at the address that should outlive it, as root saw them."""

from django.conf import settings

from bearblog.engines.vitals.findings import Finding, fail, ok, warning
from bearblog.ops.survey import Drift, ReservedAddress

_MOST_NAMED = 5


def drift(found: Drift) -> Finding:
    """Whether the files of the playbook are as it left them."""
    if not found.recorded:
        return warning("drift", "What was installed is not recorded.", "Run the playbook to its end.")
    kinds = {"changed": found.changed, "missing": found.missing, "added": found.added}
    told = [f"{kind}: {_named(names)}" for kind, names in kinds.items() if names]
    if not told:
        return ok("drift", "The configuration is as the playbook left it.")
    mend = "Run the playbook: --check --diff shows what it would put back, and a whole run records what is."
    return fail("drift", f"Since the playbook's last whole run {'; '.join(told)}.", mend)


def reserved_address(found: ReservedAddress) -> Finding:
    """Whether the address that readers use survives the droplet."""
    named = settings.PUBLIC_IPV4
    if not found.droplet:
        return ok("reserved address", "This is no droplet: whether its address outlives it cannot be seen.")
    if not found.address:
        return warning(
            "reserved address",
            "No reserved address leads here; the droplet's own goes when the droplet goes.",
            "Assign one, lead the DNS to it, and make it public_ipv4 in the inventory.",
        )
    if found.address != named:
        sentence = f"{found.address} leads here, but the inventory says {named or 'nothing'}."
        return warning("reserved address", sentence, "Make it public_ipv4, and lead the DNS to it.")
    return ok("reserved address", f"{found.address} leads here, and outlives the droplet.")


def _named(names: tuple[str, ...]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
