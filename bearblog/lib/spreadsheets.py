"""Cells of CSV files that no spreadsheet program takes for a formula, and the way back."""

# With one of these at its start, a cell is calculated when the file is opened.
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def harmless(cell: str) -> str:
    """The cell, with an apostrophe before it where a spreadsheet program would calculate it."""
    return f"'{cell}" if _may_be_calculated(cell) else cell


def original(cell: str) -> str:
    """What `harmless` was given for this cell."""
    return cell[1:] if cell.startswith("'") and _may_be_calculated(cell) else cell


def _may_be_calculated(cell: str) -> bool:
    # An apostrophe of the author's own gets a second one, so that the way back is sure.
    return cell.lstrip("' \n").startswith(_STARTS_FORMULA)
