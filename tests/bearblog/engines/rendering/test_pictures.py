"""Pictures in several widths, with their size, loaded when needed."""

from bearblog.engines.rendering import markdown
from bearblog.engines.rendering.pictures import Picture, dress

KNOWN = Picture(1600, 900, (("/media/a-480.webp", 480), ("/media/a-960.webp", 960)))


def find(source: str) -> Picture | None:
    return KNOWN if source == "/media/a.png" else None


def test_a_known_picture_has_widths_and_size() -> None:
    markup = markdown.render("![b](/media/a.png)", find_picture=find)
    assert markup == (
        '<p><img src="/media/a.png" alt="b" width="1600" height="900"'
        ' srcset="/media/a-480.webp 480w, /media/a-960.webp 960w"'
        ' sizes="(max-width: 720px) 100vw, 720px" decoding="async"></p>\n'
    )


def test_an_unknown_picture_stays_as_it_is() -> None:
    markup = markdown.render("![b](https://x.org/a.png)", find_picture=find)
    assert markup == '<p><img src="https://x.org/a.png" alt="b" decoding="async"></p>\n'


def test_all_but_the_first_picture_wait_until_they_are_seen() -> None:
    markup = markdown.render("![](/a)\n\n![](/b)\n\n<img src=/c>")
    assert [part.split(">")[0].count('loading="lazy"') for part in markup.split("<img")[1:]] == [0, 1, 1]


def test_what_the_author_says_of_a_picture_counts() -> None:
    markup = dress('<img src="/media/a.png" width="80" loading="eager" srcset="/x 2x" alt="c">', find)
    assert (
        markup
        == '<img src="/media/a.png" width="80" loading="eager" srcset="/x 2x" alt="c" decoding="async">'
    )


def test_a_picture_of_one_width_needs_no_choice() -> None:
    one = Picture(10, 20, (("/media/s.webp", 10),))
    assert dress('<img src="/s">', lambda source: one) == (
        '<img src="/s" alt="" width="10" height="20" decoding="async">'
    )


def test_an_address_cannot_leave_its_attribute() -> None:
    hostile = Picture(1, 1, (('"><script>', 1), ("b", 2)))
    assert "<script>" not in dress('<img src="/s">', lambda source: hostile)


def test_a_picture_written_in_a_script_is_none() -> None:
    assert (
        dress('<script>"<img>"</script><img>', find)
        == '<script>"<img>"</script><img alt="" decoding="async">'
    )
