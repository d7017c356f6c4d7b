//! Why a post fits, in words: for the person, or for the office about a person.

use fluent_bundle::FluentValue;
use model::{
    matching::{Arg, Reason, Tone},
    reference::Reference,
};

use crate::{Lang, number, t, vacancy, wage};

/// Whom a sentence speaks to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// The jobseeker: "您会岗位需要的氩弧焊".
    You,
    /// Somebody else, about the jobseeker.
    Them,
}

/// Puts reasons into words, with the names of skills, occupations and regions.
pub struct Sayer<'a> {
    pub lang: Lang,
    pub reader: Reader,
    pub reference: &'a Reference,
}

/// So many names are said of a long list.
const NAMED: usize = 5;

impl Sayer<'_> {
    pub fn say(&self, reason: &Reason) -> String {
        t(self.lang, &format!("matching.{}", reason.code), &self.args(reason))
    }

    /// What it would take, where something is missing.
    pub fn remedy(&self, reason: &Reason) -> Option<String> {
        let key = || format!("matching.{}-remedy", reason.code);
        (reason.tone == Tone::Lacks).then(|| t(self.lang, &key(), &self.args(reason)))
    }

    fn args(&self, reason: &Reason) -> Vec<(&'static str, FluentValue<'static>)> {
        let reader = match self.reader {
            Reader::You => "you",
            Reader::Them => "them",
        };
        let named = reason.args.iter().map(|(name, arg)| (*name, self.value(arg)));
        named.chain([("reader", reader.into())]).collect()
    }

    fn value(&self, arg: &Arg) -> FluentValue<'static> {
        let lang = self.lang;
        match arg {
            Arg::Count(n) => (*n).into(),
            Arg::Skills(codes) => self.list(codes.iter().map(|code| self.skill(code))).into(),
            Arg::Occupation(code) => self.occupation(code).into(),
            Arg::Region(code) => self.region(code).into(),
            Arg::Money(cents) => wage::monthly(lang, *cents).into(),
            Arg::Pay { from, to } if from == to => wage::monthly(lang, *from).into(),
            Arg::Pay { from, to } => {
                let range = format!("{}–{}", number::money(*from), number::money(*to));
                t(lang, "wage.money-CNY", &[("sum", range.into())]).into()
            }
            Arg::Months(months) => vacancy::months(lang, *months).into(),
            Arg::Education(level) => vacancy::education(lang, *level).into(),
            Arg::Form(form) => vacancy::form(lang, *form).into(),
            Arg::Benefits(all) => {
                self.list(all.iter().map(|one| vacancy::benefit(lang, *one))).into()
            }
        }
    }

    fn list(&self, words: impl Iterator<Item = String>) -> String {
        let words: Vec<_> = words.take(NAMED).collect();
        words.join(match self.lang {
            Lang::Zh => "、",
            Lang::En => ", ",
        })
    }

    fn skill(&self, code: &str) -> String {
        let skill = self.reference.skills.find(code);
        skill.map_or_else(
            || code.to_owned(),
            |skill| match self.lang {
                Lang::Zh => skill.name_zh.clone(),
                Lang::En => skill.name_en.clone(),
            },
        )
    }

    /// The classification has Chinese names only.
    fn occupation(&self, code: &str) -> String {
        let occupation = self.reference.occupations.find(code);
        occupation.map_or_else(|| code.to_owned(), |occupation| occupation.name.clone())
    }

    fn region(&self, code: &str) -> String {
        let region = self.reference.places.find(code);
        region.map_or_else(
            || code.to_owned(),
            |region| match self.lang {
                Lang::Zh => region.name.clone(),
                Lang::En => capital(&region.pinyin.replace(' ', "")),
            },
        )
    }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use model::{
        education::Education,
        matching::{Kind, Limit},
        occupation::classify::Classifier,
        region::gazetteer::Gazetteer,
        skill::{Skill, lexicon::Lexicon},
        term::Terms,
        vacancy::{Benefit, Form},
    };

    use super::*;

    fn reference() -> Reference {
        let welding = Skill {
            code: "tig_welding".into(),
            name_zh: "氩弧焊".into(),
            name_en: "TIG welding".into(),
            aliases: String::new(),
            occupation: String::new(),
            licence: false,
        };
        Reference {
            places: Gazetteer::new(Vec::new()),
            occupations: Classifier::new(Vec::new()),
            skills: Lexicon::new(vec![welding]),
            terms: Terms::default(),
        }
    }

    /// Every argument that a sentence may mention.
    fn everything(code: &'static str) -> Reason {
        Reason::lacks(code)
            .arg("skills", Arg::Skills(vec!["tig_welding".into()]))
            .arg("wish", Arg::Occupation("6-18-02-04".into()))
            .arg("occupation", Arg::Occupation("6-18-02-07".into()))
            .arg("region", Arg::Region("620502".into()))
            .arg("km", Arg::Count(6))
            .arg("days", Arg::Count(3))
            .arg("age", Arg::Count(16))
            .arg("pay", Arg::Pay { from: 500_000, to: 700_000 })
            .arg("floor", Arg::Money(450_000))
            .arg("own", Arg::Months(30))
            .arg("asked", Arg::Education(Education::College))
            .arg("benefits", Arg::Benefits(vec![Benefit::Board, Benefit::Lodging]))
            .arg("form", Arg::Form(Form::Seasonal))
    }

    #[test]
    fn a_reason_is_a_sentence_that_a_jobseeker_understands() {
        let reference = reference();
        let said = |lang, reader, code| {
            Sayer { lang, reader, reference: &reference }.say(&everything(code))
        };
        assert_eq!(said(Lang::Zh, Reader::You, "skills_had"), "您会岗位需要的氩弧焊");
        assert_eq!(
            said(Lang::Zh, Reader::You, "pay_reaches"),
            "月工资 5,000–7,000 元，不低于您期望的 4,500 元"
        );
        assert_eq!(
            said(Lang::En, Reader::Them, "living_given"),
            "Needed, and the post gives it: Meals provided, Lodging provided"
        );
    }

    /// The codes of all reasons, as the rule names them.
    fn codes() -> Vec<String> {
        let room = Path::new(env!("CARGO_MANIFEST_DIR")).join("../model/src/matching");
        let files = fs::read_dir(room).unwrap().map(|file| file.unwrap().path());
        let sources = files.filter_map(|path| fs::read_to_string(path).ok());
        let source: String = sources.collect();
        let after = |tone: &str| {
            let call = format!("Reason::{tone}(\"");
            let calls = source.split(&call).skip(1);
            calls.filter_map(|rest| rest.split('"').next().map(str::to_owned)).collect::<Vec<_>>()
        };
        let codes: Vec<_> = ["fits", "lacks", "untold"].into_iter().flat_map(after).collect();
        assert!(codes.len() > 30, "the reasons were not found");
        codes
    }

    fn in_words(said: &str) {
        assert!(!said.contains("matching.") && !said.contains('{'), "{said}");
    }

    #[test]
    fn every_reason_has_its_words_in_every_language() {
        let reference = reference();
        let limits = Limit::ALL.map(|limit| limit.code().to_owned());
        for code in codes().into_iter().chain(limits) {
            let reason = everything(Box::leak(code.into_boxed_str()));
            for (lang, reader) in [(Lang::Zh, Reader::You), (Lang::En, Reader::Them)] {
                let sayer = Sayer { lang, reader, reference: &reference };
                in_words(&sayer.say(&reason));
            }
        }
    }

    #[test]
    fn every_limit_says_what_it_would_take() {
        let reference = reference();
        for (lang, reader) in [(Lang::Zh, Reader::Them), (Lang::En, Reader::You)] {
            let sayer = Sayer { lang, reader, reference: &reference };
            for limit in Limit::ALL {
                in_words(&sayer.remedy(&everything(limit.code())).unwrap());
                in_words(&t(lang, &format!("matching.limit-{}", limit.code()), &[]));
            }
            for kind in Kind::ALL {
                in_words(&t(lang, &format!("matching.part-{}", kind.code()), &[]));
            }
        }
    }
}
