//! The network of offices of the demonstration, and somebody in each role.

use app::{
    App,
    account::{New, Seat},
};
use model::{
    Id,
    access::{Actor, Role},
    organisation::{Details, Kind, Organisation},
};

use crate::Outcome;

/// What everybody's password is in the demonstration; the sign-in page shows it.
const PASSWORD: &str = "golden bridge harvest 42";

/// Name, kind, region, and the place of the office above in this list.
const OFFICES: &[(&str, Kind, &str, usize)] = &[
    ("甘肃省公共就业服务局", Kind::Office, "620000", 0),
    ("天水市公共就业服务中心", Kind::Office, "620500", 0),
    ("秦州区公共就业服务中心", Kind::Office, "620502", 1),
    ("麦积区公共就业服务中心", Kind::Office, "620503", 1),
    ("甘谷县公共就业服务中心", Kind::Office, "620523", 1),
    ("大城街道便民服务中心", Kind::Office, "620502001", 2),
    ("大城街道青年北路社区", Kind::Office, "620502001001", 5),
    ("天水经济技术开发区服务站", Kind::Park, "", 1),
    ("天水驻深圳劳务服务站", Kind::Station, "", 2),
];

/// Sign-in name, role, and the office in the list above.
const PEOPLE: &[(&str, Role, usize)] = &[
    ("manager", Role::Manager, 0),
    ("admin", Role::OfficeAdministrator, 0),
    ("city", Role::Manager, 1),
    ("clerk", Role::Clerk, 2),
    ("caseworker", Role::Caseworker, 2),
    ("fair", Role::FairOrganiser, 2),
    ("export", Role::ExportCoordinator, 8),
    ("inspector", Role::Inspector, 2),
    ("gangu", Role::Clerk, 4),
    ("street", Role::Clerk, 5),
    ("village", Role::Clerk, 6),
];

/// Makes offices and people where there are none yet.
pub(crate) async fn make(app: &App) -> Outcome<()> {
    let actor = Actor::program("demonstration");
    if store::organisation::top(&mut app.db().read().await?).await?.is_some() {
        return Ok(());
    }
    let mut made: Vec<Id<Organisation>> = vec![];
    for (name, kind, region, above) in OFFICES {
        let regions = if region.is_empty() { vec![] } else { vec![(*region).to_owned()] };
        let details = Details { name: (*name).to_owned(), regions };
        let new =
            app::organisation::New { kind: *kind, parent: made.get(*above).copied(), details };
        made.push(app::organisation::create(app, &actor, new).await?.id);
    }
    for (login, role, office) in PEOPLE {
        let seat =
            Seat { role: Some(*role), organisation: made.get(*office).copied(), employer: None };
        account(app, &actor, login, seat).await?;
    }
    let seat = Seat { role: Some(Role::SystemAdministrator), ..Seat::default() };
    account(app, &actor, "system", seat).await?;
    let mut r = app.db().read().await?;
    let firm = store::vacancy::all_after(&mut r, None, 1).await?.pop();
    drop(r);
    if let Some(vacancy) = firm {
        for (login, role) in [("owner", Role::Owner), ("recruiter", Role::Recruiter)] {
            let employer = Some(vacancy.employer);
            account(app, &actor, login, Seat { role: Some(role), employer, organisation: None })
                .await?;
        }
    }
    Ok(())
}

async fn account(app: &App, actor: &Actor, login: &str, seat: Seat) -> Outcome<()> {
    let (login, name, password) = (login.to_owned(), login.to_owned(), PASSWORD.to_owned());
    app::account::create(app, actor, &New { login, name, password, due: false, seat }).await?;
    Ok(())
}
