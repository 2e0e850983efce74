"""Local droplets: a real Debian 13 box on this machine, provisioned over SSH by the real playbook."""

import argparse
import sys

from deploy.droplet import bucket, forward, ground, machine, network, playbook, state
from deploy.droplet.progress import say, step
from deploy.droplet.state import Droplet, DropletError


def up(name: str, *, restore: bool) -> None:
    """Brings the droplet up: makes what is missing, starts what is down, and runs the playbook."""
    droplet = state.allot(name)
    ground.prepare()
    bucket.make(name)
    _boot(droplet)
    playbook.write_inventory(droplet, playbook.bucket_variables(name))
    say(f"  Running ansible/{'restore' if restore else 'site'}.yml against {droplet.address}")
    playbook.play(droplet, "restore.yml" if restore else "site.yml")
    forward.start(droplet)
    _say_what_next(droplet, playbook.write_facts(droplet, name))


def down(name: str) -> None:
    """Removes the droplet, and with the last one all that droplets share."""
    droplet = state.find(name)
    if droplet:
        with step(f"Removing {name}"):
            forward.stop(droplet)
            machine.destroy(droplet)
            network.disconnect(droplet)
            if bucket.is_running():
                bucket.delete(droplet.name)
            for file in droplet.home.iterdir():
                if file.is_file():
                    file.unlink()
            if droplet.home != state.HOME:
                droplet.home.rmdir()
    else:
        say(f"There is no droplet named {name}.")
    ground.clear_unless_used()


def lose(name: str) -> None:
    """Loses the droplet as on the worst day: power gone, disk gone; only the bucket is left."""
    droplet = _known(name)
    with step(f"Losing {name}"):
        machine.destroy(droplet)
    say(f"It is gone. Bring it back from the bucket: make droplet-restore NAME={name}")


def _boot(droplet: Droplet) -> None:
    network.connect(droplet)
    if not machine.exists(droplet):
        machine.create(droplet)
    if not machine.is_running(droplet):
        with step(f"Booting {droplet.name} at {droplet.address}"):
            machine.start(droplet)


def _known(name: str) -> Droplet:
    droplet = state.find(name)
    if not droplet:
        raise DropletError(f"There is no droplet named {name}: run make droplet NAME={name} first.")
    return droplet


def _say_what_next(droplet: Droplet, facts: dict[str, str]) -> None:
    where = droplet.home.relative_to(state.PROJECT)
    say()
    say(f"  The site         {facts['SITE_URL']}")
    say(f"  A blog           {facts['BLOG_URL']}")
    if facts["PASSWORD_LINK"]:
        say(f"  Set a password   {facts['PASSWORD_LINK']}  (once, as {facts['OWNER_EMAIL']})")
    else:
        say(f"  Sign in as       {facts['OWNER_EMAIL']}")
    say()
    say("  Next:")
    say(f"    ssh -F {where}/ssh_config droplet bearblog doctor")
    say(f"    make droplet-lose NAME={droplet.name} droplet-restore     rehearse the worst day")
    say(f"    make droplet-down NAME={droplet.name}     remove it")


def main() -> int:
    """Runs one command; 0 when it worked."""
    parser = argparse.ArgumentParser(prog="deploy.droplet", description=__doc__)
    commands = {
        "up": "make or update the droplet",
        "restore": "make the droplet from what its bucket holds",
        "lose": "power and disk gone at once, the bucket stays",
        "down": "remove all that was made",
    }
    parser.add_argument(
        "command", choices=commands, help="; ".join(f"{name}: {text}" for name, text in commands.items())
    )
    parser.add_argument("--name", default=state.DEFAULT_NAME, help="which droplet (default: %(default)s)")
    arguments = parser.parse_args()
    try:
        if arguments.command == "down":
            down(arguments.name)
        elif arguments.command == "lose":
            lose(arguments.name)
        else:
            up(arguments.name, restore=arguments.command == "restore")
    except DropletError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
