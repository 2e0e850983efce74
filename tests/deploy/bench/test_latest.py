import json

from deploy.bench.latest import laid_out


def test_each_entry_has_a_line_of_its_own() -> None:
    document = {
        "date": "2026-11-21",
        "figures": [{"measured": 0.123456}, {"measured": 2}],
        "rounds": {"storm": [1.0]},
    }
    assert laid_out(document).splitlines() == [
        "{",
        '"date": "2026-11-21",',
        '"figures": [',
        ' {"measured": 0.1235},',
        ' {"measured": 2}',
        "],",
        '"rounds": {',
        ' "storm": [1.0]',
        "}",
        "}",
    ]


def test_it_is_json() -> None:
    document = {"versions": {"python": "3.13"}, "figures": [], "rounds": {}}
    assert json.loads(laid_out(document)) == document
