"""What was written before, and what is not saved yet."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs import writing
from bearblog.domain.blogs.errors import BlogError
from bearblog.domain.blogs.models import Autosave, Blog

HERE, THERE = uuid.uuid4(), uuid.uuid4()


def test_revisions_are_kept_newest_first_and_no_two_alike_in_a_row(blog: Blog, bob: User) -> None:
    for text in ("a", "b", "b", "a"):
        writing.keep_revision(blog=blog, subject="home", text=text, by=bob)
    writing.keep_revision(blog=blog, subject="nav", text="x", by=None)
    kept = list(writing.revisions_of(blog, "home"))
    assert [each.text for each in kept] == ["a", "b", "a"]
    assert writing.find_revision(blog, "home", kept[1].pk) == kept[1]
    assert writing.find_revision(blog, "nav", kept[1].pk) is None
    assert writing.newest_revision(blog, "home") == kept[0]


def test_the_last_revision_is_kept_even_where_nothing_changed(blog: Blog) -> None:
    writing.keep_revision(blog=blog, subject="x", text="a", by=None)
    assert writing.keep_revision(blog=blog, subject="x", text="a", by=None, is_last=True) is not None


def save(blog: Blog, user: User, text: str, device: uuid.UUID = HERE, subject: str = "home") -> Autosave:
    return writing.autosave(blog=blog, user=user, subject=subject, device=device, header="h", text=text)


def test_each_device_has_one_unsaved_text_and_the_newest_is_offered(blog: Blog, bob: User) -> None:
    for text, device in (("a", HERE), ("b", THERE), ("c", HERE)):
        save(blog, bob, text, device)
    assert Autosave.objects.count() == 2
    newest = writing.newest_autosave(blog, bob, "home")
    assert newest is not None and newest.text == "c"
    assert writing.newest_autosave(blog, blog.owner, "home") is None
    assert writing.newest_autosave(blog, bob, "nav") is None


def test_readers_see_nothing_of_it(blog: Blog, bob: User) -> None:
    before = blog.version
    save(blog, bob, "a")
    writing.discard_autosaves(blog=blog, user=bob, subject="home")
    blog.refresh_from_db()
    assert blog.version == before


def test_unsaved_texts_of_a_new_thing_move_to_it_and_displace_none(blog: Blog, bob: User) -> None:
    save(blog, bob, "new here", HERE, "new:1")
    save(blog, bob, "new there", THERE, "new:1")
    save(blog, bob, "already here", HERE, "post:1")
    assert writing.move_autosaves(blog=blog, user=bob, subject="new:1", to="post:1") == 1
    kept = Autosave.objects.filter(subject="post:1").values_list("device", "text")
    assert dict(kept) == {HERE: "already here", THERE: "new there"}
    assert Autosave.objects.get(subject="new:1").text == "new here"


def test_unsaved_texts_are_discarded_for_one_device_or_for_all(blog: Blog, bob: User) -> None:
    save(blog, bob, "a", HERE)
    save(blog, bob, "b", THERE)
    assert writing.discard_autosaves(blog=blog, user=bob, subject="home", device=HERE) == 1
    assert writing.discard_autosaves(blog=blog, user=blog.owner, subject="home") == 0
    assert writing.discard_autosaves(blog=blog, user=bob, subject="home") == 1


def test_texts_of_posts_that_are_not_there_yet_are_found_again(blog: Blog, bob: User) -> None:
    new = save(blog, bob, "a", subject=f"new:{uuid.uuid4()}")
    save(blog, bob, "b", subject=f"post:{uuid.uuid4()}")
    assert list(writing.unsaved_new_texts(blog, bob)) == [new]


def test_after_thirty_days_an_unsaved_text_is_dropped(blog: Blog, bob: User) -> None:
    save(blog, bob, "old", HERE)
    Autosave.objects.update(saved_at=timezone.now() - timedelta(days=31))
    save(blog, bob, "new", THERE)
    assert writing.purge_autosaves() == 1
    assert Autosave.objects.get().text == "new"


def test_a_person_has_so_many_unsaved_texts_and_no_more(
    blog: Blog, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_MOST_AUTOSAVES", 3)
    for number in range(5):
        save(blog, bob, str(number), subject=f"new:{number}")
    assert {each.text for each in Autosave.objects.all()} == {"2", "3", "4"}


def test_long_unsaved_texts_are_fewer(blog: Blog, bob: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_MOST_AUTOSAVED_TOGETHER", 10)
    for number in range(5):
        save(blog, bob, f"{number} and", subject=f"new:{number}")
    assert {each.text for each in Autosave.objects.all()} == {"3 and", "4 and"}


def test_what_could_never_be_saved_is_not_kept_either(blog: Blog, bob: User) -> None:
    with pytest.raises(BlogError):
        save(blog, bob, "x" * (writing.MAX_AUTOSAVED + 1))
