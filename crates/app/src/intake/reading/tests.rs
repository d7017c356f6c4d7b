//! Whole files through the reader, good ones and bad ones.

use std::io::{Read, Write};

use encoding_rs::GB18030;
use model::intake::file::{Format, Head};
use rust_xlsxwriter::{Formula, Workbook};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{
    super::unreadable::Unreadable,
    frame::{COLUMNS, Frame, Row, frame, length},
    read,
};

type Outcome = Result<(Head, Vec<(i64, String)>), Unreadable>;

/// The head and the rows, cells joined by `/`.
fn rows(bytes: &[u8]) -> Outcome {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    let mut pipe = Vec::new();
    read(file, &mut pipe).unwrap();
    let (mut from, mut head, mut rows) = (pipe.as_slice(), None, Vec::new());
    loop {
        let mut start = [0; 5];
        from.read_exact(&mut start).unwrap();
        let mut body = vec![0; length(start).unwrap()];
        from.read_exact(&mut body).unwrap();
        match frame(start, &body).unwrap() {
            Frame::Head(h) => head = Some(h),
            Frame::Row(Row { number, cells, broken }) => {
                let mark = if broken { "!" } else { "" };
                rows.push((number, mark.to_owned() + &cells.join("/")));
            }
            Frame::End(sent) => {
                assert_eq!(usize::try_from(sent).unwrap(), rows.len());
                return Ok((head.unwrap(), rows));
            }
            Frame::Refused(why) => return Err(why),
        }
    }
}

fn texts(bytes: &[u8]) -> Vec<(i64, String)> {
    rows(bytes).unwrap().1
}

fn expect(found: &[(i64, String)], wanted: &[(i64, &str)]) {
    let found: Vec<(i64, &str)> = found.iter().map(|(n, t)| (*n, t.as_str())).collect();
    assert_eq!(found, wanted);
}

fn workbook(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    book.save_to_buffer().unwrap()
}

/// A workbook of one sheet, its parts as given.
fn parts(sheet: &str, strings: &str) -> Vec<u8> {
    const NS: &str = "http://schemas.openxmlformats.org";
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut put = |name: &str, text: &str| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    put(
        "[Content_Types].xml",
        &format!("<Types xmlns=\"{NS}/package/2006/content-types\"></Types>"),
    );
    let rel = |id: u8, kind: &str, target: &str| {
        let kind = format!("{NS}/officeDocument/2006/relationships/{kind}");
        format!("<Relationship Id=\"r{id}\" Type=\"{kind}\" Target=\"{target}\"/>")
    };
    let rels = |inner: &str| {
        format!("<Relationships xmlns=\"{NS}/package/2006/relationships\">{inner}</Relationships>")
    };
    put("_rels/.rels", &rels(&rel(1, "officeDocument", "xl/workbook.xml")));
    let book = format!(
        "<workbook xmlns:r=\"{NS}/officeDocument/2006/relationships\"><sheets>\
         <sheet name=\"岗位\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    put("xl/workbook.xml", &book);
    let inner = rel(1, "worksheet", "worksheets/sheet1.xml")
        + &rel(2, "sharedStrings", "sharedStrings.xml");
    put("xl/_rels/workbook.xml.rels", &rels(&inner));
    put("xl/worksheets/sheet1.xml", sheet);
    put("xl/sharedStrings.xml", strings);
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_csv_file_is_read_in_its_characters_with_its_separator() {
    let text = "岗位;工资\n电焊工;\"8千;包吃\"\n\n\"厨\n师\"\n保安";
    let gbk = GB18030.encode(text).0.into_owned();
    let (head, found) = rows(&gbk).unwrap();
    assert_eq!((head.format, head.detail.as_str(), head.delimiter), (Format::Csv, "GB18030", ';'));
    let wanted = [(1, "岗位/工资"), (2, "电焊工/8千;包吃"), (4, "厨\n师"), (6, "保安")];
    expect(&found, &wanted);
    expect(&texts(text.replace('\n', "\r\n").as_bytes()), &wanted);
}

#[test]
fn a_workbook_is_read_with_its_title_dates_and_long_numbers() {
    let bytes = workbook(|sheet| {
        let format = rust_xlsxwriter::Format::new();
        sheet.merge_range(0, 0, 0, 2, "2026年岗位表", &format).unwrap();
        for (column, text) in (0..).zip(["岗位", "电话", "日期"]) {
            sheet.write_string(1, column, text).unwrap();
        }
        sheet.write_string(3, 0, "电焊工").unwrap();
        sheet.write_number(3, 1, 13_900_000_000.0).unwrap();
        let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 3, 1).unwrap();
        let format = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
        sheet.write_datetime_with_format(3, 2, &day, &format).unwrap();
    });
    let (head, found) = rows(&bytes).unwrap();
    assert_eq!(head.format, Format::Workbook);
    let wanted = [(1, "2026年岗位表"), (2, "岗位/电话/日期"), (4, "电焊工/13900000000/2026-03-01")];
    expect(&found, &wanted);
}

#[test]
fn a_formula_counts_for_the_value_it_had() {
    let with = |formula: Formula| {
        workbook(|sheet| {
            sheet.write_string(0, 0, "岗位").unwrap();
            sheet.write_formula(1, 0, formula).unwrap();
        })
    };
    expect(&texts(&with(Formula::new("=6*7").set_result("42"))), &[(1, "岗位"), (2, "42")]);
    let failed = with(Formula::new("=1/0").set_result("#DIV/0!"));
    let never = parts(
        "<worksheet><sheetData><row r=\"7\"><c r=\"B7\"><f>1+1</f></c></row></sheetData></worksheet>",
        "<sst/>",
    );
    let at = |row, column: &str| Err(Unreadable::Formula { row, column: column.into() });
    assert_eq!(rows(&failed), at(2, "A"));
    assert_eq!(rows(&never), at(7, "B"));
    assert_eq!(rows("岗位,工资\n电焊工,=1+1\n".as_bytes()), at(2, "2"));
}

#[test]
fn json_comes_as_an_array_as_lines_or_inside_an_envelope() {
    let array =
        r#"[{"title":"焊工","tags":["a","b"]},{"title":"厨师","pay":{"min":3,"max":null}}]"#;
    let wanted = [(0, "title/tags/pay.max/pay.min"), (1, "焊工/a|b"), (2, "厨师///3")];
    expect(&texts(array.as_bytes()), &wanted);
    let envelope = format!("{{\"total\":2,\n\"data\":{array}}}");
    let inside = [(0, "tags/title/pay.max/pay.min"), (1, "a|b/焊工"), (2, "/厨师//3")];
    expect(&texts(envelope.as_bytes()), &inside);
    expect(&texts(envelope.replace('\n', "").as_bytes()), &inside);
    let lines = "{\"title\":\"焊工\"}\n\n{\"title\":\n{\"late\":true}\n";
    let wanted = [(0, "title/late"), (1, "焊工"), (3, "!{\"title\":"), (4, "/true")];
    expect(&texts(lines.as_bytes()), &wanted);
    assert_eq!(rows(b"[{\"a\":1},\n{\"a\":"), Err(Unreadable::BrokenJson { line: 2 }));
    assert_eq!(rows("[".repeat(100_000).as_bytes()), Err(Unreadable::BrokenJson { line: 1 }));
}

#[test]
fn a_description_by_schema_org_is_one_cell_a_posting() {
    let posting = r#"{"@type":"JobPosting","title":"焊工"}"#;
    let graph = format!(
        r#"{{"@context":"https://schema.org","@graph":[{posting},{{"@type":"WebSite"}}]}}"#
    );
    let page = format!("<html><script type=\"application/ld+json\">{posting}</script></html>");
    for text in [graph, page, format!("[{posting}]"), posting.to_owned()] {
        let (head, found) = rows(text.as_bytes()).unwrap();
        assert_eq!(head.format, Format::JobPosting, "{text}");
        expect(&found, &[(0, "JobPosting"), (1, posting)]);
    }
}

#[test]
fn what_is_no_table_is_refused_by_name() {
    assert_eq!(rows(b""), Err(Unreadable::Empty));
    assert_eq!(rows(b" \n\n"), Err(Unreadable::Empty));
    assert_eq!(rows(b"\x7fELF\x02\x01\x01\0"), Err(Unreadable::Binary));
    assert_eq!(rows(b"<html><table></table>"), Err(Unreadable::WebPage));
    assert_eq!(rows(b"PK\x03\x04nothing"), Err(Unreadable::BrokenWorkbook));
    let old = [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0; 600]].concat();
    assert_eq!(rows(&old), Err(Unreadable::OldWorkbook));
    let locked: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(rows(&[old, locked].concat()), Err(Unreadable::Encrypted));
    assert_eq!(rows(&workbook(|_| {})), Err(Unreadable::Empty));
}

#[test]
fn a_row_without_an_end_and_too_many_columns_are_refused() {
    let megabyte = format!("title,text\n焊工,{}\n", "x".repeat(1 << 20));
    assert!(matches!(rows(megabyte.as_bytes()), Err(Unreadable::RowTooLong { row: 2, .. })));
    let open = format!("title\n\"{}", "never closed,\n".repeat(1 << 18));
    assert!(matches!(rows(open.as_bytes()), Err(Unreadable::RowTooLong { row: 2, .. })));
    let columns = "a,".repeat(10_000_000);
    assert_eq!(
        rows(columns.as_bytes()),
        Err(Unreadable::TooManyColumns { row: 1, limit: COLUMNS })
    );
}

#[test]
fn a_workbook_that_lies_about_its_size_is_refused() {
    let cell = |at: &str| format!("<c r=\"{at}\"><v>1</v></c>");
    let sheet = |inner: &str| {
        format!(
            "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData>{inner}</sheetData></worksheet>"
        )
    };
    let corners = sheet(&format!(
        "<row r=\"1\">{}</row><row r=\"1048576\">{}</row>",
        cell("A1"),
        cell("XFD1048576")
    ));
    assert!(matches!(
        rows(&parts(&corners, "<sst/>")),
        Err(Unreadable::TooManyColumns { row: 1_048_576, .. })
    ));
    let one = sheet(&format!("<row r=\"1\">{}</row>", cell("A1")));
    expect(&texts(&parts(&one, "<sst/>")), &[(1, "1")]);
    let claim = "<sst uniqueCount=\"4294967295\"></sst>";
    assert_eq!(rows(&parts(&one, claim)), Err(Unreadable::ZipBomb));
    let bomb = sheet(&"<row></row>".repeat(2 << 20));
    assert_eq!(rows(&parts(&bomb, "<sst/>")), Err(Unreadable::ZipBomb));
}
