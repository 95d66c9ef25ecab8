from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patents.errors import ClassificationError
from patents.ipc import ipc_matches, parse_ipc, parse_locarno, split_ipc, split_locarno


@pytest.mark.parametrize(
    "spelling",
    [
        "H01L21/02",
        "h01l21/02",
        "H01L 21/02",
        "H01L  21/02",
        " H01L21/02 ",
        "Ｈ０１Ｌ２１／０２",
        "H01L21/02(2006.01)I",
        "H01L 21/02 (2006.01)",
        "H01L21/02（2006.01）I",
        "H01L21/02(2006.01)N",
        "H01L21/02(2006.01",
        "H01L0021020000",
        "H01L 21/02 20060101AFI",
        "H01L21/0220060101AFI",
        "H01L 21/02 20060101AFI20100101BHCN        ",
        "H01L0021/02",
        "H01L21:02",
        "H01L21∶02",
        "Int.Cl.7 H01L21/02",
        "Int.Cl. H01L21/02",
        "IPC8: H01L21/02",
        "(51)Int.Cl. H01L21/02",
        "INT CL (2006.01) H01L21/02",
    ],
)
def test_every_spelling_of_a_symbol_gives_one_canonical_form(spelling):
    assert parse_ipc(spelling).symbol == "H01L21/02"


@pytest.mark.parametrize(
    ("spelling", "symbol"),
    [
        ("C01B32/184", "C01B32/184"),
        ("A61K0031192000", "A61K31/192"),
        ("G06F0003048170", "G06F3/04817"),
        ("A61K31/00", "A61K31/00"),
        ("A61K0031000000", "A61K31/00"),
        ("G06F3/048(2013.01)", "G06F3/048"),
        ("H01L 10", "H01L10"),
    ],
)
def test_groups_keep_their_digits(spelling, symbol):
    assert parse_ipc(spelling).symbol == symbol


def test_a_symbol_knows_its_levels():
    ipc = parse_ipc("C01B32/184")
    assert (ipc.section, ipc.ipc_class, ipc.subclass, ipc.group) == ("C", "C01", "C01B", "C01B32")


@pytest.mark.parametrize("text", ["H", "H01", "H01L", "H01L21"])
def test_a_symbol_cut_off_is_a_symbol_of_that_level(text):
    assert parse_ipc(text).symbol == text


def test_a_locarno_class_is_refused_with_its_own_hint():
    for text in ("14-03", "LOC(11)Cl.14-03", "01-01 (11)"):
        with pytest.raises(ClassificationError, match="Locarno") as caught:
            parse_ipc(text)
        assert "locarno" in caught.value.help


def test_cpc_of_section_y_is_refused_as_ipc_and_accepted_as_cpc():
    with pytest.raises(ClassificationError, match="CPC"):
        parse_ipc("Y02E10/50")
    assert split_ipc("Y02E10/50; H01M2010/4271") == (("H01M2010/4271",), ("Y02E10/50",))
    assert split_ipc("Y02E10/50; H01M2010/4271", cpc=True) == (("Y02E10/50", "H01M2010/4271"), ())


@pytest.mark.parametrize(
    "text",
    ["", "foo", "Z01B1/00", "H1L", "12345", "A61K31/0", "H01L100000", "HI", "H01LL", "H01L21/02x", "石墨烯"],
)
def test_what_is_no_symbol_is_refused(text):
    with pytest.raises(ClassificationError):
        parse_ipc(text)


@pytest.mark.parametrize(
    "separator", [";", "; ", "；", ",", "，", "|", " | ", "、", "\n", "\r\n", "\t", "//"]
)
def test_lists_are_split_at_every_separator(separator):
    text = separator.join(["H01L31/048(2006.01)I", "C09D175/06", "b32b 27/06"])
    assert split_ipc(text) == (("H01L31/048", "C09D175/06", "B32B27/06"), ())


def test_symbols_one_after_another_are_split_at_spaces():
    assert split_ipc("H01M2/10 H01M4/02(2006.01)I B60K1/00")[0] == ("H01M2/10", "H01M4/02", "B60K1/00")


def test_duplicates_go_and_the_order_stays():
    assert split_ipc("H01M2/10;A61K31/00;H01M 2/10(2006.01)I")[0] == ("H01M2/10", "A61K31/00")


def test_pieces_that_are_no_symbols_come_back_as_rejected():
    assert split_ipc("H01M2/10;14-03;foo") == (("H01M2/10",), ("14-03", "FOO"))


@pytest.mark.parametrize("text", ["", "-", "  ", "--"])
def test_an_empty_list_is_empty(text):
    assert split_ipc(text) == ((), ())
    assert split_locarno(text) == ((), ())


@pytest.mark.parametrize(
    ("symbol", "prefix", "expected"),
    [
        ("H01Q1/22", "H01Q1", True),
        ("H01Q11/08", "H01Q1", False),
        ("H01Q1", "H01Q1", True),
        ("H01Q1/22", "H01Q", True),
        ("H01Q11/08", "H01Q", True),
        ("H01L1/00", "H01Q", False),
        ("H01Q1/22", "H01Q1/2", True),
        ("H01Q1/36", "H01Q1/2", False),
        ("H01Q1/22", "H01", True),
        ("H01Q1/22", "H", True),
        ("G01Q1/22", "H", False),
        ("H01Q1/22", "h01q 1/22", True),
        ("H01Q", "H01Q1", False),
    ],
)
def test_a_prefix_ends_at_a_level_of_the_hierarchy(symbol, prefix, expected):
    assert ipc_matches(symbol, prefix) is expected


@pytest.mark.parametrize("text", ["14-03", "LOC(11)Cl.14-03", "01-01 (11)", " 14 - 03 ", "１４－０３"])
def test_a_locarno_class_is_read(text):
    assert parse_locarno(text) in ("14-03", "01-01")


def test_locarno_lists_are_split_and_their_rejects_named():
    assert split_locarno("14-03;23-04,H01L;14-03") == (("14-03", "23-04"), ("H01L",))


symbols = st.builds(
    lambda section, number, letter, group, subgroup: f"{section}{number:02d}{letter}{group}/{subgroup}",
    st.sampled_from("ABCDEFGH"),
    st.integers(1, 99),
    st.sampled_from("ABCDEFGHJKLMNPQRSTVWXYZ"),
    st.integers(1, 9999),
    st.from_regex(r"[0-9]{2,6}", fullmatch=True),
)


@given(symbols)
def test_canonical_symbols_are_read_as_they_are(symbol):
    ipc = parse_ipc(symbol)
    assert ipc.symbol == symbol
    assert parse_ipc(f"{symbol.lower()[:4]}  {symbol[4:]} (2006.01)i").symbol == symbol
    for prefix in (ipc.section, ipc.ipc_class, ipc.subclass, ipc.group, ipc.symbol):
        assert ipc_matches(symbol, prefix)


@given(st.lists(symbols, max_size=6))
def test_splitting_what_was_joined_gives_the_list_back(listed):
    unique = tuple(dict.fromkeys(listed))
    assert split_ipc(";".join(listed)) == (unique, ())


@given(st.text(max_size=40))
def test_no_piece_of_a_cell_is_lost(text):
    found, rejected = split_ipc(text)
    assert (
        found
        or rejected
        or not any(char.isalnum() for char in text)
        or text.strip().upper() in ("NULL", "NONE", "NAN", "NAT", "N/A", "#N/A", "无")
    )


@pytest.mark.shared
def test_all_symbols_of_real_data_are_read(shared_data):
    polars = pytest.importorskip("polars")
    table = polars.read_parquet(shared_data / "data" / "patents.parquet", columns=["ipc"])
    real = {symbol for listed in table["ipc"] if listed is not None for symbol in listed}
    assert len(real) > 10_000
    assert not {symbol for symbol in real if split_ipc(symbol) != ((symbol,), ())}


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("C25C000316", "C25C3/16"),
        ("F02C0007012", "F02C7/012"),
        ("H01M00100567", "H01M10/0567"),
        ("H01M0010056700", "H01M10/0567"),
        ("H01M001005670020100101AFI20200101BHCN", "H01M10/0567"),
        ("H01M-010/0567", "H01M10/0567"),
        ("H01M 10/0567 20100101 AFI20200101BHCN", "H01M10/0567"),
        ("H01M  10/0567  20100101AFI20200101BHCN        ", "H01M10/0567"),
        ("A61K003119", "A61K31/19"),
        ("H01M0010", "H01M10"),
        ("C01B32", "C01B32"),
        ("B29K2105", "B29K2105"),
    ],
)
def test_padded_symbols_are_cut_where_the_group_ends(text, symbol):
    assert split_ipc(text) == ((symbol,), ())


@pytest.mark.parametrize("text", ["C01B3218", "H01M100567", "C25C00316"])
def test_digits_that_may_be_cut_in_several_ways_are_refused(text):
    assert split_ipc(text) == ((), (text,))


@given(
    st.from_regex(r"[A-H][0-9]{2}[A-Z]", fullmatch=True),
    st.integers(1, 999),
    st.from_regex(r"[0-9]{1,3}[1-9]|[0-9]0", fullmatch=True),
)
def test_a_symbol_reads_the_same_in_all_its_forms(subclass, group, subgroup):
    symbol = f"{subclass}{group}/{subgroup}"
    padded = f"{subclass}{group:04d}"
    forms = [symbol, f"{subclass} {group} / {subgroup}", f"{padded}{subgroup:0<6}", f"{padded}/{subgroup}"]
    forms += [f"{padded}{subgroup}", f"{symbol} (2006.01)I", f"{symbol} 20060101 AFI20200101BHCN"]
    assert {split_ipc(form) for form in forms} == {((symbol,), ())}


@given(st.text(max_size=40))
def test_any_text_is_split_into_symbols_and_rest(text):
    symbols, _ = split_ipc(text, cpc=True)
    assert split_ipc(";".join(symbols), cpc=True) == (symbols, ())
