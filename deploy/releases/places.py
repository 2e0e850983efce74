"""Where releases and what is known of them lie on the box."""

from dataclasses import dataclass
from pathlib import Path

from deploy.releases.errors import ReleaseError


@dataclass(frozen=True)
class Places:
    """The folders and files of a box, below a root."""

    root: Path = Path("/")

    @property
    def releases(self) -> Path:
        return self.root / "srv/bearblog/releases"

    @property
    def wheels(self) -> Path:
        return self.root / "srv/bearblog/wheels"

    @property
    def current(self) -> Path:
        return self.root / "srv/bearblog/current"

    @property
    def state(self) -> Path:
        return self.root / "var/lib/bearblog-release"

    @property
    def underway(self) -> Path:
        return self.state / "underway.json"

    @property
    def history(self) -> Path:
        return self.state / "history.jsonl"

    @property
    def lock(self) -> Path:
        return self.state / ".lock"

    @property
    def hosts(self) -> Path:
        return self.root / "var/lib/bearblog/hosts"

    @property
    def stored_pages(self) -> Path:
        return self.root / "var/cache/bearblog/pages/current"

    @property
    def environment(self) -> Path:
        return self.root / "etc/bearblog/bearblog.env"

    @property
    def web_unit(self) -> Path:
        return self.root / "etc/systemd/system/bearblog.service"

    @property
    def backup_lock(self) -> Path:
        return self.root / "root/backups/.lock"

    def release(self, version: str) -> Path:
        """The folder of a release that can run. Raises ReleaseError where there is none."""
        folder = self.releases / version
        if "/" in version or not (folder / ".prepared").exists():
            raise ReleaseError(f"There is no release {version} on this box; there are: {self._names()}.")
        return folder

    def prepared(self) -> list[str]:
        """The versions that can run, by name."""
        return sorted(mark.parent.name for mark in self.releases.glob("*/.prepared"))

    def wheels_of(self, version: str) -> str:
        """The name of the folder of wheels that a release was made of."""
        return (self.releases / version / ".prepared").read_text().strip()

    def serving(self) -> str:
        """The version that serves. Raises ReleaseError where none does."""
        if not self.current.is_symlink():
            raise ReleaseError("No release serves on this box yet; site.yml installs the first one.")
        return self.current.readlink().name

    def swing(self, version: str) -> None:
        """Makes the release the one that serves from the next start on, in one step."""
        fresh = self.current.with_name(".current.new")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(self.releases / version)
        fresh.replace(self.current)

    def setting(self, name: str) -> str:
        """What the application's settings say, empty where they say nothing."""
        for line in self.environment.read_text().splitlines():
            key, _, value = line.partition("=")
            if key == name:
                return value.strip('"')
        return ""

    def _names(self) -> str:
        return ", ".join(self.prepared()) or "none"
