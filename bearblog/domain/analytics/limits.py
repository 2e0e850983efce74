"""How many visits an hour are counted for one network, kept in memory."""

HITS_AN_HOUR = 300
# Whoever has more networks than these is not held up by a limit for each.
_MOST_NETWORKS = 100_000


class HourlyLimit:
    """What each network has spent of its hour."""

    def __init__(self) -> None:
        self._hour = 0
        self._spent: dict[str, int] = {}

    def spend(self, network: str, moment: float) -> bool:
        """Takes one from the network's hour (`moment` in seconds since 1970); whether one was left."""
        hour = int(moment // 3600)
        if hour != self._hour or len(self._spent) > _MOST_NETWORKS:
            self._hour = hour
            self._spent.clear()
        spent = self._spent.get(network, 0)
        if spent >= HITS_AN_HOUR:
            return False
        self._spent[network] = spent + 1
        return True
