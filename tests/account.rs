//! Stories of signing in and out, and of who gives accounts to whom.

mod door;
mod passkey;
mod provider;
mod secrets;

use model::access::Role;

use crate::world::{World, both, people::PASSWORD};

/// The cookies of an answer, as a browser sends them back.
fn cookies(answer: &crate::world::Answer) -> String {
    let kept = ["__Host-session", "device"].into_iter();
    let pairs = kept.filter_map(|name| Some(format!("{name}={}", answer.cookie(name)?)));
    pairs.collect::<Vec<_>>().join("; ")
}

/// The cookies of a browser that is known, after an answer that gave it another session.
fn renewed(member: &crate::world::people::Member, answer: &crate::world::Answer) -> String {
    let (_, device) = member.cookie.split_once("; ").unwrap();
    format!("__Host-session={}; {device}", answer.cookie("__Host-session").unwrap())
}

/// The six digits of a secret, now.
fn of_secret(world: &World, secret: &str) -> String {
    let now = u64::try_from(world.app.now().timestamp()).unwrap();
    let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
    totp_rs::Builder::new().with_secret(secret).build().unwrap().generate(now).to_string()
}

async fn sign_in(world: &World, login: &str, password: &str) -> crate::world::Answer {
    let fields = [("login", login), ("password", password), ("next", "/jobseekers")];
    world.stranger().form("/sign-in", &fields).await
}

#[tokio::test]
async fn somebody_signs_in_looks_and_signs_out() {
    both(async |world| {
        let network = world.network().await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        let answer = sign_in(world, &clerk.login, PASSWORD).await.is(303);
        assert_eq!(answer.location(), "/jobseekers");
        let mut cookie = answer.headers.get_all("set-cookie").iter().map(|v| v.to_str().unwrap());
        let session = cookie.find(|c| c.starts_with("__Host-session=")).unwrap();
        for part in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
            assert!(session.contains(part), "{session}");
        }
        let kept = cookies(&answer);
        let page = world.stranger().with("cookie", &kept).get("/account").await.is(200).text();
        assert!(page.contains("窗口经办") && page.contains("秦州区中心"), "{page}");
        let out = world.stranger().with("cookie", &kept).form("/sign-out", &[]).await.is(303);
        assert_eq!(out.cookie("__Host-session").unwrap(), "");
        world.stranger().with("cookie", &kept).get("/account").await.is(403);
        let mut r = world.app.db().read().await.unwrap();
        let log = store::event::of_subject(&mut r, clerk.account.uuid(), 9).await.unwrap();
        let deeds: Vec<&str> = log.iter().map(|event| event.deed.as_str()).collect();
        assert!(
            deeds.contains(&"account.sign_in") && deeds.contains(&"account.leave"),
            "{deeds:?}"
        );
        assert!(!serde_json::to_string(&log).unwrap().contains(&clerk.login));
    })
    .await;
}

#[tokio::test]
async fn who_is_not_signed_in_is_led_to_the_door_and_back_but_never_elsewhere() {
    both(async |world| {
        let network = world.network().await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        let asked = world.stranger().with("accept", "text/html").get("/jobseekers?after=x").await;
        assert_eq!(asked.is(303).location(), "/sign-in?next=/jobseekers%3Fafter%3Dx");
        for next in ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:1"] {
            let fields = [("login", clerk.login.as_str()), ("password", PASSWORD), ("next", next)];
            let answer = world.stranger().form("/sign-in", &fields).await.is(303);
            assert_eq!(answer.location(), "/account", "{next}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_cookie_of_before_is_worth_nothing_after() {
    both(async |world| {
        let network = world.network().await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        // somebody plants a cookie of their choice
        let planted =
            "__Host-session=0000000000000000000000000000000000000000000000000000000000000000";
        let fields = [("login", clerk.login.as_str()), ("password", PASSWORD)];
        let answer =
            world.stranger().with("cookie", planted).form("/sign-in", &fields).await.is(303);
        assert!(!planted.ends_with(&answer.cookie("__Host-session").unwrap()));
        world.stranger().with("cookie", planted).get("/account").await.is(403);
        // and a sign-in over another one ends that
        let again = world.by(&clerk).form("/sign-in", &fields).await.is(303);
        assert_ne!(cookies(&again), clerk.cookie);
        world.by(&clerk).get("/account").await.is(403);
    })
    .await;
}

#[tokio::test]
async fn staff_who_do_nothing_for_a_quarter_of_an_hour_are_out() {
    both(async |world| {
        let network = world.network().await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        let (firm, _) = world.firm("甲公司", "620502").await;
        let owner = world.firms(Role::Owner, firm).await;
        world.at("2026-11-22T00:44:59Z");
        world.by(&clerk).get("/account").await.is(200);
        // that somebody was here is written down beside the answer
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        world.at("2026-11-22T00:59:58Z");
        world.by(&clerk).get("/account").await.is(200);
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        world.at("2026-11-22T01:15:00Z");
        world.by(&clerk).get("/account").await.is(403);
        world.by(&owner).get("/account").await.is(200);
    })
    .await;
}

#[tokio::test]
async fn five_wrong_passwords_close_the_door_for_strangers_and_not_for_the_owner() {
    both(async |world| {
        let network = world.network().await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        let mut unknown = vec![];
        for name in [clerk.login.as_str(), "nobody.at.all"] {
            let mut said = vec![];
            for _ in 0..7 {
                let answer = sign_in(world, name, "wrong wrong").await.is(422);
                said.push(answer.text().replace(name, "-"));
            }
            assert!(
                said[4].contains("登录名或密码不对") && said[5].contains("分钟后"),
                "{}",
                said[5]
            );
            unknown.push(said);
        }
        assert_eq!(unknown[0], unknown[1], "a name that exists is answered like one that does not");
        // the right password does not help a stranger now, but does where it was used before
        sign_in(world, &clerk.login, PASSWORD).await.is(422);
        let fields = [("login", clerk.login.as_str()), ("password", PASSWORD)];
        world.by(&clerk).form("/sign-in", &fields).await.is(303);
        world.at("2026-11-22T00:33:00Z");
        sign_in(world, &clerk.login, PASSWORD).await.is(303);
    })
    .await;
}

#[tokio::test]
async fn an_administrator_opens_an_account_whose_password_must_be_changed() {
    both(async |world| {
        let network = world.network().await;
        let admin = world.staff(Role::OfficeAdministrator, network.qinzhou).await;
        let office = network.township.to_string();
        let given =
            |login: &'static str, password: &'static str, role: &'static str, office: String| {
                let asking = world.by(&admin);
                async move {
                    let fields = [
                        ("login", login),
                        ("name", "王小明"),
                        ("password", password),
                        ("role", role),
                        ("organisation", office.as_str()),
                    ];
                    asking.form("/accounts", &fields).await
                }
            };
        assert!(
            given("wang", "12345678", "clerk", office.clone())
                .await
                .is(422)
                .text()
                .contains("太容易")
        );
        assert!(
            given("wang", PASSWORD, "system_administrator", office.clone())
                .await
                .is(422)
                .text()
                .contains("不能给出")
        );
        given("wang", PASSWORD, "clerk", network.gangu.to_string()).await.is(404);
        given("wang", PASSWORD, "clerk", office.clone()).await.is(303);
        assert!(
            given("WANG", PASSWORD, "clerk", office).await.is(422).text().contains("已经有人用")
        );
        let entered = sign_in(world, "wang", PASSWORD).await.is(303);
        assert!(entered.location().starts_with("/sign-in/next"), "{}", entered.location());
        let kept = cookies(&entered);
        world.stranger().with("cookie", &kept).get("/jobseekers").await.is(403);
        let chosen = [("password", "anchor velvet 71 tulip"), ("next", "/jobseekers")];
        let whole = world.stranger().with("cookie", &kept).form("/sign-in/password", &chosen).await;
        let fresh = cookies(&whole.is(303));
        assert_ne!(fresh, kept);
        world.stranger().with("cookie", &fresh).get("/jobseekers").await.is(200);
        world.stranger().with("cookie", &kept).get("/jobseekers").await.is(403);
        let list = world.by(&admin).get("/accounts").await.is(200).text();
        assert!(list.contains("王小明") && list.contains("玉泉镇事务所"), "{list}");
    })
    .await;
}

#[tokio::test]
async fn taking_a_role_away_or_closing_an_account_ends_what_it_has_open() {
    both(async |world| {
        let network = world.network().await;
        let admin = world.staff(Role::OfficeAdministrator, network.city).await;
        let (gone, closed) = (
            world.staff(Role::Clerk, network.qinzhou).await,
            world.staff(Role::Clerk, network.qinzhou).await,
        );
        let path = |member: &crate::world::people::Member, deed: &str| {
            format!("/accounts/{}/{deed}", member.membership)
        };
        world.by(&admin).form(&path(&gone, "dismiss"), &[]).await.is(303);
        world.by(&gone).get("/jobseekers").await.is(403);
        world.by(&admin).form(&path(&closed, "change"), &[("what", "close")]).await.is(303);
        world.by(&closed).get("/jobseekers").await.is(403);
        sign_in(world, &closed.login, PASSWORD).await.is(422);
        world.by(&admin).form(&path(&closed, "change"), &[("what", "reopen")]).await.is(303);
        sign_in(world, &closed.login, PASSWORD).await.is(303);
        // an administrator of a county does not rule one of the city
        let below = world.staff(Role::OfficeAdministrator, network.qinzhou).await;
        world.by(&below).form(&path(&admin, "change"), &[("what", "close")]).await.is(404);
        for deed in [
            "account.create",
            "account.change",
            "account.appoint",
            "account.dismiss",
            "account.attempt",
            "account.stay",
            "account.secure",
            "account.switch",
        ] {
            assert!(model::access::names().any(|(name, _)| name == deed));
        }
    })
    .await;
}

#[tokio::test]
async fn the_first_administrator_is_made_with_the_code_from_the_terminal() {
    both(async |world| {
        let code = app::account::setup_code(&world.app).await.unwrap().unwrap();
        let fields = |code: &str| -> Vec<(&'static str, String)> {
            vec![
                ("code", code.to_owned()),
                ("login", "root.gansu".into()),
                ("name", "管理员".into()),
                ("password", PASSWORD.into()),
                ("office", "甘肃省就业局".into()),
                ("region", "620000".into()),
            ]
        };
        let send = async |fields: Vec<(&'static str, String)>| {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
            world.stranger().form("/setup", &fields).await
        };
        world.office().get("/jobseekers").await.is(200);
        assert!(send(fields("0000")).await.is(422).text().contains("代码不对"));
        assert_eq!(send(fields(&code)).await.is(303).location(), "/sign-in");
        send(fields(&code)).await.is(404);
        world.stranger().get("/setup").await.is(404);
        // from now on the machine itself is nobody without an account
        world.office().get("/jobseekers").await.is(403);
        let kept = cookies(&sign_in(world, "root.gansu", PASSWORD).await.is(303));
        let page = world.stranger().with("cookie", &kept).get("/account").await.is(200).text();
        assert!(page.contains("系统管理员") && page.contains("机构管理员"), "{page}");
    })
    .await;
}
