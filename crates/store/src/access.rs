//! A scope as a condition of SQL: whose rows a query may see. What stands in the text comes from
//! region codes, paths and ids only, never from what somebody wrote.

use model::access::{Reach, Scope, Territory};
use uuid::Uuid;

use crate::Engine;

const NONE: &str = " and 1 = 0";

/// The people of a scope, in a query on the table `jobseeker`; begins with ` and `, or is empty.
pub(crate) fn people(engine: Engine, scope: &Scope) -> String {
    if !scope.people() {
        return NONE.into();
    }
    match scope.reach() {
        Reach::All => String::new(),
        Reach::Office(territory) => {
            let mut all = regions(territory, "region");
            all.push(offices(territory, "office_id"));
            format!(" and ({})", all.join(" or "))
        }
        Reach::Person(id) => format!(" and id = {}", literal(engine, id.uuid())),
        Reach::Public | Reach::Employer(_) => NONE.into(),
    }
}

/// The same in parts that have nobody in common, each a condition that an index answers alone: their
/// sums are the sum.
pub(crate) fn people_parts(engine: Engine, scope: &Scope) -> Vec<String> {
    match scope.reach() {
        Reach::Office(territory) if scope.people() => {
            let here = any(&regions(territory, "region"));
            let below =
                format!("office_id in (select id from organisation where {})", below(territory));
            let mut parts = vec![format!(" and {here}"), format!(" and {below} and not {here}")];
            parts.extend(territory.root.then(|| format!(" and office_id is null and not {here}")));
            parts
        }
        Reach::Public | Reach::All | Reach::Office(_) | Reach::Employer(_) | Reach::Person(_) => {
            vec![people(engine, scope)]
        }
    }
}

/// Is an office so large that its people are found soonest by walking along everybody?
pub(crate) fn wide(scope: &Scope) -> bool {
    const COUNTY: usize = 6;
    let Reach::Office(territory) = scope.reach() else { return false };
    territory.ranges.iter().any(|(from, _)| from.len() <= COUNTY)
}

/// The same where `column` of another table says who it is about.
pub(crate) fn people_by(engine: Engine, scope: &Scope, column: &str) -> String {
    let people = people(engine, scope);
    match people.as_str() {
        "" | NONE => people,
        // row by row: gathering an office's people first costs as much as they are
        within => {
            format!(" and exists (select 1 from jobseeker where jobseeker.id = {column}{within})")
        }
    }
}

/// Applications and what follows from them: an employer's own; a person's own; of an office those of its
/// people, and those that it sent out itself.
pub(crate) fn applications(engine: Engine, scope: &Scope) -> String {
    match scope.reach() {
        Reach::Employer(id) => format!(" and employer_id = {}", literal(engine, id.uuid())),
        Reach::Office(territory) if scope.people() => {
            let own = offices(territory, "office_id");
            let theirs = people_by(engine, scope, "jobseeker_id");
            format!(" and ({own} or (1 = 1{theirs}))")
        }
        Reach::All | Reach::Public | Reach::Office(_) | Reach::Person(_) => {
            people_by(engine, scope, "jobseeker_id")
        }
    }
}

/// The inbox of a scope: a person's, an employer's, that of an office with those below it; of whoever
/// reads no people, what administrators are told.
pub(crate) fn inbox(engine: Engine, scope: &Scope) -> String {
    match scope.reach() {
        Reach::Person(id) => {
            format!(" and audience = 'person' and jobseeker_id = {}", literal(engine, id.uuid()))
        }
        Reach::Employer(id) => {
            format!(" and audience = 'employer' and employer_id = {}", literal(engine, id.uuid()))
        }
        Reach::Office(territory) if scope.people() => {
            format!(" and audience = 'office' and {}", offices(territory, "office_id"))
        }
        Reach::Office(territory) => {
            format!(" and audience = 'administrator' and {}", offices(territory, "office_id"))
        }
        Reach::All if scope.people() => " and audience in ('office', 'administrator')".into(),
        Reach::All => " and audience = 'administrator'".into(),
        Reach::Public => NONE.into(),
    }
}

/// What an office keeps for itself: files, assignments. `column` says whose it is.
pub(crate) fn own(scope: &Scope, column: &str) -> String {
    match scope.reach() {
        Reach::All if scope.people() => String::new(),
        Reach::Office(territory) if scope.drafts() => {
            format!(" and {}", offices(territory, column))
        }
        Reach::All | Reach::Office(_) | Reach::Public | Reach::Employer(_) | Reach::Person(_) => {
            NONE.into()
        }
    }
}

/// Vacancies that a scope looks after, public or not, in a query on the table `vacancy`.
pub(crate) fn managed(engine: Engine, scope: &Scope) -> String {
    match scope.reach() {
        _ if !scope.drafts() => NONE.into(),
        Reach::All => String::new(),
        Reach::Office(territory) => {
            let mut all = regions(territory, "region");
            if territory.root {
                all.push("region = ''".into());
            }
            format!(" and {}", any(&all))
        }
        Reach::Employer(id) => format!(" and employer_id = {}", literal(engine, id.uuid())),
        Reach::Public | Reach::Person(_) => NONE.into(),
    }
}

/// The organisations of a scope, in a query on the table `organisation`.
pub(crate) fn organisations(scope: &Scope) -> String {
    match scope.reach() {
        Reach::All => String::new(),
        Reach::Office(territory) => format!(" and {}", below(territory)),
        Reach::Public | Reach::Employer(_) | Reach::Person(_) => NONE.into(),
    }
}

/// The employers of a scope, in a query on the table `employer`: an office's are those with posts or
/// their seat in its regions.
pub(crate) fn employers(engine: Engine, scope: &Scope) -> String {
    match scope.reach() {
        Reach::All => String::new(),
        Reach::Office(territory) => {
            let seats = any(&regions(territory, "seat"));
            format!(" and ({} or {seats})", posting(territory, "id"))
        }
        Reach::Employer(id) => format!(" and id = {}", literal(engine, id.uuid())),
        Reach::Public | Reach::Person(_) => NONE.into(),
    }
}

/// The memberships of a scope: those of its offices and employers, or of its employer.
pub(crate) fn memberships(engine: Engine, scope: &Scope) -> String {
    match scope.reach() {
        Reach::All => String::new(),
        Reach::Office(territory) => {
            let offices = format!(
                "organisation_id in (select id from organisation where {})",
                below(territory)
            );
            let seats = any(&regions(territory, "seat"));
            let seated = format!("employer_id in (select id from employer where {seats})");
            format!(" and ({offices} or {} or {seated})", posting(territory, "employer_id"))
        }
        Reach::Employer(id) => format!(" and employer_id = {}", literal(engine, id.uuid())),
        Reach::Public | Reach::Person(_) => NONE.into(),
    }
}

fn posting(territory: &Territory, column: &str) -> String {
    let posts = any(&regions(territory, "region"));
    format!("{column} in (select employer_id from vacancy where {posts})")
}

/// One condition a range.
fn regions(territory: &Territory, column: &str) -> Vec<String> {
    let digits = |code: &&(String, String)| {
        code.0.bytes().chain(code.1.bytes()).all(|byte| byte.is_ascii_digit())
    };
    let ranges = territory.ranges.iter().filter(digits);
    ranges.map(|(from, to)| format!("({column} >= '{from}' and {column} < '{to}')")).collect()
}

/// Rows of the office and all below it; of the top also what is nobody's.
fn offices(territory: &Territory, column: &str) -> String {
    let below = format!("{column} in (select id from organisation where {})", below(territory));
    if territory.root { format!("({below} or {column} is null)") } else { below }
}

fn below(territory: &Territory) -> String {
    let (from, to) = territory.paths();
    let sound = from.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'/');
    if sound { format!("path >= '{from}' and path < '{to}'") } else { "1 = 0".into() }
}

fn any(all: &[String]) -> String {
    if all.is_empty() { "1 = 0".into() } else { format!("({})", all.join(" or ")) }
}

/// SQLite keeps an id as its sixteen bytes.
fn literal(engine: Engine, id: Uuid) -> String {
    engine.pick(format!("x'{}'", id.simple()), format!("cast('{id}' as uuid)"))
}
