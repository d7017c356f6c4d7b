//! Stories of what is handed out to sign in with: tokens, codes by telephone, six digits; and of what
//! every answer says to the browser.

use model::access::Role;

use super::{cookies, sign_in};
use crate::world::{World, both, people::PASSWORD};

#[tokio::test]
async fn a_token_is_shown_once_opens_what_it_was_given_and_ends() {
    both(async |world| {
        let network = world.network().await;
        world.registered_in("620502").await;
        let admin = world.staff(Role::OfficeAdministrator, network.qinzhou).await;
        let fields = [("name", "日报"), ("grants", "people"), ("days", "30")];
        let page = world.by(&admin).form("/tokens", &fields).await.is(200).text();
        let (_, shown) = page.split_once("jq_").unwrap();
        let token: String =
            shown.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        let token = format!("jq_{token}");
        assert!(!world.by(&admin).get("/tokens").await.is(200).text().contains(&token));
        let bearer = format!("Bearer {token}");
        let ask = |path: &'static str| world.stranger().with("authorization", &bearer).get(path);
        assert_eq!(ask("/api/v1/jobseekers").await.is(200).json()["total"], 1);
        ask("/api/v1/vacancies/suggest").await;
        ask("/api/v1/inquiries").await.is(403);
        ask("/accounts").await.is(403);
        let strange = world.stranger().with("authorization", "Bearer jq_0");
        let answer = strange.get("/api/v1/regions").await.is(401);
        assert_eq!(answer.header("www-authenticate"), "Bearer");
        let mut r = world.app.db().read().await.unwrap();
        let log = store::event::of_subject(&mut r, admin.account.uuid(), 9).await.unwrap();
        assert!(log.iter().any(|event| event.deed == "account.grant"));
        let scope = model::access::Actor::office("story").scope();
        let id = store::account::token::page(&mut r, &scope, 9).await.unwrap()[0].id;
        drop(r);
        let other = world.staff(Role::OfficeAdministrator, network.gangu).await;
        world.by(&other).form(&format!("/tokens/{id}/end"), &[]).await.is(404);
        world.by(&admin).form(&format!("/tokens/{id}/end"), &[]).await.is(303);
        ask("/api/v1/jobseekers").await.is(401);
        assert!(model::access::names().any(|(name, _)| name == "account.revoke"));
    })
    .await;
}

#[tokio::test]
async fn a_telephone_and_a_code_make_a_jobseeker() {
    both(async |world| {
        let asked = world.stranger().form("/sign-in/code", &[("phone", "138 0013 8000")]).await;
        let page = asked.is(200).text();
        // nothing has left inside the deed
        let ways = app::notice::Ways::default();
        let waiting = app::notice::mailbox(&world.app).await.unwrap();
        assert_eq!(waiting.len(), 1);
        assert!(app::notice::send_next(&world.app, &ways).await.unwrap());
        assert!(!app::notice::send_next(&world.app, &ways).await.unwrap(), "sent twice");
        let code: String = waiting[0].1.text.chars().filter(char::is_ascii_digit).take(6).collect();
        assert!(!page.contains(&code));
        let typed =
            |code: &str| vec![("phone", "13800138000".to_owned()), ("code", code.to_owned())];
        let check = async |fields: Vec<(&'static str, String)>| {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
            world.stranger().form("/sign-in/code/check", &fields).await
        };
        let wrong = if code == "000000" { "000001" } else { "000000" };
        check(typed(wrong)).await.is(422);
        let kept = cookies(&check(typed(&code)).await.is(303));
        let own = world.stranger().with("cookie", &kept).get("/account").await.is(200).text();
        assert!(own.contains("求职者") && own.contains("13800138000"), "{own}");
        check(typed(&code)).await.is(422);
        // once a minute to a number
        world.stranger().form("/sign-in/code", &[("phone", "13800138000")]).await.is(422);
        for deed in ["account.code", "notice.send", "account.tidy"] {
            assert!(model::access::names().any(|(name, _)| name == deed));
        }
        assert!(app::account::tidy(&world.app).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_code_is_good_for_five_minutes_and_five_tries() {
    both(async |world| {
        let send = async |phone: &str| {
            world.stranger().form("/sign-in/code", &[("phone", phone)]).await.is(200);
            let letter = app::notice::mailbox(&world.app).await.unwrap().remove(0).1;
            letter.text.chars().filter(char::is_ascii_digit).take(6).collect::<String>()
        };
        let check = async |phone: &str, code: &str| {
            let fields = [("phone", phone), ("code", code)];
            world.stranger().form("/sign-in/code/check", &fields).await.status.as_u16()
        };
        let code = send("13800138001").await;
        for _ in 0..5 {
            assert_eq!(check("13800138001", "1").await, 422);
        }
        assert_eq!(check("13800138001", &code).await, 422, "the sixth try");
        let code = send("13800138002").await;
        world.at("2026-11-22T00:35:01Z");
        assert_eq!(check("13800138002", &code).await, 422, "after five minutes");
        // ten a day to a number, however slowly
        let mut letters = 0;
        for hour in 0..12 {
            world.at(&format!("2026-11-22T{:02}:40:00Z", hour + 1));
            for minute in ["41", "43"] {
                world.at(&format!("2026-11-22T{:02}:{minute}:00Z", hour + 1));
                let fields = [("phone", "13800138003")];
                let answer = world.stranger().form("/sign-in/code", &fields).await;
                letters += i32::from(answer.status.as_u16() == 200);
            }
        }
        assert_eq!(letters, 10);
    })
    .await;
}

#[tokio::test]
async fn five_hundred_people_behind_one_address_are_never_blocked() {
    let world = World::alone().await;
    for n in 0..500 {
        world.at(&format!("2026-11-22T00:3{}:{:02}Z", n / 60 % 10, n % 60));
        let phone = format!("139{n:08}");
        world.stranger().form("/sign-in/code", &[("phone", &phone)]).await.is(200);
        let letter = app::notice::mailbox(&world.app).await.unwrap().remove(0).1;
        let code: String = letter.text.chars().filter(char::is_ascii_digit).take(6).collect();
        let fields = [("phone", phone.as_str()), ("code", code.as_str())];
        world.stranger().form("/sign-in/code/check", &fields).await.is(303);
    }
}

#[tokio::test]
async fn a_storm_of_codes_is_stopped_by_the_browser_and_in_all() {
    both(async |world| {
        let ask = async |browser: &str, n: usize| {
            let device = format!("device={browser}");
            let phone = format!("137{n:08}");
            let asking = world.stranger().with("cookie", &device);
            asking.form("/sign-in/code", &[("phone", &phone)]).await.status.as_u16()
        };
        let one = app::secret::token();
        for n in 0..60 {
            assert_eq!(ask(&one, n).await, 200, "{n}");
        }
        assert_eq!(ask(&one, 60).await, 422, "a browser's hour is full");
        let other = app::secret::token();
        assert_eq!(ask(&other, 60).await, 200, "and nobody else's");
        // as many as there may be in an hour, however they came
        let most = world.app.settings().account.codes_an_hour;
        let keeper = app::account::door::keeper();
        let sent: app::Result<()> = app::deed!(&world.app, &keeper, "account.code", |w| {
            for n in 61..most {
                let (id, index) = (world.app.id::<()>().uuid(), n.to_string());
                store::account::passcode::add(w, id, (&index, &index), "-").await?;
            }
            Ok(())
        });
        sent.unwrap();
        assert_eq!(ask(&app::secret::token(), 61).await, 422);
        world.at("2026-11-22T01:31:00Z");
        assert_eq!(ask(&app::secret::token(), 61).await, 200, "an hour later");
    })
    .await;
}

#[tokio::test]
async fn staff_set_a_second_factor_up_and_each_six_digits_are_good_once() {
    both(async |world| {
        let network = world.network().await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        let page = world.by(&clerk).get("/account/second").await.is(200).text();
        let secret = page.split("name=\"secret\" value=\"").nth(1).unwrap();
        let secret = secret.split('"').next().unwrap().to_owned();
        let digits = |minute: u64| {
            let totp = totp_rs::Builder::new()
                .with_secret(totp_rs::Secret::try_from_base32(&secret).unwrap())
                .build()
                .unwrap();
            let now = u64::try_from(world.app.now().timestamp()).unwrap();
            totp.generate(now + minute * 60).to_string()
        };
        let set = [("secret", secret.as_str()), ("digits", &digits(0)), ("password", PASSWORD)];
        let codes = world.by(&clerk).form("/account/second", &set).await.is(200).text();
        let recovery =
            codes.split("<li><code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
        let half = sign_in(world, &clerk.login, PASSWORD).await.is(303);
        assert!(half.location().starts_with("/sign-in/next"));
        let half = cookies(&half);
        world.stranger().with("cookie", &half).get("/jobseekers").await.is(403);
        let type_in = async |digits: &str| {
            let asking = world.stranger().with("cookie", &half);
            asking.form("/sign-in/digits", &[("digits", digits)]).await
        };
        type_in(&digits(0)).await.is(422);
        world.at("2026-11-22T00:32:00Z");
        let whole = cookies(&type_in(&digits(0)).await.is(303));
        world.stranger().with("cookie", &whole).get("/jobseekers").await.is(200);
        let again = cookies(&sign_in(world, &clerk.login, PASSWORD).await.is(303));
        let paper = [("digits", recovery.as_str())];
        world.stranger().with("cookie", &again).form("/sign-in/digits", &paper).await.is(303);
        let third = cookies(&sign_in(world, &clerk.login, PASSWORD).await.is(303));
        world.stranger().with("cookie", &third).form("/sign-in/digits", &paper).await.is(422);
    })
    .await;
}

#[tokio::test]
async fn no_form_is_taken_from_another_site_and_every_answer_is_guarded() {
    let world = World::alone().await;
    let network = world.network().await;
    let admin = world.staff(Role::OfficeAdministrator, network.qinzhou).await;
    let id = world.app.id::<()>().to_string();
    for (method, path, row) in web::guard::ROUTES {
        let at = path.replace("{id}", &id);
        if *method == "POST" {
            let crossed = world.by(&admin).with("sec-fetch-site", "cross-site");
            let crossed = crossed.with("origin", "https://evil.example");
            let refused = crossed.with("accept", "application/json").form(&at, &[]).await.is(403);
            // not for want of a right, which would let in whoever has it
            assert_eq!(refused.json()["code"], "error.cross_site", "{path}");
            continue;
        }
        let answer = world.by(&admin).get(&at).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{path}");
        }
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"));
        assert!(answer.header("strict-transport-security").starts_with("max-age="), "{path}");
        // what everybody may read says itself how long it is kept
        let public = *row == "public.read";
        assert!(public || answer.header("cache-control") == "no-store", "{path}");
    }
    world.by(&admin).get("/account").await.is(200);
}
