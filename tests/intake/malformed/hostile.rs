//! Files made to harm: workbooks that lie, texts that never end, things that are something else.

use std::io::{Cursor, Write as _};

use zip::{ZipWriter, write::SimpleFileOptions};

pub(super) const STRINGS: &str = "<sst count=\"4\" uniqueCount=\"4\"><si><t>岗位名称</t></si>\
    <si><t>单位名称</t></si><si><t>电焊工</t></si><si><r><t>红叶</t></r><r><t>机械厂</t></r></si></sst>";
pub(super) const SHEET: &str = "<worksheet><dimension ref=\"A1:B2\"/><sheetData>\
    <row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>\
    <row r=\"2\"><c r=\"A2\" t=\"s\"><v>2</v></c><c r=\"B2\" t=\"s\"><v>3</v></c></row>\
    </sheetData></worksheet>";

const NS: &str = "http://schemas.openxmlformats.org";

/// A workbook of one sheet with these two parts as they are.
pub(super) fn workbook(sheet: &[u8], strings: &[u8]) -> Vec<u8> {
    archive(&[("xl/worksheets/sheet1.xml", sheet), ("xl/sharedStrings.xml", strings)])
}

/// A workbook's archive with these parts beside or instead of the usual ones.
fn archive(own: &[(&str, &[u8])]) -> Vec<u8> {
    let rel = |id: u8, kind: &str, target: &str| {
        let kind = format!("{NS}/officeDocument/2006/relationships/{kind}");
        format!("<Relationship Id=\"r{id}\" Type=\"{kind}\" Target=\"{target}\"/>")
    };
    let rels = |inner: &str| {
        format!("<Relationships xmlns=\"{NS}/package/2006/relationships\">{inner}</Relationships>")
    };
    let types = format!("<Types xmlns=\"{NS}/package/2006/content-types\"></Types>");
    let top = rels(&rel(1, "officeDocument", "xl/workbook.xml"));
    let book = format!(
        "<workbook xmlns:r=\"{NS}/officeDocument/2006/relationships\"><sheets>\
         <sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let inner = rels(
        &(rel(1, "worksheet", "worksheets/sheet1.xml")
            + &rel(2, "sharedStrings", "sharedStrings.xml")),
    );
    let usual = [
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", top.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", inner.as_bytes()),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, bytes: &[u8]| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    };
    for (name, bytes) in usual.into_iter().filter(|(name, _)| own.iter().all(|(n, _)| n != name)) {
        put(name, bytes);
    }
    for (name, bytes) in own {
        put(name, bytes);
    }
    zip.finish().unwrap().into_inner()
}

fn sheet(inner: &str) -> Vec<u8> {
    let text = format!("<worksheet><sheetData>{inner}</sheetData></worksheet>");
    workbook(text.as_bytes(), STRINGS.as_bytes())
}

fn strings(text: &str) -> Vec<u8> {
    workbook(SHEET.as_bytes(), text.as_bytes())
}

/// Name and bytes.
pub(super) fn files() -> Vec<(String, Vec<u8>)> {
    let groups =
        [("book.xlsx", books()), ("text.csv", texts()), ("data.json", data()), ("other", others())];
    let named = groups.into_iter().flat_map(|(kind, files)| {
        files.into_iter().enumerate().map(move |(n, bytes)| (format!("hostile{n}-{kind}"), bytes))
    });
    named.collect()
}

fn books() -> Vec<Vec<u8>> {
    let cell = |at: &str| format!("<row r=\"1\"><c r=\"{at}\"><v>1</v></c></row>");
    let many = |n: usize, name: &str| -> Vec<u8> {
        let names: Vec<String> = (0..n).map(|i| format!("{name}{i}.xml")).collect();
        let own: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), b"x".as_slice())).collect();
        archive(&own)
    };
    let entities = (0..9).fold(String::from("<!ENTITY a0 \"ha\">"), |text, n| {
        format!("{text}<!ENTITY a{} \"{}\">", n + 1, format!("&a{n};").repeat(10))
    });
    let laughs = format!("<!DOCTYPE sst [{entities}]><sst><si><t>&a9;</t></si></sst>");
    let claims = ["4294967295", "99999999999999999999", "-1", "1e9", "&#52;294967295", ""];
    let at =
        ["A0", "ZZZZZZ1", "A99999999999", "XFD1048576", "1A", "", "甲1", "A-1", "AAAAAAAAAAAAAA1"];
    let odd = ["s", "e", "b", "d", "n", "str", "inlineStr", "zzz"];
    let mut books = vec![
        workbook(b"", b""),
        workbook(b"<worksheet>", b"<sst>"),
        workbook(b"\0\0\0", STRINGS.as_bytes()),
        sheet(""),
        sheet(&cell("A1").repeat(600_000)),
        sheet(&"<row></row>".repeat(2 << 20)),
        sheet(&format!(
            "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>{}</t></is></c></row>",
            "x".repeat(30 << 20)
        )),
        sheet(&format!("{}{}", cell("A1"), cell("XFD1048576"))),
        sheet(&"<a>".repeat(100_000)),
        sheet("<row r=\"1\"><c r=\"A1\"><f>1+1</f></c></row>"),
        sheet(
            "<row r=\"1\"><c r=\"A1\"><f t=\"shared\" si=\"4294967295\" ref=\"A1:A2\">1</f></c></row>",
        ),
        sheet("<row r=\"1\"><c r=\"A1\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c></row>"),
        sheet("<row r=\"4294967296\"><c><v>1</v></c></row>"),
        sheet("<row r=\"1\"><c r=\"A1\" s=\"99999999\"><v>1e308</v></c></row>"),
        strings(&laughs),
        strings("<sst><si><t>&unknown;&#0;&#xFFFFFFFF;</t></si></sst>"),
        many(300, "x"),
        many(150, "../../x"),
        archive(&[("xl/workbook.xml", b"<workbook/>")]),
        archive(&[("xl/workbook.bin", b"x")]),
        archive(&[("xl/vbaProject.bin", b"x"), ("xl/worksheets/sheet1.xml", SHEET.as_bytes())]),
        archive(&[("xl/_rels/workbook.xml.rels", b"<Relationships/>")]),
        archive(&[("xl/styles.xml", &vec![b' '; 40 << 20])]),
        [workbook(SHEET.as_bytes(), STRINGS.as_bytes()), vec![0; 70_000]].concat(),
        [b"%PDF-1.7\n".as_slice(), &workbook(SHEET.as_bytes(), STRINGS.as_bytes())].concat(),
    ];
    books
        .extend(claims.map(|n| strings(&format!("<sst count=\"{n}\" uniqueCount=\"{n}\"></sst>"))));
    books.extend(at.map(|at| sheet(&cell(at))));
    books.extend(
        odd.map(|t| sheet(&format!("<row r=\"1\"><c r=\"A1\" t=\"{t}\"><v>7777777</v></c></row>"))),
    );
    books
}

fn texts() -> Vec<Vec<u8>> {
    let heads = "岗位名称,单位名称\n";
    let utf16 = |text: &str, swap: bool| -> Vec<u8> {
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
        units.flat_map(|u| if swap { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    };
    let mut odd = utf16("岗位名称,单位名称\n焊工,红叶厂\n", false);
    odd.pop();
    let texts = [
        String::new(),
        "\n".repeat(100_000),
        " ".repeat(1 << 20),
        "\u{feff}".into(),
        heads.into(),
        format!("{heads}焊工,{}\n", "厂".repeat(1 << 20)),
        format!("{heads}\"焊工,{}", "红叶厂\n焊工,".repeat(100_000)),
        format!("{heads}\"\"\"\"\"焊工\"\"\"\",\n"),
        ",".repeat(3_000_000),
        "岗位名称,".repeat(600),
        format!("{heads}=1+1,红叶厂\n"),
        format!("{heads}=cmd|' /C calc'!A0,红叶厂\n"),
        format!("{heads}@SUM(1+1),红叶厂\n"),
        format!("{heads}焊\0工,红叶厂\n"),
        format!("{heads}\u{202e}工焊,\u{200b}\u{feff}\n"),
        format!("{heads}<script>alert(1)</script>,' or 1=1 --\n"),
        format!("{heads}{}", "焊工,红叶厂,多,余,的,列\n焊工\n".repeat(50)),
        "甲\n乙\n".into(),
        "<html><table><tr><td>岗位名称</td></tr></table></html>".into(),
        "<?xml version=\"1.0\"?><Workbook/>".into(),
    ];
    let mut files: Vec<Vec<u8>> = texts.into_iter().map(String::into_bytes).collect();
    files.extend([
        odd,
        utf16("岗位名称\t单位名称\r\n焊工\t红叶厂", true),
        vec![0xFF; 5_000],
        vec![0x81; 5_001],
    ]);
    files.push([heads.as_bytes(), &encoding_rs::GB18030.encode("焊工,红叶厂\n").0].concat());
    files
}

fn data() -> Vec<Vec<u8>> {
    let keys = (0..600).map(|n| format!("\"k{n}\":1,")).collect::<Vec<_>>().concat();
    let deep = |open: &str, close: &str| [open.repeat(200_000), close.repeat(200_000)].concat();
    let texts = [
        "[".into(),
        "{".into(),
        "[]".into(),
        "{}".into(),
        "[1,2,3]".into(),
        "[null]".into(),
        "[[{}]]".into(),
        deep("[", "]"),
        deep("{\"a\":", "}"),
        format!("[{}]", deep("{\"a\":[", "]}")),
        "[{\"岗位名称\":1e999999,\"单位名称\":-0}]".into(),
        "[{\"岗位名称\":\"\\ud800\",\"单位名称\":\"x\"}]".into(),
        "[{\"岗位名称\":\"焊工\",\"岗位名称\":\"车工\",\"单位名称\":\"红叶厂\"}]".into(),
        "[{\"\":\"\",\" \":1}]".into(),
        format!("[{{{keys}\"z\":1}}]"),
        format!("[{{\"岗位名称\":\"{}\"}}]", "x".repeat(3 << 20)),
        "{\"岗位名称\":\"焊工\"}{\"岗位名称\":".into(),
        "{\"岗位名称\":\"焊工\",\"单位名称\":\"红叶厂\"}\nnot json\n[1]\n\"x\"\n".into(),
        "[{\"岗位名称\":\"焊工\",\"单位名称\":\"红叶厂\"}] trailing".into(),
        "{\"@type\":\"JobPosting\"}".into(),
        "{\"@graph\":[{\"@type\":\"JobPosting\",\"title\":[],\"hiringOrganization\":{\"name\":{}}}]}".into(),
        "{\"@context\":\"https://schema.org\",\"@type\":\"WebSite\"}".into(),
        "{\"@type\":\"JobPosting\",\"baseSalary\":{\"value\":{\"minValue\":\"NaN\",\"unitText\":7}}}".into(),
    ];
    texts.into_iter().map(String::into_bytes).collect()
}

fn others() -> Vec<Vec<u8>> {
    let magic: [&[u8]; 12] = [
        b"\x7fELF\x02\x01\x01",
        b"\x89PNG\r\n\x1a\n",
        b"\xFF\xD8\xFF\xE0",
        b"GIF89a",
        b"\x1F\x8B\x08",
        b"BZh91AY&SY",
        b"7z\xBC\xAF\x27\x1C",
        b"Rar!\x1A\x07\x01",
        b"%PDF-1.4\n",
        b"{\\rtf1\\ansi",
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        b"PK\x03\x04",
    ];
    let mut files: Vec<Vec<u8>> = magic
        .iter()
        .map(|start| [start, [0x00, 0xFE, 0x41].repeat(300).as_slice()].concat())
        .collect();
    files.extend(magic.iter().map(|start| start.to_vec()));
    let locked: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    files.push([b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0; 512], &locked].concat());
    let mut tar = vec![0; 1_024];
    tar[..5].copy_from_slice(b"a.csv");
    files.push(tar);
    files
}
