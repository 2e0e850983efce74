from deploy.bench.author import mark, read_number


def test_the_highest_number_of_a_page_is_read() -> None:
    page = f"<h1>{mark(7)}</h1><p>{mark(12)}</p>".encode()
    assert read_number(page) == 12


def test_a_page_without_a_number_has_none() -> None:
    assert read_number(b"<h1>Storm</h1>") == 0
