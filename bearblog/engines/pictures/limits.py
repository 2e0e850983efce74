"""How large pictures may be, and what making them smaller may cost."""

MAX_PIXELS = 40_000_000
MAX_FRAMES = 200
WIDTHS = (480, 960, 1600)
ANIMATION_WIDTH = 960
# The largest side that a WebP file can have.
LONGEST_SIDE = 16_383

# Of address space: what the interpreter and its libraries map, and the pixels.
MEMORY_BYTES = 448 * 1024 * 1024
PROCESSOR_SECONDS = 40
SECONDS = 50.0
WAIT_SECONDS = 15.0
