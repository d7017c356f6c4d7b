//! The fields of the form about a person, made ready for a page: label, example, what was typed, and
//! what was wrong with it.

use model::{
    intake::{
        Fault, Note,
        field::Field,
        typed::{FIELDS, Typed, VISIBLE},
    },
    vacancy::Form,
};

use crate::frame::Frame;

/// Something said at a field.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub(super) field: String,
    pub(super) text: String,
    pub(super) remedy: String,
}

impl Said {
    pub(super) fn fault(frame: &Frame, fault: &Fault) -> Self {
        Self::new(frame, &fault.column, &fault.refusal)
    }

    pub(super) fn note(frame: &Frame, note: &Note) -> Self {
        Self::new(frame, &note.column, &note.remark)
    }

    pub(super) fn new(frame: &Frame, field: &str, refusal: &model::Refusal) -> Self {
        let remedy = text::remedy(frame.lang, refusal).unwrap_or_default();
        Self { field: field.to_owned(), text: frame.say(refusal), remedy }
    }
}

/// One of the boxes of a field.
pub(super) struct Choice {
    pub(super) name: &'static str,
    pub(super) value: String,
    pub(super) label: String,
    pub(super) chosen: bool,
}

/// A field on a page.
pub(super) struct Line {
    pub(super) code: &'static str,
    pub(super) label: String,
    pub(super) hint: String,
    pub(super) value: String,
    pub(super) fault: Option<Said>,
    /// `text`, `area`, `boxes`, `one`.
    pub(super) kind: &'static str,
    /// What a script offers to somebody who types, or empty.
    pub(super) offers: &'static str,
    /// Several, with 、 between them.
    pub(super) many: bool,
    /// `inputmode` of the field.
    pub(super) mode: &'static str,
    /// Shown, and changed at the window only.
    pub(super) fixed: bool,
    pub(super) choices: Vec<Choice>,
}

impl Line {
    /// On a person's own form number and telephone stand as they are.
    pub(super) fn fixed(self, frame: &Frame) -> Self {
        if !matches!(self.code, "number" | "phone") || self.value.is_empty() {
            return self;
        }
        Self { fixed: true, hint: frame.t("jobseeker.form_fixed"), ..self }
    }
}

/// Levels of education as people say them.
const LEVELS: [&str; 7] = ["小学", "初中", "高中", "中专", "大专", "本科", "硕士"];

/// The group of boxes about board and lodging.
pub(super) const LIVING: &str = "living";

/// Every line of the form, in the order of the paper.
pub(super) fn lines(frame: &Frame, typed: &Typed, faults: &[Said]) -> Vec<Line> {
    let code = |field: &Field| match field.code() {
        "needs_board" => VISIBLE,
        "needs_lodging" => "",
        code => code,
    };
    let mut codes: Vec<_> = FIELDS.iter().map(code).filter(|code| !code.is_empty()).collect();
    let at = codes.iter().position(|code| *code == Field::Contract.code()).unwrap_or_default();
    codes.insert(at, LIVING);
    codes.into_iter().map(|code| line(frame, typed, (code, faults))).collect()
}

/// Those of one page, with boxes where a thumb is quicker than letters.
pub(super) fn asked(
    frame: &Frame,
    typed: &Typed,
    (codes, faults): (&[&'static str], &[Said]),
) -> Vec<Line> {
    let levels = |line: Line| match line.code {
        "education" => Line { kind: "one", choices: levels(frame, typed), ..line },
        _ => line,
    };
    codes.iter().map(|code| levels(line(frame, typed, (code, faults)))).collect()
}

fn levels(frame: &Frame, typed: &Typed) -> Vec<Choice> {
    let held = typed.get("education");
    let level = |name: &&'static str| {
        let (value, chosen) = ((*name).to_owned(), held == *name);
        let found = model::education::read::text(name).and_then(|said| said.highest);
        let label =
            found.map_or_else(|| value.clone(), |e| text::vacancy::education(frame.lang, e));
        Choice { name: "education", value, label, chosen }
    };
    LEVELS.iter().map(level).collect()
}

fn line(frame: &Frame, typed: &Typed, (code, faults): (&'static str, &[Said])) -> Line {
    let (kind, choices) = match code {
        "history" => ("area", Vec::new()),
        "contract" => ("boxes", forms(frame, typed)),
        LIVING => ("boxes", living(frame, typed)),
        VISIBLE => ("one", visible(frame, typed)),
        _ => ("text", Vec::new()),
    };
    let (offers, many) = match code {
        "place" => ("place", false),
        "wish_places" | "maybe_places" => ("place", true),
        "wish" => ("occupation", true),
        "skills" => ("skill", true),
        _ => ("", false),
    };
    let mode = match code {
        "phone" => "tel",
        "reach_km" => "numeric",
        _ => "text",
    };
    Line {
        code,
        label: frame.t(&format!("jobseeker.form-{code}")),
        hint: text::find(frame.lang, &format!("jobseeker.form-{code}_hint"), &[])
            .unwrap_or_default(),
        value: typed.get(code).to_owned(),
        fault: faults.iter().find(|said| said.field == code).cloned(),
        kind,
        offers,
        many,
        mode,
        fixed: false,
        choices,
    }
}

fn forms(frame: &Frame, typed: &Typed) -> Vec<Choice> {
    let name = Field::Contract.code();
    let choice = |form: &Form| Choice {
        name,
        value: form.code().to_owned(),
        label: text::vacancy::form(frame.lang, *form),
        chosen: typed.has(name, form.code()),
    };
    Form::ALL.iter().map(choice).collect()
}

fn living(frame: &Frame, typed: &Typed) -> Vec<Choice> {
    let choice = |name: &'static str| Choice {
        name,
        value: "yes".to_owned(),
        label: frame.t(&format!("jobseeker.form-{name}")),
        chosen: typed.has(name, "yes"),
    };
    [Field::NeedsBoard.code(), Field::NeedsLodging.code()].map(choice).into()
}

fn visible(frame: &Frame, typed: &Typed) -> Vec<Choice> {
    let choice = |value: &str| Choice {
        name: VISIBLE,
        value: value.to_owned(),
        label: frame.t(&format!("jobseeker.form-visible_{value}")),
        chosen: typed.visible() == (value == "yes"),
    };
    ["yes", "no"].map(choice).into()
}
