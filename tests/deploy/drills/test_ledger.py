from deploy.drills.authors import compose
from deploy.drills.ledger import PENDING, SAFE, UNANSWERED, Ledger, digest


def test_safe_posts_that_are_found_are_not_lost() -> None:
    ledger, post = Ledger(), compose("one", "drill-1", 1)
    ledger.note(post, SAFE)
    assert ledger.lost({post.title: [post.digest]}, SAFE) == []


def test_a_safe_post_that_is_missing_is_lost() -> None:
    ledger, post = Ledger(), compose("one", "drill-1", 1)
    ledger.note(post, SAFE)
    assert ledger.lost({}, SAFE) == [post.title]


def test_a_safe_post_with_other_words_is_lost() -> None:
    ledger, post = Ledger(), compose("one", "drill-1", 1)
    ledger.note(post, SAFE)
    assert ledger.lost({post.title: [digest("Other words.")]}, SAFE) == [post.title]


def test_what_was_never_called_safe_is_not_lost() -> None:
    ledger = Ledger()
    ledger.note(compose("one", "drill-1", 1), PENDING)
    ledger.note(compose("one", "drill-1", 2), UNANSWERED)
    assert ledger.lost({}, SAFE) == []
    assert len(ledger.lost({}, SAFE, PENDING)) == 1


def test_the_last_word_about_a_post_counts() -> None:
    ledger, post = Ledger(), compose("one", "drill-1", 1)
    ledger.note(post, UNANSWERED)
    ledger.note(post, SAFE)
    assert (ledger.count(UNANSWERED), ledger.count(SAFE)) == (0, 1)


def test_a_post_that_is_there_twice_is_doubled() -> None:
    ledger, post = Ledger(), compose("one", "drill-1", 1)
    ledger.note(post, SAFE)
    assert ledger.doubled({post.title: [post.digest]}) == []
    assert ledger.doubled({post.title: [post.digest, post.digest]}) == [post.title]


def test_line_ends_and_space_around_it_make_no_other_text() -> None:
    assert digest("A line.\r\nAnother.\n") == digest("A line.\nAnother.")
    assert digest("A line.") != digest("Another.")
