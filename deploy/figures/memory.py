"""How much memory each part of the stack holds."""

from deploy.droplet.box import Box

PARTS = {
    "Caddy": "caddy.service",
    "Litestream": "litestream.service",
    "web": "bearblog.service",
    "worker": "bearblog-worker.service",
    "sync forwarder": "bearblog-sync.service",
}

# PSS counts a page shared by n processes as 1/n in each (proc(5), smaps_rollup).
_SUM_PSS = """
for unit in {units}; do
    group=$(systemctl show --property=ControlGroup --value "$unit")
    total=0
    for pid in $(cat "/sys/fs/cgroup$group/cgroup.procs"); do
        pss=$(awk '/^Pss:/ {{ print $2 }}' "/proc/$pid/smaps_rollup")
        total=$((total + pss))
    done
    echo "$total"
done
"""


def pss(box: Box) -> dict[str, float]:
    """Mebibytes (PSS) of each part of the stack."""
    kibibytes = box.ssh(_SUM_PSS.format(units=" ".join(PARTS.values()))).split()
    return {part: int(size) / 1024 for part, size in zip(PARTS, kibibytes, strict=True)}
