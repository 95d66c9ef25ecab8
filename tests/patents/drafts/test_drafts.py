"""Drafts are read in the forms that people have: parts, titles and claims are found."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from patents.drafts import claims_of, draft_of_bytes, draft_of_text, read_draft, whole_claim
from patents.errors import InputError, UnreadableFileError
from patents.messages import message

CLAIMS = (
    "1. 一种茶叶烘干机，包括箱体和风机，其特征在于：所述箱体内设有三层网带；所述风机的出口装有除湿器。",
    "2. 根据权利要求1所述的茶叶烘干机，其特征在于：所述网带由不锈钢制成。",
    "3. 如权利要求1或2所述的茶叶烘干机，其特征在于：所述除湿器为转轮除湿器。",
    "4. 一种茶叶烘干方法，包括以下步骤：",
    "1、将茶叶铺在网带上；",
    "2、以六十摄氏度的热风吹两小时。",
)
ABSTRACT = "本发明公开了一种茶叶烘干机，箱体内设有三层网带，烘干均匀。"
FIELD = "本发明涉及茶叶加工设备，尤其涉及一种茶叶烘干机。"
SPACED = "\n".join(
    [
        "权 利 要 求 书",
        "1/1页",
        *CLAIMS,
        "说 明 书 摘 要",
        ABSTRACT,
        "说　明　书",
        "一种茶叶烘干机",
        "技术领域",
        f"[0001] {FIELD}",
        "背景技术",
        "[0002] 现有的烘干机受热不均。",
        "说明书附图",
        "图1",
    ]
)
INLINE = f"发明名称：一种茶叶烘干机\n【技术领域】{FIELD}\n摘要：{ABSTRACT}\n权利要求：\n" + "\n".join(CLAIMS)
NUMERALS = (
    f"一种茶叶烘干机\n一、技术领域\n{FIELD}\n二、权利要求书\n" + "\n".join(CLAIMS) + f"\n三、摘要\n{ABSTRACT}"
)
PUBLISHED = "\n".join(
    [
        "(19)国家知识产权局",
        "(54)发明名称",
        "一种茶叶烘干机",
        "(57)摘要",
        ABSTRACT,
        "权利要求书1页 说明书2页 附图1页",
        "CN 123456789 A",
        "权 利 要 求 书",
        "1/2 页",
        *CLAIMS[:2],
        "2",
        "CN 123456789 A",
        "权 利 要 求 书",
        "2/2 页",
        *CLAIMS[2:],
        "说 明 书",
        "1/2 页",
        "技术领域",
        f"[0001] {FIELD}",
    ]
)


def expect_tea(draft, abstract=ABSTRACT):
    assert draft.title == "一种茶叶烘干机"
    assert (draft.abstract, draft.technical_field) == (abstract, FIELD)
    assert [claim.number for claim in draft.claims] == [1, 2, 3, 4]
    assert [claim.refers_to for claim in draft.claims] == [(), (1,), (1, 2), ()]
    assert draft.claims[0].text == CLAIMS[0][3:]
    assert draft.claims[3].text.endswith("1、将茶叶铺在网带上；\n2、以六十摄氏度的热风吹两小时。")


@pytest.mark.parametrize(
    "text", [SPACED, INLINE, NUMERALS, PUBLISHED], ids=["spaced", "inline", "numerals", "published"]
)
def test_parts_are_told_apart_however_they_are_headed(text):
    expect_tea(draft_of_text(text))


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_files_are_read_in_the_encodings_that_occur(codec, tmp_path):
    path = tmp_path / "草稿.txt"
    path.write_bytes(SPACED.encode(codec))
    draft = read_draft(path)
    expect_tea(draft)
    assert draft.name == "草稿.txt" and "现有的烘干机受热不均。" in draft.description


def docx_of(document):
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def test_a_word_draft_is_read_by_its_headings_with_tables_and_tracked_changes():
    document = Document()
    for line in SPACED.splitlines()[:-4]:
        document.add_paragraph(line)
    document.add_paragraph("背景技术")
    document.add_table(1, 1).cell(0, 0).text = "对比例一：网带为一层。"
    paragraph = document.add_paragraph("现有")
    paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')} w:id='1'><w:r><w:t>烘干机</w:t></w:r></w:ins>"))
    paragraph._p.append(parse_xml(f"<w:del {nsdecls('w')} w:id='2'><w:r><w:t>炉子</w:t></w:r></w:del>"))
    draft = draft_of_bytes(docx_of(document), "草稿.docx")
    expect_tea(draft)
    assert "对比例一：网带为一层。" in draft.description
    assert "现有烘干机" in draft.description and "炉子" not in draft.description


def test_a_word_draft_may_have_its_headings_in_page_headers_and_number_its_claims_itself():
    document = Document()
    sections = ("权 利 要 求 书", "说 明 书 摘 要", "说 明 书")
    paragraphs = (None, [ABSTRACT], ["一种茶叶烘干机", "技术领域", FIELD])
    for place, (heading, texts) in enumerate(zip(sections, paragraphs, strict=True)):
        section = document.sections[0] if place == 0 else document.add_section()
        section.header.is_linked_to_previous = False
        section.header.paragraphs[0].text = heading
        if texts is None:
            for claim in CLAIMS[:4]:
                document.add_paragraph(claim[3:], style="List Number")
            for step in CLAIMS[4:]:
                document.add_paragraph(step)
        else:
            for text in texts:
                document.add_paragraph(text)
    expect_tea(draft_of_bytes(docx_of(document), "表格.docx"))


def pdf_of(pages):
    """A pdf whose font says by a map which character each code is, as writers of Chinese pdfs do."""
    characters = sorted({character for page in pages for line in page for character in line})
    codes = {character: number for number, character in enumerate(characters, start=1)}
    pairs = "\n".join(f"<{code:04x}> <{ord(character):04x}>" for character, code in codes.items())
    cmap = f"begincmap\n1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n{len(codes)} beginbfchar\n"
    cmap += f"{pairs}\nendbfchar\nendcmap"
    numbers = [7 + 2 * place for place in range(len(pages))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/X/DW 1000"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
        f"<</Length {len(cmap)}>>stream\n{cmap}\nendstream",
        "<</Font<</F 3 0 R>>>>",
    ]
    for number, page in zip(numbers, pages, strict=True):
        lines = "T*\n".join(f"<{''.join(f'{codes[one]:04x}' for one in line)}> Tj " for line in page)
        stream = f"BT /F 9 Tf 14 TL 40 800 Td {lines} ET"
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources 6 0 R/Contents {number + 1} 0 R>>"
        )
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
    body, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"trailer<</Root 1 0 R/Size {len(objects) + 1}>>\nstartxref\n{len(body)}\n%%EOF"
    return body + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


def test_a_pdf_is_read_with_lines_that_its_pages_broke():
    lines = PUBLISHED.splitlines()
    page_two = lines.index("2/2 页") - 2
    pages = [
        [part for line in half for part in (line[:30], line[30:60], line[60:]) if part]
        for half in (lines[:page_two], lines[page_two:])
    ]
    expect_tea(draft_of_bytes(pdf_of(pages), "公布.pdf"))


def test_radicals_that_fonts_name_become_the_characters():
    draft = draft_of_bytes(
        pdf_of([["权利要求书", "1. ⼀种电⼦⻋⻔，其特征在于：⽔泵设于箱体内，冷却管与⽔泵连接。"]]), "x.pdf"
    )
    assert draft.claims[0].text == "一种电子车门，其特征在于：水泵设于箱体内，冷却管与水泵连接。"


def test_a_scan_says_so_and_what_to_do():
    with pytest.raises(UnreadableFileError, match="pictures") as told:
        draft_of_bytes(pdf_of([["1/2"], ["2/2"]]), "扫描.pdf")
    assert "OCR" in told.value.help


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xd0\xcf\x11\xe0rest", r"\.doc, \.wps"),
        (b"{\\rtf1 text}", r"\.rtf"),
        (b"PK\x03\x04nothing", "as a Word document"),
        (b"%PDF-1.7 nothing", "as a PDF"),
        (b"\xff\xfe\xfd\x00\x81", "neither docx, PDF nor text"),
        (b" \n ", "holds no text"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(data, says):
    with pytest.raises(UnreadableFileError, match=says) as told:
        draft_of_bytes(data, "x")
    assert told.value.help


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UnreadableFileError, match="cannot be read"):
        read_draft(tmp_path / "nothing.docx")


@pytest.mark.parametrize(
    ("text", "refers"),
    [
        ("根据权利要求1所述的机", (1,)),
        ("如权利要求1-3任一项所述的机", (1, 2, 3)),
        ("根据权利要求1至3中任一项所述的机", (1, 2, 3)),
        ("按照权利要求1、3或5所述的机", (1, 3, 5)),
        ("根据权利要求1或权利要求4所述的机", (1, 4)),
        ("根据上述任一权利要求所述的机", (1, 2, 3, 4, 5)),
        ("一种电机，包括权利要求2所述的转子", (2,)),
        ("一种电机，转速为权利", ()),
    ],
)
def test_references_are_read_in_their_spellings(text, refers):
    lines = [f"{number}. 一种机。" for number in range(1, 6)]
    *_, claim = claims_of("\n".join([*lines, f"6. {text}。"]))
    assert (claim.number, claim.refers_to, claim.independent) == (6, refers, not refers)


@pytest.mark.parametrize("mark", ["{}. ", "{}、", "{}．", "权利要求{}：", "权利要求{}. "])
def test_claims_are_numbered_in_several_ways_also_in_one_line(mark):
    texts = ("一种泵，其特征在于：设有叶轮。", "根据权利要求1所述的泵，其特征在于：叶轮为铜。")
    lines = [mark.format(number) + text for number, text in enumerate(texts, start=1)]
    assert [claim.text for claim in claims_of("\n".join(lines))] == list(texts)
    if mark[0] != "权":
        assert [claim.text for claim in claims_of("".join(lines))] == list(texts)


def test_a_dependent_claim_holds_what_it_refers_to():
    draft = draft_of_text(SPACED)
    whole = whole_claim(draft.claims, 3)
    assert whole.startswith("一种茶叶烘干机，包括箱体和风机") and whole.endswith("所述除湿器为转轮除湿器")
    assert "不锈钢" not in whole
    assert whole_claim(draft.claims, 1) == CLAIMS[0][3:].rstrip("。")
    with pytest.raises(InputError, match="no claim 9"):
        whole_claim(draft.claims, 9)


def test_claims_that_refer_to_each_other_end():
    claims = claims_of("1. 根据权利要求2所述的泵。\n2. 根据权利要求1所述的泵。")
    assert whole_claim(claims, 2)


def test_a_text_without_headings_is_searched_for_claims_and_says_what_it_lacks():
    alone = draft_of_text("\n".join(CLAIMS))
    assert [claim.number for claim in alone.claims] == [1, 2, 3, 4]
    assert alone.title == "一种茶叶烘干机" and alone.notes == (message("draft-without-title"),)
    prose = draft_of_text("茶叶在网带上烘干。\n1. 第一段说明设备。")
    assert prose.claims == () and prose.notes == (message("draft-without-claims"),)
    assert prose.description == "茶叶在网带上烘干。\n1. 第一段说明设备。"
    with pytest.raises(InputError, match="empty"):
        draft_of_text(" \n")
