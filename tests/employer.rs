//! Stories of employers: they register, show papers, are verified, and write vacancies at their desk.

use model::{Id, access::Role, employer::Employer};
use serde_json::{Value, json};

use crate::world::{
    World, both,
    people::{Member, PASSWORD},
};

const JSON: &str = "application/json";

/// A code whose check character is right.
fn code(n: u32) -> String {
    let body = format!("91620500MA{n:07}");
    let signs = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let mut all = signs.chars().map(|check| format!("{body}{check}"));
    let right = |c: &String| model::employer::credit_code::CreditCode::parse(c).is_ok();
    all.find(right).unwrap()
}

async fn deeds(world: &World, subject: uuid::Uuid) -> Vec<String> {
    let mut r = world.app.db().read().await.unwrap();
    let log = store::event::of_subject(&mut r, subject, 50).await.unwrap();
    log.into_iter().rev().map(|event| event.deed).collect()
}

async fn open(world: &World) -> u64 {
    world.work().await;
    let found = world.stranger().get("/api/v1/vacancies").await.is(200).json();
    found["total"].as_u64().unwrap()
}

/// Registers by the form, signs in, and gives who came out.
async fn registers(world: &World, name: &str, code: &str) -> (Member, Id<Employer>) {
    let login = format!("owner.{}", world.app.id::<()>().uuid().simple());
    let form = [
        ("name", name),
        ("credit_code", code),
        ("place", "天水市秦州区"),
        ("agency", "no"),
        ("person", "王某"),
        ("login", login.as_str()),
        ("password", PASSWORD),
    ];
    let done = world.stranger().form("/employers/new", &form).await.is(303);
    // with digits of chance: nobody learns here which names are taken
    let given = done.location().strip_prefix("/sign-in?login=").unwrap().to_owned();
    let (chosen, chance) = given.rsplit_once('.').unwrap();
    assert!(chosen == login && chance.len() == 4, "{given}");
    assert!(world.stranger().get(done.location()).await.is(200).text().contains(&given));
    let login = given;
    let key = app::secret::token();
    let device = app::account::door::Device { key, kind: "Firefox".into() };
    let entry = app::account::door::sign_in(&world.app, &device, &login, PASSWORD).await.unwrap();
    let cookie = format!("__Host-session={}; device={}", entry.token, device.key);
    let asking = world.stranger().with("cookie", &cookie);
    let desk = asking.get("/api/v1/desk").await.is(200).json();
    let employer: Id<Employer> = desk["employer_id"].as_str().unwrap().parse().unwrap();
    let nil = uuid::Uuid::nil();
    let (account, membership) = (Id::new(nil), Id::new(nil));
    (Member { account, membership, login, cookie }, employer)
}

async fn shows(world: &World, owner: &Member, code: &str, file: &[u8]) -> u16 {
    let fields = [("credit_code", code), ("place", "天水市秦州区"), ("agency", "no")];
    let form = world.by(owner).send_file("/desk/papers", &fields, ("licence", "执照.pdf"), file);
    form.await.status.as_u16()
}

fn text(title: &str) -> Value {
    json!({ "title": title, "duties": "焊接钢结构，按图纸施工", "wage": "6000-8000元/月",
        "place": "天水市秦州区", "headcount": "3", "contact": "0938-8210000" })
}

async fn writes(world: &World, by: &Member, body: &Value, status: u16) -> Value {
    world.by(by).post("/api/v1/vacancies", JSON, body.to_string()).await.is(status).json()
}

#[tokio::test]
async fn an_employer_registers_shows_its_licence_and_is_public_at_once_when_verified() {
    both(async |world| {
        let network = world.network().await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        let other = world.staff(Role::Clerk, network.gangu).await;
        let (owner, id) = registers(world, "陇上机械厂", &code(1)).await;
        // nobody has verified it: a clerk reads it first
        let kept = writes(world, &owner, &text("电焊工"), 201).await;
        assert_eq!(kept["state"], "submitted");
        assert_eq!(open(world).await, 0);
        assert_eq!(shows(world, &owner, &code(1), b"<script>").await, 422);
        assert_eq!(shows(world, &owner, "91620500MA0000000X", b"%PDF-1.7").await, 422);
        assert_eq!(shows(world, &owner, &code(1), b"%PDF-1.7 licence").await, 303);
        let queue = world.by(&clerk).get("/employers").await.is(200).text();
        assert!(queue.contains("陇上机械厂"), "{queue}");
        assert!(!world.by(&other).get("/employers").await.is(200).text().contains("陇上机械厂"));
        let page = format!("/employers/{id}/verification");
        world.by(&other).get(&page).await.is(404);
        let shown = world.by(&clerk).get(&page).await.is(200).text();
        let file = shown.split('"').find(|part| part.contains("/papers/")).unwrap();
        let fetched = world.by(&clerk).get(file).await.is(200);
        assert!(fetched.header("content-disposition").starts_with("attachment"));
        world.by(&other).get(file).await.is(404);
        world.stranger().get(file).await.is(403);
        let said = [("valid_to", "2027-11-22")];
        world.by(&clerk).form(&format!("{page}/verify"), &said).await.is(303);
        assert_eq!(open(world).await, 1, "what waited only for this is public");
        let public = world.stranger().get(&format!("/employers/{id}?lang=en")).await.is(200).text();
        assert!(public.contains("Verified by the office"), "{public}");
        let kept = writes(world, &owner, &text("车工"), 201).await;
        assert_eq!(kept["state"], "published");
        let told = [
            "employer.register",
            "employer.attach",
            "employer.attach",
            "employer.apply",
            "employer.verify",
        ];
        let did = deeds(world, id.uuid()).await;
        assert!(told.iter().all(|deed| did.contains(&(*deed).to_owned())), "{did:?}");
        // suspended, nothing of it is public
        let said = [("reason", "地址查无此单位")];
        world.by(&clerk).form(&format!("{page}/suspend"), &said).await.is(303);
        assert_eq!(open(world).await, 0);
        let desk = world.by(&owner).get("/desk").await.is(200).text();
        assert!(desk.contains("地址查无此单位"), "{desk}");
        assert!(deeds(world, id.uuid()).await.contains(&"employer.suspend".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn whoever_takes_the_name_of_another_gets_nothing_of_it() {
    both(async |world| {
        let network = world.network().await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        let (known, post) = world.firm("陇原机械厂", "620502").await;
        let (owner, id) = registers(world, "陇原机械厂", &code(2)).await;
        assert_ne!(known, id);
        world.by(&owner).get(&format!("/vacancies/{post}/manage")).await.is(404);
        let kept = writes(world, &owner, &text("电焊工"), 201).await;
        assert_eq!(shows(world, &owner, &code(2), b"\xFF\xD8\xFF\xE0").await, 303);
        let page = format!("/employers/{id}/verification");
        world.by(&clerk).form(&format!("{page}/refuse"), &[("reason", "")]).await.is(422);
        world.by(&clerk).form(&format!("{page}/refuse"), &[("reason", "执照不符")]).await.is(303);
        assert_eq!(writes(world, &owner, &text("钳工"), 201).await["state"], "submitted");
        assert!(deeds(world, id.uuid()).await.contains(&"employer.refuse".to_owned()));
        // it shows the right one, and the clerk says that both are the same
        assert_eq!(shows(world, &owner, &code(2), b"\x89PNG\r\n\x1a\n").await, 303);
        let same = known.to_string();
        let said = [("valid_to", "2027-01-01"), ("same", same.as_str())];
        let done = world.by(&clerk).form(&format!("{page}/verify"), &said).await.is(303);
        assert_eq!(done.location(), format!("/employers/{known}/verification"));
        world.by(&owner).get(&format!("/vacancies/{post}/manage")).await.is(200);
        let id = kept["id"].as_str().unwrap();
        world.stranger().get(&format!("/vacancies/{id}")).await.is(200);
    })
    .await;
}

#[tokio::test]
async fn a_vacancy_is_written_changed_and_looked_at_again_when_it_matters() {
    both(async |world| {
        let (employer, _) = world.firm("陇原机械厂", "620502").await;
        verified(world, employer).await;
        let poster = world.firms(Role::Poster, employer).await;
        // a draft is nobody's business
        let mut body = text("电焊工");
        body["act"] = json!("draft");
        let kept = writes(world, &poster, &body, 201).await;
        let id = kept["id"].as_str().unwrap().to_owned();
        assert_eq!(kept["state"], "draft");
        world.stranger().get(&format!("/vacancies/{id}")).await.is(404);
        let path = format!("/api/v1/vacancies/{id}/text");
        let mut known = world.by(&poster).get(&path).await.is(200).json();
        assert_eq!((&known["wage"], &known["headcount"]), (&json!("6000-8000元/月"), &json!("3")));
        known["act"] = json!("send");
        let sent = world.by(&poster).post(&path, JSON, known.to_string()).await.is(200).json();
        assert_eq!(sent["state"], "published");
        // an old version does not overwrite a newer one
        world.by(&poster).post(&path, JSON, known.to_string()).await.is(409);
        // what a clerk must see waits; a clerk lets it through; a higher wage needs no second look
        known["version"] = Value::Null;
        known["duties"] = json!("焊接钢结构，限男性");
        let held = world.by(&poster).post(&path, JSON, known.to_string()).await.is(200).json();
        assert_eq!(held["state"], "submitted");
        let said = json!({ "decision": "release", "reason": "井下作业" }).to_string();
        let network = world.network().await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        world.by(&clerk).post(&format!("/api/v1/held/{id}"), JSON, said).await.is(200);
        known["wage"] = json!("7000-8000元/月");
        let same = world.by(&poster).post(&path, JSON, known.to_string()).await.is(200).json();
        assert_eq!(same["state"], "published");
        known["place"] = json!("天水市麦积区");
        let moved = world.by(&poster).post(&path, JSON, known.to_string()).await.is(200).json();
        assert_eq!(moved["state"], "submitted", "it matters where it is");
        // what the law refuses is not kept in a vacancy that waits
        known["duties"] = json!("入职交押金500元");
        world.by(&poster).post(&path, JSON, known.to_string()).await.is(422);
        let deeds = deeds(world, id.parse().unwrap()).await;
        assert_eq!((deeds[0].as_str(), deeds[1].as_str()), ("vacancy.write", "vacancy.change"));
    })
    .await;
}

/// As if a clerk had verified it.
async fn verified(world: &World, employer: Id<Employer>) {
    let decision = app::employer::Decision {
        valid_to: "2027-12-31".parse().ok(),
        ..app::employer::Decision::default()
    };
    let office = model::access::Actor::office("test");
    app::employer::verify(&world.app, &office, employer, &decision).await.unwrap();
}

#[tokio::test]
async fn the_form_works_without_script_and_marks_what_the_law_does_not_allow() {
    both(async |world| {
        let (employer, _) = world.firm("陇原机械厂", "620502").await;
        verified(world, employer).await;
        let poster = world.firms(Role::Poster, employer).await;
        world.by(&poster).get("/vacancies/new").await.is(200);
        let form = [
            ("title", "仓库管理员"),
            ("duties", "收发货，入职交押金500元"),
            ("wage", "四千到五千"),
            ("place", "天水市秦州区"),
            ("benefits", "board"),
            ("benefits", "lodging"),
            ("headcount", "2"),
        ];
        let looked = world.by(&poster).form("/vacancies/new", &form).await.is(200).text();
        assert!(looked.contains("data-strength=\"refuse\""), "{looked}");
        let sending = [&form[..], &[("act", "send")]].concat();
        let kept = world.by(&poster).form("/vacancies?lang=en", &sending).await.is(422).text();
        assert!(kept.contains("kept as a draft") && kept.contains("交押金500元"), "{kept}");
        assert_eq!(open(world).await, 1, "only what the firm had");
        let mut good = sending.clone();
        good[1].1 = "收发货，看管仓库";
        let done = world.by(&poster).form("/vacancies", &good).await.is(303);
        let page = world.by(&poster).get(done.location()).await.is(200).text();
        assert!(page.contains("招聘中"), "{page}");
        assert_eq!(open(world).await, 2);
        // like another
        let id = done.location().split('/').nth(2).unwrap().to_owned();
        let like = world.by(&poster).get(&format!("/vacancies/new?from={id}")).await.is(200).text();
        assert!(like.contains("仓库管理员") && like.contains("四千到五千"), "{like}");
        let missing = world.by(&poster).form("/vacancies", &[("act", "send")]).await.is(422).text();
        assert!(missing.contains("没有写岗位名称"), "{missing}");
    })
    .await;
}

#[tokio::test]
async fn many_come_at_once_and_a_workbook_goes_out_without_formulas() {
    both(async |world| {
        let (employer, _) = world.firm("陇原机械厂", "620502").await;
        verified(world, employer).await;
        let owner = world.firms(Role::Owner, employer).await;
        let items = [text("电焊工"), json!({ "title": "" }), text("=HYPERLINK(\"http://x\")")];
        let body = json!({ "items": items }).to_string();
        let all = world.by(&owner).post("/api/v1/vacancies/bulk", JSON, body).await.is(200).json();
        assert_eq!(all["items"][0]["kept"]["state"], "published");
        assert_eq!(all["items"][1]["code"], "vacancy.title_missing");
        assert!(all["items"][2]["kept"]["id"].is_string(), "{all}");
        let desk = world.by(&owner).get("/api/v1/desk").await.is(200).json();
        assert_eq!((desk["items"].as_array().unwrap().len(), &desk["verified"]), (3, &json!(true)));
        let book = world.by(&owner).get("/desk/vacancies.xlsx").await.is(200);
        assert!(book.header("content-disposition").contains("attachment"));
        assert!(book.body.starts_with(b"PK"));
        let elsewhere = json!({ "title": "电焊工", "employer": "另一家" });
        let kept = writes(world, &owner, &elsewhere, 201).await;
        let id: Id<model::vacancy::Vacancy> = kept["id"].as_str().unwrap().parse().unwrap();
        let mut r = world.app.db().read().await.unwrap();
        let scope = model::access::Actor::program("test").scope();
        let vacancy = store::vacancy::find(&mut r, &scope, id).await.unwrap();
        assert_eq!(vacancy.employer, employer, "nobody writes for another");
    })
    .await;
}

#[tokio::test]
async fn an_agency_names_who_takes_people_on_and_needs_its_licence() {
    both(async |world| {
        let network = world.network().await;
        let clerk = world.staff(Role::Clerk, network.qinzhou).await;
        let (owner, id) = registers(world, "陇上人力资源公司", &code(3)).await;
        let code = code(3);
        let fields = [
            ("credit_code", code.as_str()),
            ("place", "天水市秦州区"),
            ("agency", "yes"),
            ("agency_number", "620500001"),
            ("agency_issuer", "天水市人社局"),
            ("agency_until", "2026-12-31"),
        ];
        let file = ("licence", "a.pdf");
        world.by(&owner).send_file("/desk/papers", &fields, file, b"%PDF-1.7").await.is(303);
        let said = [("valid_to", "2027-11-22")];
        let page = format!("/employers/{id}/verification/verify");
        world.by(&clerk).form(&page, &said).await.is(303);
        let unnamed = writes(world, &owner, &text("普工"), 201).await;
        let rules: Vec<_> =
            unnamed["findings"].as_array().unwrap().iter().map(|f| f["rule"].clone()).collect();
        assert!(rules.contains(&json!("end_employer")), "{unnamed}");
        assert_eq!(unnamed["state"], "submitted");
        let mut named = text("普工");
        named["end_employer"] = json!("天水某电子厂");
        assert_eq!(writes(world, &owner, &named, 201).await["state"], "published");
        // what an office brings in for it is asked the same
        let file = world.folder.path().join("agency.csv");
        let firm = format!("陇上人力资源公司,{code}");
        let rows = format!(
            "单位名称,统一社会信用代码,岗位名称,招聘人数,工作地点,月薪/工资待遇,学历要求,实际用工单位\n\
             {firm},包装工,5,天水市秦州区,4000-5000元/月,不限,\n\
             {firm},分拣工,5,天水市秦州区,4000-5000元/月,不限,天水某物流公司\n"
        );
        std::fs::write(&file, rows).unwrap();
        let noun = model::intake::Noun::Vacancies;
        let given = app::intake::Given { noun, name: "agency.csv", path: &file };
        let office = model::access::Actor::office("test");
        let choice = app::intake::Choice::Recognise;
        let done = app::intake::import(&world.app, &office, given, &choice, &|_| ()).await;
        assert_eq!(done.unwrap().counts.accepted, 2);
        let held = world.office().get("/api/v1/held").await;
        let held = if held.status == 200 { held } else { world.by(&clerk).get("/api/v1/held").await };
        let held = held.is(200).text();
        assert!(held.contains("包装工") && !held.contains("分拣工"), "{held}");
        world.at("2027-01-02T00:00:00Z");
        let again = world.firms(Role::Owner, id).await;
        let late = writes(world, &again, &named, 201).await;
        assert_eq!(late["state"], "submitted", "its licence is over");
    })
    .await;
}
