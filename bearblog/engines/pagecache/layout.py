"""Where everything lies. Caddy reads `pages/current/hosts/`, `pages/assets/` and `last/`, and nothing else.

pages/current -> <key>                        the release that readers see
pages/<key>/hosts/<host> -> ../sites/<site>/<version>/<host>
pages/<key>/sites/<site>/<version>/<host>/    finished pages
pages/assets/                                 what is named by its content
last/<host> -> .sites/<site>/<epoch>/<host>   the last good copy of each page
"""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Site:
    """What readers should see of a site: its newest version, and the one that last took something away."""

    name: str
    version: int
    epoch: int
    hosts: frozenset[str]


@dataclass(frozen=True)
class Pages:
    """The folder of the pages; the key stands for the release and the settings that shape a page."""

    root: Path
    key: str

    @property
    def all_keys(self) -> Path:
        return self.root / "pages"

    @property
    def current(self) -> Path:
        return self.all_keys / "current"

    @property
    def assets(self) -> Path:
        return self.all_keys / "assets"

    @property
    def own(self) -> Path:
        return self.all_keys / self.key

    @property
    def hosts(self) -> Path:
        return self.own / "hosts"

    @property
    def sites(self) -> Path:
        return self.own / "sites"

    @property
    def last(self) -> Path:
        return self.root / "last"

    @property
    def last_sites(self) -> Path:
        return self.last / ".sites"

    @property
    def again(self) -> Path:
        return self.root / "again"

    @property
    def locks(self) -> Path:
        return self.root / "locks"

    @property
    def counts(self) -> Path:
        return self.root / "counts"

    def other_keys(self) -> list[Path]:
        """The folders of other releases that still lie here."""
        if not self.all_keys.is_dir():
            return []
        kept = {self.key, self.current.name, self.assets.name}
        return [folder for folder in self.all_keys.iterdir() if folder.name not in kept and folder.is_dir()]
