"""How high a post stands among all posts of the site: by its likes and by when it came out."""

import math
from datetime import datetime

# More likes than these lift a post no further.
MOST_LIKES = 30
# Ten times the likes weigh as much as this much youth.
SECONDS_A_STEP = 14 * 24 * 3600
# Keeps the numbers small; any moment would do.
_BEGINNING = 1_577_811_600


def score(like_count: int, published_at: datetime | None) -> float:
    """The score of a post with so many likes that came out at this moment; 0 for one that never did."""
    if published_at is None:
        return 0.0
    likes = max(1, min(like_count, MOST_LIKES))
    return math.log10(likes) + (published_at.timestamp() - _BEGINNING) / SECONDS_A_STEP
