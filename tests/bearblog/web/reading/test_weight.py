"""How heavy a page is for the readers' line."""

import gzip

from django.test import Client

from bearblog.domain.blogs.models import Blog
from bearblog.domain.posts.services import create_post

MORNING = """
It had rained since four. Not the loud kind that wakes a camp, but the patient kind that has somewhere to be
by noon and sees no reason to hurry. By the time I had the stove going the lake was the colour of slate, and
the far bank had gone altogether, as if somebody had decided that one side of the water was enough for today.

I have a theory about tents, which is that they are mostly a way of listening. You hear the size of each drop
and roughly where it came from: straight off the sky, or by way of a branch, or second hand from the fly of
whoever is camped uphill of you. An hour of that and you could draw the wood around you with your eyes shut.
Nobody ever asks you to, which is a pity, because it would be a good drawing.

## What was in the bag

There was bread, and half of a cheese that had been travelling with us since the ferry. There was the book
about the canal, swollen to twice its size and no longer willing to close. Anna had brought a deck of cards
with the seven of clubs missing, and we had agreed somewhere around the second night that the corner of a
map would stand for it, so that every game had in it, once, a small piece of coastline.

We had also brought three kinds of rope. I mention this because none of them was ever used for anything, and
because the man in the shop had been so certain. *You will thank me*, he said, and wrote his name upon the
receipt, so that we should know whom to thank. I have the receipt here. I still intend to write.

## Noon

The rain kept its appointment. It stopped in the middle of a sentence, and for a while everything that had
been waiting underneath it came out at once: two wagtails, a boat with nobody visible in it, the bells from
the village, somebody laughing a long way off. We spread whatever was wet over whatever was dry. The book
about the canal opened, by itself, at a picture of a lock.

> A lock, it said, is a patient thing. It asks only that you do not open both its ends.

I have thought about that a good deal since. We walked round to the far bank in the afternoon, to see that it
had come back, and it had; there was even a bench on it, facing the place where we had slept. Somebody had
carved a date into the wood, long ago, and below it, in another hand and much later, the words *still here*.

A woman came by with a dog and asked whether we had slept. We said that we had listened. She said that it
was the same at her house, ever since the new roof, and that one gets used to either.

We sat until the light went. Then we walked back the way that we had come, which took longer, as it does, and
found the stove where we had left it and the cards on the stone, face down, with the coast on top. Nobody had
moved. The lake, when I looked, was all there: both banks, one boat, and the whole of the evening, the right
way up and then the other, and not a ring on it anywhere. I slept like the rope. In the morning it was raining
again, the loud kind this time, and nobody woke, and the tent drew the wood around us all by itself.
"""


def test_a_post_of_three_kilobytes_makes_a_small_page(reader: Client, blog: Blog) -> None:
    Blog.objects.update(
        nav_text="[Home](/) [Posts](/blog/) [About](/about/)",
        footer_text="Written outdoors.",
        has_share_links=True,
        favicon="⛺",
        meta_image="https://alice.example.org/media/lake.webp",
    )
    create_post(blog=blog, title="Rain on the tent", text=MORNING, status="published", tags=["rain", "lake"])
    assert 2_900 < len(MORNING.encode()) < 3_200
    page = reader.get("/rain-on-the-tent/").content
    assert len(page) <= 10_240
    assert len(gzip.compress(page, 6)) <= 4_096
