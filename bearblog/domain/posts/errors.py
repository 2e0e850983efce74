"""What this package says when it refuses."""

from bearblog.lib.header_lines import HeaderProblem
from bearblog.lib.refusal import Refusal


class PostError(Refusal):
    """A refusal about posts; about a header it has a problem for each line that cannot be read."""

    def __init__(self, sentence: str, field: str = "", *, problems: tuple[HeaderProblem, ...] = ()) -> None:
        super().__init__(sentence, field)
        self.problems = problems
