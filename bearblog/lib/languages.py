"""Language codes as people write them, matched with those a program knows."""

from collections.abc import Collection

# Codes whose language is known under another name, or whose place decides the script.
_SAME = {
    "no": "nb",
    "iw": "he",
    "in": "id",
    "tl": "fil",
    "zh": "zh-hans",
    "zh-cn": "zh-hans",
    "zh-sg": "zh-hans",
    "zh-my": "zh-hans",
    "zh-tw": "zh-hant",
    "zh-hk": "zh-hant",
    "zh-mo": "zh-hant",
}
_RIGHT_TO_LEFT_LANGUAGES = frozenset(
    ("ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi")
)
_RIGHT_TO_LEFT_SCRIPTS = frozenset(
    ("adlm", "arab", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc", "thaa")
)


def nearest(code: str, known: Collection[str], otherwise: str = "en") -> str:
    """The known code that is closest to this one, in any spelling: "pt_BR" finds "pt-br", else "pt"."""
    parts = code.strip().lower().replace("_", "-").split("-")
    while parts:
        joined = "-".join(parts)
        for spelling in (joined, _SAME.get(joined, "")):
            if spelling in known:
                return spelling
        parts.pop()
    return otherwise


def is_right_to_left(code: str) -> bool:
    """Whether the language is written from right to left; a script in the code is asked first."""
    language, *rest = code.strip().lower().replace("_", "-").split("-")
    scripts = [part for part in rest if len(part) == 4 and part.isalpha()]
    if scripts:
        return scripts[0] in _RIGHT_TO_LEFT_SCRIPTS
    return language in _RIGHT_TO_LEFT_LANGUAGES
