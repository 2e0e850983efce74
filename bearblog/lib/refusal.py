"""What all refusals have in common."""


class Refusal(Exception):
    """A refusal: one sentence for a person, and the field it is about (empty for none)."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
