"""The programs that readers read with; the same few thousand come again and again."""

import functools
from dataclasses import dataclass

from bearblog.lib import user_agents


@dataclass(frozen=True, slots=True)
class Program:
    """What a User-Agent header says."""

    is_named: bool
    is_robot: bool
    browser: str
    platform: str
    feed_reader: str
    # For how many people a feed service says that it asks; 0 where it does not say.
    subscribers: int


@functools.lru_cache(maxsize=4096)
def program_of(user_agent: str) -> Program:
    """The program that sends this header."""
    return Program(
        is_named=bool(user_agent.strip()),
        is_robot=user_agents.is_robot(user_agent),
        browser=user_agents.browser(user_agent),
        platform=user_agents.platform(user_agent),
        feed_reader=user_agents.feed_reader(user_agent),
        subscribers=user_agents.subscribers(user_agent),
    )
