//! How texts and questions become words.

use super::*;

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let group = |words: &[&str], wider: &[&str], code: &str| Group {
            words: words.iter().map(|&word| word.to_owned()).collect(),
            wider: wider.iter().map(|&word| word.to_owned()).collect(),
            occupation: code.into(),
        };
        Words::new(Dictionary {
            names: vec!["叉车工".into(), "十八里店".into()],
            groups: vec![
                group(&["焊工", "电焊工", "焊接工", "Welder"], &["氩弧焊"], "6-18-02-04"),
                group(&["月嫂", "母婴护理员"], &[], ""),
                group(&["forklift driver", "forklift operator", "叉车工"], &[], ""),
                group(&["CNC", "数控"], &[], ""),
                group(&["电工", "electrician"], &[], "6-31-01-03"),
            ],
        })
    })
}

fn asked(text: &str) -> Vec<String> {
    let asks = words().question(text).asks.into_iter();
    asks.filter(|ask| ask.kind != Kind::Pair).map(|ask| ask.word).collect()
}

fn document(place: Place, text: &str) -> Vec<String> {
    words().document(&[(place, text)], "").split_whitespace().map(str::to_owned).collect()
}

fn count(tokens: &[String], token: &str) -> usize {
    tokens.iter().filter(|known| *known == token).count()
}

#[test]
fn words_with_signs_stay_whole() {
    for (text, expected) in [
        ("C++/C#、.NET，Node.js", "c++ c# .net node.js"),
        ("5G网络、B2驾照", "5g 网络 b2 驾照"),
        ("月薪8000-12000元", "月薪 8000-12000 元"),
        ("Ｊａｖａ　ＷＥＢ", "java web"),
        ("full-time clerk.", "full time clerk"),
        ("3+ years; PLC编程", "3+ years plc 编程"),
        ("電焊工", "电焊工"),
        ("——！？…", ""),
    ] {
        assert_eq!(asked(text).join(" "), expected, "{text}");
    }
}

#[test]
fn names_of_the_tables_are_words() {
    assert_eq!(asked("十八里店叉车工"), ["十八里店", "叉车工"]);
}

#[test]
fn a_question_of_empty_words_keeps_them() {
    assert_eq!(asked("招聘 电工"), ["电工"]);
    assert_eq!(asked("我想找一份电工的工作"), ["电工"]);
    assert_eq!(asked("招聘"), ["招聘"]);
    assert_eq!(asked("the job of a baker"), ["baker"]);
}

#[test]
fn every_piece_of_a_text_is_found_in_it() {
    let text = "诚聘养老护理员、叉车工各5名，熟悉Node.js者优先；月薪8000-12000元，包吃住。";
    let folded: Vec<char> = text.chars().collect();
    let tokens = document(Place::Duties, text);
    for from in 0..folded.len() {
        for to in from + 1..=folded.len() {
            let piece: String = folded.get(from..to).unwrap_or_default().iter().collect();
            if piece.is_ascii() || piece.contains(|c: char| c.is_ascii()) {
                continue;
            }
            let asks = words().question(&piece).asks.into_iter();
            for ask in asks.filter(|ask| ask.kind != Kind::Pair) {
                assert!(tokens.contains(&ask.word), "{} of {piece}", ask.word);
            }
        }
    }
    for token in ["node.js", "node", "工"] {
        assert_eq!(count(&tokens, token), 1);
    }
    assert_eq!(count(&tokens, "，"), 0);
}

#[test]
fn a_word_counts_by_its_best_place() {
    let texts = [(Place::Duties, "会电工"), (Place::Title, "电工"), (Place::Region, "兰州")];
    let tokens = words().document(&texts, "6-31-01-03");
    let tokens: Vec<String> = tokens.split_whitespace().map(str::to_owned).collect();
    assert_eq!(count(&tokens, "电工"), Place::Title.count());
    assert_eq!(count(&tokens, "兰州"), Place::Region.count());
    assert_eq!(count(&tokens, "会"), Place::Duties.count());
    assert_eq!(count(&tokens, "@6-31-01-03"), Place::Title.count());
}

#[test]
fn a_word_made_of_the_ends_of_others_counts_least_and_means_nothing() {
    let tokens = document(Place::Title, "家电工程师");
    assert_eq!(count(&tokens, "电工"), Place::Duties.count());
    assert_eq!(count(&tokens, "工程师"), Place::Title.count());
    assert_eq!(count(&tokens, "@6-31-01-03"), 0);
}

#[test]
fn words_for_the_same_work_are_looked_for_too() {
    let question = words().question("兰州电焊工");
    assert_eq!(question.also, ["焊工", "焊接工", "Welder"]);
    let welder = question.asks.iter().find(|ask| ask.word == "电焊工").unwrap();
    let close =
        |bond| welder.close.iter().filter(move |(_, b)| *b == bond).map(|(t, _)| t.as_str());
    assert_eq!(close(Bond::Same).collect::<Vec<_>>(), ["@6-18-02-04"]);
    assert_eq!(close(Bond::Foreign).collect::<Vec<_>>(), ["@6-18-02-04~"]);
    assert_eq!(close(Bond::Kin).collect::<Vec<_>>(), ["@6-18-02", "@6-18-02~"]);
    assert_eq!(count(&document(Place::Title, "焊接工数名"), "@6-18-02-04"), 5);
    assert_eq!(count(&document(Place::Title, "Pipe welders"), "@6-18-02-04~"), 5);
    assert_eq!(words().question("welders").also, ["焊工", "电焊工", "焊接工"]);
    assert_eq!(words().question("母婴護理員").also, ["月嫂"]);
    assert_eq!(words().question("FORKLIFT DRIVERS").also, ["forklift operator", "叉车工"]);
    assert_eq!(words().question("cnc操作").also, ["数控"]);
    assert!(words().question("家电工程师").also.is_empty());
}

#[test]
fn a_wider_word_asks_for_the_others_and_is_not_one_of_them() {
    let question = words().question("氩弧焊");
    assert!(question.asks[0].close.contains(&("@6-18-02-04".into(), Bond::Same)));
    assert!(question.also.contains(&"焊工".into()));
    assert!(!words().question("焊工").also.contains(&"氩弧焊".into()));
    assert_eq!(count(&document(Place::Title, "氩弧焊"), "@6-18-02-04"), 0);
}

#[test]
fn quotes_mean_the_words_alone() {
    for quoted in ["\"电焊工\"", "“电焊工”", "「電焊工」", "『电焊工』", "＂电焊工", "“电焊工"]
    {
        let question = words().question(quoted);
        assert_eq!(question.asks.len(), 1, "{quoted}");
        let ask = &question.asks[0];
        assert!(ask.word == "电焊工" && ask.close.is_empty() && ask.exact);
        assert!(question.also.is_empty());
    }
    let question = words().question("“电焊工” 月嫂 \"welders\"");
    assert_eq!(question.also, ["母婴护理员"]);
    assert!(question.asks.iter().all(|ask| ask.word == "月嫂" || ask.close.is_empty()));
}

#[test]
fn english_words_are_found_in_every_form() {
    let tokens = document(Place::Title, "Senior Accounting Clerks");
    for (typed, found) in
        [("clerk", true), ("accounting", true), ("accountings", true), ("cler", false)]
    {
        let ask = &words().question(typed).asks[0];
        let forms = ask.close.iter().filter(|(_, bond)| *bond == Bond::Form);
        let tokens_of = std::iter::once(&ask.word).chain(forms.map(|(token, _)| token));
        assert_eq!(tokens_of.into_iter().any(|token| tokens.contains(token)), found, "{typed}");
    }
}

#[test]
fn what_narrows_nothing_is_left_out_and_what_says_how_keeps_nothing_out() {
    let kinds = |text: &str| -> Vec<(String, Kind)> {
        let asks = words().question(text).asks.into_iter();
        asks.filter(|ask| ask.kind != Kind::Pair).map(|ask| (ask.word, ask.kind)).collect()
    };
    let trade = ("电工".to_owned(), Kind::Trade);
    assert_eq!(kinds("怎么找电工的工作"), vec![trade.clone()]);
    assert_eq!(kinds("夜班电工"), [("夜班".into(), Kind::Beside), trade]);
    assert_eq!(kinds("夜班"), [("夜班".into(), Kind::Plain)], "there is nothing else");
    assert_eq!(asked("where can i work with children"), ["children"]);
}

#[test]
fn a_word_that_no_dictionary_has_is_looked_for_in_pairs_of_characters() {
    let question = words().question("龘靐");
    let pair = question.asks.iter().find(|ask| ask.kind == Kind::Pair).unwrap();
    assert_eq!(pair.close, [("^龘靐".to_owned(), Bond::Form)]);
    assert!(document(Place::Title, "龘靐厂").contains(&"^龘靐".into()));
    assert!(!document(Place::Duties, "龘靐厂").contains(&"^龘靐".into()));
    assert_eq!(question.words().collect::<Vec<_>>(), ["龘", "靐"]);
}

#[test]
fn a_name_is_found_by_its_sound() {
    let (text, slip) = words().as_it_sounds("找垫工").unwrap();
    assert_eq!(
        (text.as_str(), slip.typed.as_str(), slip.meant.as_str()),
        ("找电工", "垫工", "电工")
    );
    assert!(words().as_it_sounds("电工").is_none());
    assert!(words().as_it_sounds("electrican").is_none());
}

#[test]
fn other_names_make_another_seal() {
    let one = Words::new(vec!["甲".to_owned()].into());
    let groups = vec![Group { words: vec!["乙".into(), "丙".into()], ..Group::default() }];
    let other = Words::new(Dictionary { names: vec!["甲".into()], groups });
    assert_ne!(one.seal, other.seal);
}
