"""The strict check of a rendered litestream.yml."""

from pathlib import Path

import pytest

from bearblog.engines.replication import config

GOOD = """
addr: "127.0.0.1:9090"
socket: {enabled: true, path: /run/litestream/control.sock, permissions: 0600}
logging: {level: info, type: json}
snapshot: {interval: 24h, retention: 720h}
levels: [{interval: 30s}, {interval: 5m}]
verify-compaction: true
dbs:
  - path: /var/lib/bearblog/bearblog.sqlite3
    meta-path: /var/lib/litestream/20261121T024500Z-ab12cd34
    replica:
      url: "s3://name/replica/20261121T024500Z-ab12cd34?endpoint=https://fra1.example.com&region=fra1"
      sync-interval: 1s
"""


def test_a_good_file_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert config.check(GOOD) == []
    (tmp_path / "litestream.yml").write_text(GOOD)
    assert config.main([str(tmp_path / "litestream.yml")]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("verify-compaction", "verify-compactions", "'verify-compactions' in the file is not a key"),
        ("retention: 720h", "retain: 720h", "'retain' in snapshot of the file is not a key"),
        ("sync-interval: 1s", "sync-intervall: 1s", "'sync-intervall' in dbs[0].replica is not a key"),
        ("    replica:", "    replicas:", "'replicas' in dbs[0] is not a key"),
        ("sync-interval: 1s", "secret-access-key: x", "'secret-access-key' in dbs[0].replica is a secret"),
        ("addr", "access-key-id: x\naddr", "'access-key-id' in the file is a secret"),
        ("&region=fra1", "&secret-access-key=x", "url holds a key"),
        ("s3://name", "s3://key:secret@name", "url holds a key"),
        ("replica/20261121T024500Z-ab12cd34?", "{prefix}?", "still has a placeholder"),
        ('"127.0.0.1:9090"', '":9090"', "only be told on loopback"),
        ("path: /var", "path: var", "must be an absolute path"),
        ("{interval: 30s}", "{intervall: 30s}", "'intervall' in levels[0] is not a key"),
        ("dbs:", "dbs: [\n#", "no YAML"),
    ],
)
def test_what_is_wrong_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, problem: str
) -> None:
    assert old in GOOD
    (tmp_path / "litestream.yml").write_text(GOOD.replace(old, new, 1))
    assert config.main([str(tmp_path / "litestream.yml")]) == 1
    assert problem in capsys.readouterr().err


@pytest.mark.parametrize("text", ["", "[]", "just words", "addr: 127.0.0.1:9090", "dbs: {}", "dbs: [1]"])
def test_a_file_without_databases_is_refused(text: str) -> None:
    assert config.check(text)


def test_all_problems_are_told_at_once() -> None:
    text = GOOD.replace("addr:", "address:").replace("logging:", "log:").replace("path: /var", "path: var", 1)
    assert len(config.check(text)) == 3


def test_a_missing_file_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert config.main([str(tmp_path / "none.yml")]) == 1
    assert "cannot be read" in capsys.readouterr().err
