//! People with accounts, in a small network of offices: a province with two counties, a township, a
//! village, a park and a station.

use app::account::{New, Seat, door::Device};
use model::{
    Id,
    access::{Actor, Role},
    account::{Account, Membership},
    employer::{Details as Firm, Employer},
    organisation::{Details, Kind, Organisation},
    vacancy::{Offer, Place, Source, State, Vacancy},
};
use store::employer::Known;

use super::{Asking, World};

/// The offices that stories happen in.
pub(crate) struct Network {
    pub province: Id<Organisation>,
    pub city: Id<Organisation>,
    pub qinzhou: Id<Organisation>,
    pub gangu: Id<Organisation>,
    pub township: Id<Organisation>,
    pub village: Id<Organisation>,
    pub station: Id<Organisation>,
}

/// Somebody with an account, and the cookie of a browser that is signed in.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub account: Id<Account>,
    pub membership: Id<Membership>,
    pub login: String,
    pub cookie: String,
}

/// What everybody's password is here.
pub(crate) const PASSWORD: &str = "unit winter ladder 88";

impl World {
    /// The network, five levels deep.
    pub(crate) async fn network(&self) -> Network {
        let province = self.office_of("甘肃省就业局", None, Kind::Office, &["620000"]).await;
        let city = self.office_of("天水市就业局", Some(province), Kind::Office, &["620500"]).await;
        let qinzhou = self.office_of("秦州区中心", Some(city), Kind::Office, &["620502"]).await;
        let gangu = self.office_of("甘谷县中心", Some(city), Kind::Office, &["620523"]).await;
        let township =
            self.office_of("玉泉镇事务所", Some(qinzhou), Kind::Office, &["620502100"]).await;
        let village =
            self.office_of("暖和湾村", Some(township), Kind::Office, &["620502100201"]).await;
        let station = self.office_of("驻深圳服务站", Some(qinzhou), Kind::Station, &[]).await;
        Network { province, city, qinzhou, gangu, township, village, station }
    }

    pub(crate) async fn office_of(
        &self,
        name: &str,
        parent: Option<Id<Organisation>>,
        kind: Kind,
        regions: &[&str],
    ) -> Id<Organisation> {
        let regions = regions.iter().map(|code| (*code).to_owned()).collect();
        let details = Details { name: name.into(), regions };
        let new = app::organisation::New { kind, parent, details };
        app::organisation::create(&self.app, &Actor::program("story"), new).await.unwrap().id
    }

    /// An account with a role somewhere, signed in from a browser of its own.
    pub(crate) async fn member(&self, role: Role, seat: Seat) -> Member {
        let login = format!("{}.{}", role.code(), self.app.id::<()>().uuid().simple());
        let seat = Seat { role: Some(role), ..seat };
        let password = PASSWORD.to_owned();
        let new = New { login: login.clone(), name: "某某".into(), password, due: false, seat };
        let program = Actor::program("story");
        let account = app::account::create(&self.app, &program, &new).await.unwrap();
        let device = Device { key: app::secret::token(), kind: "Firefox".into() };
        let entry =
            app::account::door::sign_in(&self.app, &device, &login, PASSWORD).await.unwrap();
        let mut r = self.app.db().read().await.unwrap();
        let membership = store::account::memberships_of(&mut r, account).await.unwrap()[0].id;
        let cookie = format!("__Host-session={}; device={}", entry.token, device.key);
        Member { account, membership, login, cookie }
    }

    /// A registered person with an account, signed in from a browser of their own.
    pub(crate) async fn jobseeker(&self, id: Id<model::jobseeker::Jobseeker>) -> Member {
        let fresh = self.member(Role::Jobseeker, Seat::default()).await;
        let seat = Membership {
            id: self.app.id(),
            account_id: fresh.account,
            role: Role::Jobseeker,
            organisation_id: None,
            employer_id: None,
            jobseeker_id: Some(id),
            valid_from: self.app.now(),
            valid_to: None,
        };
        let deed =
            store::Deed { name: "account.appoint", actor: "story".into(), at: self.app.now() };
        let mut w = self.app.db().write(deed).await.unwrap();
        store::account::dismiss(&mut w, fresh.membership).await.unwrap();
        store::account::appoint(&mut w, &seat).await.unwrap();
        w.commit().await.unwrap();
        let again = self.in_again(&fresh).await;
        Member { membership: seat.id, ..again }
    }

    /// The same person, signed in anew: the clock has gone on.
    pub(crate) async fn in_again(&self, member: &Member) -> Member {
        let device = Device { key: app::secret::token(), kind: "Firefox".into() };
        let entry = app::account::door::sign_in(&self.app, &device, &member.login, PASSWORD);
        let cookie =
            format!("__Host-session={}; device={}", entry.await.unwrap().token, device.key);
        Member { cookie, ..member.clone() }
    }

    pub(crate) async fn staff(&self, role: Role, office: Id<Organisation>) -> Member {
        self.member(role, Seat { organisation: Some(office), ..Seat::default() }).await
    }

    pub(crate) async fn firms(&self, role: Role, employer: Id<Employer>) -> Member {
        self.member(role, Seat { employer: Some(employer), ..Seat::default() }).await
    }

    /// The account of a registered person, signed in.
    pub(crate) async fn herself(&self, id: Id<model::jobseeker::Jobseeker>) -> Member {
        let member = self.member(Role::Jobseeker, Seat::default()).await;
        let deed =
            store::Deed { name: "account.appoint", actor: "story".into(), at: self.app.now() };
        let mut w = self.app.db().write(deed).await.unwrap();
        let sql = "update membership set jobseeker_id = $2 where id = $1";
        w.exec(sql, store::vals![member.membership, id]).await.unwrap();
        w.commit().await.unwrap();
        member
    }

    /// Whoever somebody signed in is to a deed.
    pub(crate) async fn actor(&self, member: &Member) -> Actor {
        let (_, cookie) = member.cookie.split_once("__Host-session=").unwrap();
        let token = cookie.split(';').next().unwrap();
        let here = app::account::door::here(&self.app, token).await.unwrap().unwrap();
        Actor::member(here.member.unwrap())
    }

    /// Somebody asks, signed in, from far away.
    pub(crate) fn by(&self, member: &Member) -> Asking<'_> {
        self.stranger().with("cookie", &member.cookie)
    }

    /// An employer with one published vacancy in a region.
    pub(crate) async fn firm(&self, name: &str, region: &str) -> (Id<Employer>, Id<Vacancy>) {
        let (id, vacancy, at) = (self.app.id(), self.app.id(), self.app.now());
        let details = Firm { name: name.into(), ..Firm::default() };
        let employer = Employer { id, details, created_at: at, updated_at: at };
        let place = Place { region: region.into(), text: region.into(), ..Place::default() };
        let offer = Offer { title: "电焊工".into(), place, ..Offer::default() };
        let source = Source { name: "story".into(), key: name.into(), ..Source::default() };
        let post = Vacancy {
            id: vacancy,
            source,
            employer: id,
            offer,
            state: State::Published,
            created_at: at,
            updated_at: at,
            version: 1,
            hired: 0,
        };
        let known = Known { name_key: name.into(), employer };
        let deed = store::Deed { name: "vacancy.import", actor: "story".into(), at };
        let mut w = self.app.db().write(deed).await.unwrap();
        store::employer::add(&mut w, &[known]).await.unwrap();
        store::vacancy::add(&mut w, &[post]).await.unwrap();
        w.commit().await.unwrap();
        (id, vacancy)
    }

    /// A registered person who lives in a region.
    pub(crate) async fn registered_in(&self, region: &str) -> Id<model::jobseeker::Jobseeker> {
        use model::jobseeker::{Identity, Jobseeker, Profile};
        let (app, at) = (&self.app, self.app.now());
        let id: Id<Jobseeker> = app.id();
        let place = Place { region: region.into(), ..Place::default() };
        let jobseeker = Jobseeker {
            id,
            source: Source { name: "village".into(), key: id.to_string(), ..Source::default() },
            profile: Profile { place, ..Profile::default() },
            seeking: true,
            visible: true,
            created_at: at,
            updated_at: at,
            version: 1,
        };
        let identity = Identity {
            name: "测试甲".into(),
            phone: format!("139{:08}", id.uuid().as_u128() % 100_000_000),
            ..Identity::default()
        };
        let seals = app::jobseeker::seal(app, id, &identity).await.unwrap();
        let app::jobseeker::Seals { identity, number_index, phone_index } = seals;
        let name_index = String::new();
        let sealed =
            store::jobseeker::Sealed { jobseeker, identity, number_index, phone_index, name_index };
        let deed = store::Deed { name: "jobseeker.import", actor: "story".into(), at };
        let mut w = app.db().write(deed).await.unwrap();
        store::jobseeker::add(&mut w, &[sealed]).await.unwrap();
        w.commit().await.unwrap();
        id
    }
}
