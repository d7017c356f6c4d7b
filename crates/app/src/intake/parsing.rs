//! From staged rows to drafts: what each says, by what it is known, and whether it is the same as
//! one before it in the file.

use std::{collections::HashMap, sync::Arc};

use chrono::NaiveDate;
use model::{
    Id, Refusal,
    access::Actor,
    compliance::{Finding, fact::Facts},
    employer::Employer,
    intake::{
        Fault, JobseekerDraft, Noun, Row, Understood, VacancyDraft,
        binding::Binding,
        field::Field,
        file::{Refused, Told},
        jobseeker, vacancy,
    },
    reference::Reference,
};
use sha2::{Digest as _, Sha256};

use super::{own::Own, table::Staged};
use crate::{App, Error, compliance::Customs, vacancy::form::SOURCE};

/// Everything that is needed to understand the rows of one file.
#[derive(Clone)]
pub(super) struct Parser {
    pub(super) app: App,
    /// Who imports.
    pub(super) actor: Actor,
    pub(super) reference: Arc<Reference>,
    pub(super) noun: Noun,
    pub(super) binding: Binding,
    /// The day on which the file was received: on every later run too.
    pub(super) today: NaiveDate,
    /// What vacancies ask for, for the gate.
    pub(super) customs: Arc<Customs>,
    /// Where the file is an employer's own.
    pub(super) own: Option<Own>,
}

pub(super) enum Draft {
    Vacancy(Box<VacancyDraft>),
    Jobseeker(Box<JobseekerDraft>),
}

/// A row that can be accepted.
pub(super) struct Read {
    /// Where the row is known from, and its key there.
    pub(super) source: &'static str,
    pub(super) key: String,
    pub(super) fingerprint: String,
    pub(super) draft: Draft,
    /// Line of the text or row of the sheet.
    pub(super) line: i64,
    /// What the gate says of a vacancy.
    pub(super) findings: Vec<Finding>,
    understood: Understood,
}

pub(super) struct Parsed {
    staged: Staged,
    outcome: Result<Read, Vec<Told>>,
}

impl Parser {
    /// What vacancies usually ask for is looked up for vacancies only: it is a sum over all of them.
    pub(super) async fn new(
        app: &App,
        actor: &Actor,
        (noun, mut binding): (Noun, Binding),
        (today, own): (NaiveDate, Option<Id<Employer>>),
    ) -> Result<Self, Error> {
        let own = match own {
            Some(id) => Some(Own::load(app, id).await?),
            None => None,
        };
        if own.is_some() {
            SOURCE.clone_into(&mut binding.source);
        }
        let customs = match noun {
            Noun::Vacancies => Customs::load(app, actor).await?,
            Noun::Jobseekers => Customs::default(),
        };
        let (reference, customs) = (app.reference().await?, customs.into());
        let (app, actor) = (app.clone(), actor.clone());
        Ok(Self { app, actor, reference, noun, binding, today, customs, own })
    }

    pub(super) fn parse(&self, staged: Vec<Staged>) -> Vec<Parsed> {
        let parsed = staged.into_iter().map(|staged| {
            let outcome = self.read(&staged).map_err(|f| f.iter().map(Told::from).collect());
            Parsed { staged, outcome }
        });
        parsed.collect()
    }

    fn read(&self, Staged { row, broken, .. }: &Staged) -> Result<Read, Vec<Fault>> {
        if *broken {
            let value = row.cells.concat().chars().take(40).collect();
            let refusal = Refusal::new("intake.line_broken");
            return Err(vec![Fault { column: String::new(), value, refusal }]);
        }
        let (reference, binding) = (&self.reference, &self.binding);
        let said = said(binding, row);
        match self.noun {
            Noun::Vacancies => {
                let (draft, understood, _) = vacancy::read(reference, binding, row, self.today)?;
                if let Some(own) = &self.own {
                    own.check(&draft, binding.heading(row, Field::Employer))?;
                }
                Ok(self.vacancy(draft, understood, &said, row.number))
            }
            Noun::Jobseekers => {
                let (draft, understood, _) = jobseeker::read(reference, binding, row, self.today)?;
                Ok(self.jobseeker(draft, understood, &said, row.number))
            }
        }
    }

    fn vacancy(&self, draft: VacancyDraft, understood: Understood, said: &str, line: i64) -> Read {
        let (terms, usual) = (&self.reference.terms, self.customs.of(&draft.offer));
        let facts = Facts {
            day: self.today,
            terms,
            usual,
            agency: self.own.as_ref().and_then(|own| own.agency),
        };
        let mut findings = self.reference.gate.check(&draft.offer, &facts);
        // what is lacking shows in the vacancy itself
        findings.retain(|finding| finding.rule != "content");
        let key = self.own.as_ref().map_or_else(|| draft.key.clone(), |own| own.key(&draft.key));
        let fingerprint = format!("{:032x}", mark(said));
        let draft = Draft::Vacancy(Box::new(draft));
        Read { source: "", key, fingerprint, draft, line, findings, understood }
    }

    fn jobseeker(
        &self,
        draft: JobseekerDraft,
        understood: Understood,
        said: &str,
        line: i64,
    ) -> Read {
        let secret = self.app.secret();
        // Whoever has a citizen number is the same person in every file.
        let source = if draft.identity.number.is_empty() { "" } else { "citizen" };
        let (key, fingerprint) = (secret.digest("key", &draft.key), secret.digest("row", said));
        let (draft, findings) = (Draft::Jobseeker(Box::new(draft)), Vec::new());
        Read { source, key, fingerprint, draft, line, findings, understood }
    }
}

/// What the row says in the columns that are read. Not the draft: the same file again must be the
/// same, whatever has been learnt about words and places since.
fn said(binding: &Binding, row: &Row) -> String {
    let read = binding.columns.iter().zip(&row.cells);
    read.filter_map(|(field, cell)| Some(format!("{}={}\u{1f}", (*field)?.code(), cell.trim())))
        .collect()
}

/// A batch, ready to be compared with what is stored.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) rows: i64,
    /// Position in the file, and the row.
    pub(super) refused: Vec<(i64, Refused)>,
    /// Rows that say the same as one before them in the file.
    pub(super) repeated: i64,
    pub(super) reads: Vec<Read>,
    pub(super) understood: Understood,
}

/// The keys met so far in one file. Two rows with one key are two vacancies of the same name; two
/// rows about one person, saying different things, are a mistake that only a person can mend.
#[derive(Default)]
pub(super) struct Seen(HashMap<u128, Vec<(u128, i64)>>);

impl Seen {
    pub(super) fn settle(&mut self, noun: Noun, parsed: Vec<Parsed>) -> Batch {
        let mut batch = Batch::default();
        for Parsed { staged, outcome } in parsed {
            batch.rows += 1;
            let number = staged.row.number;
            let met = outcome.and_then(|read| self.meet(noun, read, number));
            match met {
                Ok((read, first)) => {
                    batch.understood += read.understood;
                    if first { batch.reads.push(read) } else { batch.repeated += 1 }
                }
                Err(faults) => {
                    let refused = Refused { row: staged.row, faults };
                    batch.refused.push((staged.position, refused));
                }
            }
        }
        batch
    }

    /// The row under the key that is its own, and whether it is the first to say so.
    fn meet(&mut self, noun: Noun, mut read: Read, number: i64) -> Result<(Read, bool), Vec<Told>> {
        let met = self.0.entry(mark(&format!("{}:{}", read.source, read.key))).or_default();
        let fingerprint = mark(&read.fingerprint);
        if met.iter().any(|(f, _)| *f == fingerprint) {
            return Ok((read, false));
        }
        let first = met.first().map(|(_, number)| *number);
        if let (Noun::Jobseekers, Some(first)) = (noun, first) {
            let refusal = Refusal::new("jobseeker.twice").arg("row", first.to_string());
            return Err(vec![Told::from(&refusal)]);
        }
        met.push((fingerprint, number));
        if met.len() > 1 {
            read.key = format!("{}#{}", read.key, met.len());
        }
        Ok((read, true))
    }
}

fn mark(text: &str) -> u128 {
    let digest: [u8; 32] = Sha256::digest(text).into();
    let (half, _) = digest.split_first_chunk().unwrap_or((&[0; 16], &[]));
    u128::from_le_bytes(*half)
}
