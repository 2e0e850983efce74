"""What the domain name system says about a name."""

from dataclasses import dataclass

import dns.exception
import dns.nameserver
import dns.resolver
from dns.rdata import Rdata
from dns.rdtypes.ANY.TXT import TXT

_SECONDS_A_TRY = 3
_SECONDS_IN_ALL = 5
_MOST_VALUES = 20


@dataclass(frozen=True)
class Found:
    """The values of a name's records of one kind; where nobody could be asked, a sentence says why."""

    values: tuple[str, ...] = ()
    trouble: str = ""


def look_up(name: str, kind: str, *, server: tuple[str, int] | None = None) -> Found:
    """The records of this kind (A, AAAA or TXT) that the name has, aliases followed.

    Asked is the server at this address and port; the machine's own resolver, where there is none.
    """
    try:
        answer = _resolver(server).resolve(name, kind, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return Found()
    except dns.exception.Timeout:
        return Found(trouble=f"The name servers of {name} did not answer in time.")
    except dns.exception.DNSException:
        return Found(trouble=f"The name servers of {name} could not answer.")
    return Found(tuple(_value(record) for record in answer)[:_MOST_VALUES])


def _resolver(server: tuple[str, int] | None) -> dns.resolver.Resolver:
    resolver = dns.resolver.Resolver(configure=server is None)
    resolver.timeout, resolver.lifetime = _SECONDS_A_TRY, _SECONDS_IN_ALL
    if server is not None:
        resolver.nameservers = [dns.nameserver.Do53Nameserver(*server)]
    return resolver


def _value(record: Rdata) -> str:
    if isinstance(record, TXT):
        return b"".join(record.strings).decode("utf-8", errors="replace")[:300]
    return str(record)
