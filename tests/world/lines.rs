//! What the program writes to its log while stories are told: no line may name or number anybody.

use std::{
    io::{self, Write},
    sync::{Mutex, Once, PoisonError},
};

use model::jobseeker::citizen_number::CitizenNumber;
use tracing_subscriber::{EnvFilter, fmt::MakeWriter};

/// More than what is written by default.
const WANTED: &str = "info,app=trace,web=trace,store=trace,client=trace,tantivy=warn,sqlx=warn";

/// Names that people have in stories.
const NAMES: [&str; 7] = ["测试甲", "巩一", "令狐二", "蔺三", "亓四", "王小明", "欧阳日志"];

static FOUND: Mutex<Vec<String>> = Mutex::new(vec![]);
static LINES: Mutex<usize> = Mutex::new(0);

/// From here on every line is looked at.
pub(crate) fn watch() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let wanted: EnvFilter = WANTED.parse().unwrap();
        tracing_subscriber::fmt().with_env_filter(wanted).with_writer(Watched).init();
    });
}

/// Ends the story when a line named anybody, in this one or in one beside it.
pub(crate) fn nobody_was_named() {
    let found = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
    assert!(found.is_empty(), "the log names people:\n{}", found.join("\n"));
}

/// How many lines were looked at so far.
pub(crate) fn looked_at() -> usize {
    *LINES.lock().unwrap()
}

#[derive(Clone, Copy)]
struct Watched;

impl Write for Watched {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(bytes);
        let named = people_in(&text);
        *LINES.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        if !named.is_empty() {
            FOUND.lock().unwrap_or_else(PoisonError::into_inner).push(format!("{named:?}: {text}"));
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Watched {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        *self
    }
}

/// Everything in a text that is a citizen number, a telephone number, an address for mail, or a name of
/// a story; also as an address or JSON writes it.
pub(crate) fn people_in(text: &str) -> Vec<String> {
    let plain = escapes_undone(text);
    let mut found: Vec<String> =
        NAMES.iter().filter(|name| plain.contains(**name)).map(|name| (*name).to_owned()).collect();
    let word = |c: char| c.is_alphanumeric() || "-_@.".contains(c);
    for part in plain.split(|c: char| !word(c)) {
        let part = part.trim_matches(['.', '-', '_']);
        let digits =
            part.len() >= 11 && part.bytes().take(part.len() - 1).all(|b| b.is_ascii_digit());
        let telephone = digits && part.len() == 11 && part.parse::<u64>().is_ok();
        let telephone = telephone && ("13000000000"..="19999999999").contains(&part);
        let number = digits && CitizenNumber::parse(part, super::beginning().date_naive()).is_ok();
        let mail = part.split_once('@').is_some_and(|(name, place)| {
            !name.is_empty() && place.contains('.') && place.len() > 3
        });
        if telephone || number || mail {
            found.push(part.to_owned());
        }
    }
    found
}

/// `%E7%94%B2` and `\u7532` as the signs they stand for.
fn escapes_undone(text: &str) -> String {
    let mut bytes = vec![];
    let mut rest = text.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        let hex = |from: usize, to: usize| {
            let digits = std::str::from_utf8(rest.get(from..to)?).ok()?;
            u32::from_str_radix(digits, 16).ok()
        };
        if let Some(byte) = hex(1, 3).filter(|_| first == b'%') {
            bytes.extend(u8::try_from(byte));
            rest = &rest[3..];
        } else if let Some(sign) = hex(2, 6).filter(|_| rest.starts_with(b"\\u")) {
            let sign = char::from_u32(sign).unwrap_or(' ');
            bytes.extend(sign.to_string().bytes());
            rest = &rest[6..];
        } else {
            bytes.push(first);
            rest = behind;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn a_planted_line_is_found_and_a_harmless_one_is_not() {
    for planted in [
        "INFO request failed number=11010519491231002X",
        "{\"phone\":\"13900139000\"}",
        "GET /counter?q=15400000001 200",
        "WARN nobody is called 测试甲",
        "GET /vacancies?q=%E6%B5%8B%E8%AF%95%E7%94%B2",
        "{\"name\":\"\\u6d4b\\u8bd5\\u7532\"}",
        "to li.ming@example.com",
        "Key (phone)=(13900139000) already exists.",
    ] {
        assert_eq!(people_in(planted).len(), 1, "{planted}");
    }
    for harmless in [
        "2026-11-22T00:30:00.123456Z INFO request method=\"GET\" route=\"/jobseekers/{id}\" ms=13.9",
        "id=019ab39001-3900-7000-8000-139001390000 took 1390013900055 ns",
        "imported accepted=13900 unchanged=139001390",
        "110105194912310021 has a wrong check digit",
        "jinqiao 0.1.0 listens on 127.0.0.1:8080, 100% ready",
    ] {
        assert_eq!(people_in(harmless), Vec::<String>::new(), "{harmless}");
    }
}
