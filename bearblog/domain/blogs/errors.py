"""What this package says when it refuses."""

from bearblog.lib.header_lines import HeaderProblem
from bearblog.lib.refusal import Refusal


class BlogError(Refusal):
    """A refusal about blogs; about a header it has a problem for each line that cannot be read."""

    def __init__(self, sentence: str, field: str = "", *, problems: tuple[HeaderProblem, ...] = ()) -> None:
        super().__init__(sentence, field)
        self.problems = problems
