//! `account`: accounts from the machine's own command line. A password comes from a prompt or the
//! standard input, never as an argument: arguments are seen by everybody on the machine.

use std::{
    fmt::Write as _,
    io::{BufRead as _, IsTerminal as _, Write as _, stdin, stdout},
    process::ExitCode,
};

use app::{
    App,
    account::{Change, New, Seat},
};
use clap::Subcommand;
use model::{
    access::{Actor, Role},
    account::{Membership, login},
    organisation::{Details, Kind},
};

use crate::{Outcome, config::Config};

/// What can be done to accounts.
#[derive(Subcommand)]
pub(crate) enum Account {
    /// Open an account; the password is read from the standard input
    Add {
        login: String,
        /// The person's name
        #[arg(long)]
        name: String,
        /// clerk, caseworker, manager, `office_administrator`, `system_administrator` …
        #[arg(long)]
        role: Role,
        /// The region whose office it is for; not for a system administrator
        #[arg(long)]
        region: Option<String>,
    },
    /// Found the office at the top of the network
    Top {
        name: String,
        /// Codes of its regions
        #[arg(required = true)]
        regions: Vec<String>,
    },
    /// Every account with its roles
    List,
    /// Give a new password, read from the standard input; it must be changed at the next sign-in
    Password { login: String },
    /// Take the second factor away: the telephone is lost
    ForgetSecond { login: String },
    /// Close an account and end all its sign-ins
    Close { login: String },
}

pub(crate) async fn run(config: &Config, what: &Account) -> Outcome {
    let app = App::open(config.app()).await?;
    let actor = Actor::office("command");
    match what {
        Account::Add { login, name, role, region } => {
            let organisation = match region {
                Some(code) => {
                    let mut r = app.db().read().await?;
                    let found = store::organisation::serving(&mut r, &code.parse()?).await?;
                    Some(found.ok_or("no office serves this region: see `account top`")?.id)
                }
                None => None,
            };
            let seat = Seat { role: Some(*role), organisation, employer: None };
            let (login, name, password) = (login.clone(), name.clone(), typed()?);
            let new = New { login, name, password, due: false, seat };
            app::account::create(&app, &actor, &new).await?;
        }
        Account::Top { name, regions } => {
            let details = Details { name: name.clone(), regions: regions.clone() };
            let new = app::organisation::New { kind: Kind::Office, parent: None, details };
            app::organisation::create(&app, &actor, new).await?;
        }
        Account::List => list(&app).await?,
        Account::Password { login } => {
            change(&app, &actor, login, Change::Password(typed()?)).await?;
        }
        Account::ForgetSecond { login } => {
            change(&app, &actor, login, Change::ForgetSecond).await?;
        }
        Account::Close { login } => change(&app, &actor, login, Change::Close).await?,
    }
    app.db().close().await;
    Ok(ExitCode::SUCCESS)
}

async fn change(app: &App, actor: &Actor, name: &str, what: Change) -> Outcome<()> {
    let index = app.secret().digest("login", &login(name)?);
    let mut r = app.db().read().await?;
    let account = store::account::of_login(&mut r, &index).await?.ok_or("no such account")?;
    let all: Vec<Membership> = store::account::memberships_of(&mut r, account.id).await?;
    drop(r);
    let one = all.first().ok_or("the account has no role")?;
    Ok(app::account::change(app, actor, one.id, what).await?)
}

async fn list(app: &App) -> Outcome<()> {
    let mut r = app.db().read().await?;
    let scope = Actor::office("command").scope();
    let all = store::account::members(&mut r, &scope, None, 10_000).await?;
    let ids: Vec<_> = all.iter().map(|one| one.account_id).collect();
    let mut accounts = vec![];
    for ids in ids.chunks(500) {
        accounts.extend(store::account::of_ids(&mut r, ids).await?);
    }
    let mut lines = String::new();
    for one in &all {
        let Some(account) = accounts.iter().find(|a| a.id == one.account_id) else { continue };
        let person = app::account::person(app, account).await?;
        writeln!(lines, "{}\t{}\t{}\t{}", person.login, person.name, one.role, account.state)?;
    }
    Ok(write!(stdout(), "{lines}")?)
}

/// One line from the prompt, or from a pipe.
fn typed() -> Outcome<String> {
    if stdin().is_terminal() {
        write!(stdout(), "Password: ")?;
        stdout().flush()?;
    }
    let mut line = String::new();
    stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
