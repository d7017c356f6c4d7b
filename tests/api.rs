//! The interface for programs: its document, its refusals, and what it answers to hostile questions.

use crate::world::{World, both};

const NOBODY: &str = "01990000-0000-7000-8000-000000000000";

/// Every path of the document that can be asked for as it is.
fn listed(document: &serde_json::Value) -> Vec<String> {
    let paths = document["paths"].as_object().unwrap();
    let plain = paths.iter().filter(|(path, item)| !path.contains('{') && item["get"].is_object());
    plain.map(|(path, _)| path.clone()).collect()
}

/// A refusal that says everything a program needs.
async fn problem(world: &World, path: &str, status: u16, code: &str) -> serde_json::Value {
    let answer = world.stranger().get(path).await.is(status);
    assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
    let problem = answer.json();
    assert_eq!(problem["code"], code, "{path}");
    assert_eq!(problem["type"], format!("/problems/{code}"), "{path}");
    assert_eq!(problem["status"], status, "{path}");
    for field in ["title", "detail", "instance", "request"] {
        let said = problem[field].as_str().unwrap_or_default();
        assert!(!said.is_empty() && !said.contains("{$"), "{path}: {field} is “{said}”");
    }
    problem
}

#[tokio::test]
async fn every_route_of_the_document_answers_as_described() {
    both(async |world| {
        app::event::catch_up(&world.app).await.unwrap();
        let document = world.stranger().get("/api/v1/openapi.json").await.is(200).json();
        assert_eq!(document["openapi"], "3.1.0");
        for path in listed(&document) {
            // what is an employer's or a person's own is nobody else's
            let own = ["desk", "invitations", "me", "me/ways", "subscriptions"];
            if own.iter().any(|name| path == format!("/api/v1/{name}")) {
                world.office().get(&path).await.is(403);
                continue;
            }
            let answer = world.office().get(&path).await.is(200);
            let reference = &document["paths"][&path]["get"]["responses"]["200"];
            let shape =
                reference["content"]["application/json"]["schema"]["$ref"].as_str().unwrap();
            let shape = document.pointer(shape.trim_start_matches('#')).unwrap();
            let body = answer.json();
            for needed in shape["required"].as_array().unwrap() {
                assert!(body.get(needed.as_str().unwrap()).is_some(), "{path} lacks {needed}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn no_operation_passes_over_what_it_does_not_know() {
    let world = World::alone().await;
    let document = world.stranger().get("/api/v1/openapi.json").await.is(200).json();
    let (mut refused, mut others) = (0, 0);
    for (path, item) in document["paths"].as_object().unwrap() {
        let at = path.replace("{id}", NOBODY).replace("{interview}", NOBODY);
        for (method, operation) in item.as_object().unwrap() {
            let named = operation["parameters"].as_array().unwrap().iter();
            let named: Vec<_> = named.filter(|one| one["in"] == "query").collect();
            let asked = format!("{at}?colour=red");
            let answer = match method.as_str() {
                "get" => world.office().get(&asked).await,
                _ => world.office().post(&asked, "application/json", "{}").await,
            };
            // what is an employer's or a person's own is not asked for by an office
            if answer.status == 403 {
                others += 1;
                continue;
            }
            let problem = answer.is(400).json();
            assert_eq!(problem["code"], "search.parameter_unknown", "{method} {path}");
            let remedy = problem["remedy"].as_str().unwrap();
            for one in named {
                let name = one["name"].as_str().unwrap();
                assert!(remedy.contains(name), "{method} {path}: {remedy} without {name}");
            }
            refused += 1;
        }
    }
    assert!(refused > 40 && others < 25, "{refused} refused, {others} not allowed");
}

#[tokio::test]
async fn the_document_is_worded_in_both_languages() {
    both(async |world| {
        for (lang, word) in [("zh", "岗位"), ("en", "vacancies")] {
            let path = format!("/api/v1/openapi.json?lang={lang}");
            let text = world.stranger().get(&path).await.is(200).text();
            let unsaid =
                text.split("\"api.").nth(1).map(|rest| rest.chars().take(30).collect::<String>());
            assert!(text.contains(word) && unsaid.is_none(), "{lang}: {unsaid:?}");
            let page = world.stranger().get(&format!("/api?lang={lang}")).await.is(200).text();
            assert!(page.contains("/api/v1/vacancies") && !page.contains(">api."), "{lang}");
        }
        let english: serde_json::Value = serde_json::from_str(&web::api::openapi()).unwrap();
        assert_eq!(english["info"]["title"], "Data interface");
    })
    .await;
}

#[tokio::test]
async fn a_question_that_cannot_be_meant_is_refused_with_what_could_be() {
    both(async |world| {
        let refused = async |query: &str, status, code| {
            problem(world, &format!("/api/v1/vacancies?{query}"), status, code).await
        };
        let sort = refused("sort=best", 400, "search.sort_unknown").await;
        assert_eq!(sort["valid"], serde_json::json!(["fit", "new", "wage", "distance"]));
        assert_eq!(sort["field"], "sort");
        let name = refused("colour=red", 400, "search.parameter_unknown").await;
        assert!(name["valid"].as_array().unwrap().iter().any(|n| n == "wage_min"));
        let region = refused("region=629999", 422, "search.region_unknown").await;
        assert!(region["valid"][0].as_str().unwrap().starts_with("62"));
        refused("occupation=9-99", 422, "search.occupation_unknown").await;
        refused("education=phd", 400, "education.unknown").await;
        refused("contract=slavery", 400, "vacancy.form_unknown").await;
        problem(world, "/api/v1/regions?parent=1", 400, "search.region_unknown").await;
        problem(world, "/api/v1/occupations?parent=x", 400, "search.occupation_unknown").await;
    })
    .await;
}

#[tokio::test]
async fn a_list_takes_no_word_that_it_does_not_know() {
    both(async |world| {
        let document = world.stranger().get("/api/v1/openapi.json").await.is(200).json();
        for path in listed(&document) {
            let answer = world.office().get(&format!("{path}?lang=klingon")).await;
            let refused = [400, 403].contains(&answer.status.as_u16());
            assert!(refused, "{path} answers {} in a language that is none", answer.status);
        }
        problem(world, "/api/v1/regions?lang=null&lang=null", 400, "api.lang_unknown").await;
        for (list, odd) in [
            ("applications", "state=gone"),
            ("held", "state=gone"),
            ("held", "state=published"),
            ("held", "after=next"),
            ("placements", "which=gone"),
            ("matching/unmatched", "region=null"),
            ("matching/unmatched", "binding=null"),
        ] {
            world.office().get(&format!("/api/v1/{list}?{odd}")).await.is(400);
        }
        let known = document["paths"]["/api/v1/matching/unmatched"]["get"]["parameters"].clone();
        let known = known.as_array().unwrap().iter().find(|p| p["name"] == "binding").unwrap();
        for binding in known["schema"]["enum"].as_array().unwrap() {
            let path = format!("/api/v1/matching/unmatched?binding={}", binding.as_str().unwrap());
            world.office().get(&path).await.is(200);
        }
        // a page for people is shown all the same, in theirs
        world.stranger().get("/?lang=klingon").await.is(200);
    })
    .await;
}

#[tokio::test]
async fn every_operation_says_whether_one_must_sign_in() {
    both(async |world| {
        let document = world.stranger().get("/api/v1/openapi.json").await.is(200).json();
        let schemes = document["components"]["securitySchemes"].as_object().unwrap();
        for path in listed(&document) {
            let said = &document["paths"][&path]["get"]["security"];
            let answer = world.stranger().get(&path).await;
            assert_eq!(said.is_array(), answer.status == 401, "{path}");
            for way in said.as_array().into_iter().flatten() {
                assert!(way.as_object().unwrap().keys().all(|name| schemes.contains_key(name)));
            }
        }
    })
    .await;
}

#[tokio::test]
async fn hostile_questions_are_refused_and_never_a_fault() {
    both(async |world| {
        app::event::catch_up(&world.app).await.unwrap();
        let queries = [
            format!("q={}", "x".repeat(60_000)),
            format!("q={}", "%E5%B7%A5".repeat(2_000)),
            "limit=99999999999999999999".into(),
            "limit=-1".into(),
            "limit=0".into(),
            "cursor=%00%ff%fe".into(),
            "cursor=AAAA".into(),
            "near=nan,nan".into(),
            "near=1e999,0".into(),
            "within_km=1e308&near=0,0".into(),
            "posted_since=99999999999999".into(),
            "experience=1e300".into(),
            "wage_min=-0.001".into(),
            "region=%00".into(),
            "=".into(),
            "q[]=x".into(),
        ];
        for query in queries {
            let answer = world.stranger().get(&format!("/api/v1/vacancies?{query}")).await;
            let start: String = query.chars().take(40).collect();
            assert!(answer.status.is_client_error(), "{start}: {}", answer.status);
            assert_eq!(answer.header("content-type"), "application/problem+json", "{start}");
        }
        for harmless in ["q=%F0%9F%98%80", "q=%00", "q=%zz%", "q='%22;--", "q=%E5", "&&&"] {
            let answer = world.stranger().get(&format!("/api/v1/vacancies?{harmless}")).await;
            assert!(!answer.status.is_server_error(), "{harmless}: {}", answer.status);
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_not_there_says_so_as_a_problem_or_as_a_page() {
    both(async |world| {
        let nobody = "00000000-0000-7000-8000-000000000000";
        problem(world, &format!("/api/v1/vacancies/{nobody}"), 404, "error.absent").await;
        problem(world, &format!("/api/v1/employers/{nobody}"), 404, "error.absent").await;
        problem(world, "/api/v1/vacancies/7", 400, "error.malformed").await;
        problem(world, "/api/v1/nothing", 404, "error.absent").await;
        let page = world.stranger().get("/nothing").await.is(404);
        assert!(page.header("content-type").starts_with("text/html"));
        let asked = world.stranger().with("accept", "application/json").get("/nothing").await;
        assert_eq!(asked.is(404).json()["code"], "error.absent");
        let wrong = world.stranger().post("/api/v1/regions", "text/plain", "x").await.is(405);
        assert_eq!(wrong.json()["code"], "error.method");
        assert!(wrong.header("allow").contains("GET"));
        world.stranger().get("/problems/search.sort_unknown").await.is(200);
        world.stranger().get("/problems/error.absent").await.is(200);
        world.stranger().get("/problems/nonsense").await.is(404);
    })
    .await;
}

#[tokio::test]
async fn a_form_of_another_site_does_nothing_here() {
    both(async |world| {
        let crossed = world.office().with("origin", "https://evil.example");
        let crossed = crossed.with("sec-fetch-site", "cross-site");
        let answer = crossed.post("/api/v1/regions", "text/plain", "x").await.is(403);
        assert_eq!(answer.json()["code"], "error.cross_site");
    })
    .await;
}

#[tokio::test]
async fn the_trees_are_read_from_the_top_down() {
    both(async |world| {
        let items = async |path: &str| {
            world.stranger().get(path).await.is(200).json()["items"].as_array().unwrap().clone()
        };
        let provinces = items("/api/v1/regions").await;
        assert!(provinces.iter().any(|p| p["code"] == "620000" && p["name"] == "甘肃省"));
        let counties = items("/api/v1/regions?parent=620500").await;
        assert!(counties.iter().any(|c| c["name"] == "秦州区" && c["parent"] == "620500"));
        assert_eq!(items("/api/v1/occupations").await.len(), 8);
        let groups = items("/api/v1/occupations?parent=6-18").await;
        assert!(groups.iter().all(|g| g["code"].as_str().unwrap().starts_with("6-18-")));
    })
    .await;
}

/// Whoever writes a program against it knows every refusal beforehand.
#[test]
fn every_operation_names_the_refusals_of_the_table_of_roles() {
    let document: serde_json::Value = serde_json::from_str(&web::api::openapi()).unwrap();
    let public = model::access::Actor::public();
    for (method, path, row) in web::guard::ROUTES {
        let answers = &document["paths"][*path][method.to_lowercase()]["responses"];
        if answers.is_null() {
            continue;
        }
        let closed = public.may(row).is_err() || *method == "POST";
        assert!(answers["401"].is_object(), "{method} {path}: a token that is none");
        assert_eq!(answers["403"].is_object(), closed, "{method} {path}");
        assert!(answers["404"].is_object() || !path.contains('{'), "{method} {path}");
    }
}

/// A field that a form or a body does not know is refused, not taken along: nobody sets what is not theirs.
#[test]
fn no_form_and_no_body_takes_a_field_that_it_does_not_know() {
    let sources = sources();
    let ident =
        |text: &str| -> String { text.chars().take_while(|c| c.is_alphanumeric()).collect() };
    let (mut seen, mut open) = (0, vec![]);
    for (path, source) in &sources {
        let sent = [": Form<", ": Json<"].into_iter().flat_map(|sign| source.split(sign).skip(1));
        for name in sent.map(ident) {
            let declared = |source: &&String| {
                let (before, _) = source.split_once(&format!("struct {name} "))?;
                Some(before.rsplit_once("\n\n").map_or(before, |(_, own)| own).to_owned())
            };
            let other = sources.iter().map(|(_, source)| source);
            let Some(head) = std::iter::once(source).chain(other).find_map(|s| declared(&s)) else {
                continue;
            };
            seen += 1;
            if head.contains("Deserialize") && !head.contains("deny_unknown_fields") {
                open.push(format!("{path}: {name}"));
            }
        }
    }
    println!("{seen} forms and bodies");
    assert!(seen > 20 && open.is_empty(), "{open:?}");
}

/// Every source of the pages, with its path.
fn sources() -> Vec<(String, String)> {
    let mut folders =
        vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/web/src"))];
    let mut all = vec![];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else {
                let source = std::fs::read_to_string(entry.path()).unwrap();
                all.push((entry.path().display().to_string(), source));
            }
        }
    }
    all
}

/// Two shapes of one name are one in the document, and one of them is then described wrongly.
#[test]
fn every_shape_of_the_document_has_a_name_of_its_own() {
    let mut names = std::collections::BTreeMap::<String, usize>::new();
    for (_, source) in sources() {
        for shape in source.split("ToSchema").skip(1) {
            let Some((before, after)) = shape.split_once("struct ") else { continue };
            // another item begins between: this was no derive
            if before.contains("fn ") || before.contains("use ") {
                continue;
            }
            let own = after.split(|c: char| !c.is_alphanumeric()).next().unwrap();
            let renamed = before.split_once("schema(as = ");
            let name = renamed.map_or(own, |(_, rest)| rest.split(')').next().unwrap());
            *names.entry(name.to_owned()).or_default() += 1;
        }
    }
    let twice: Vec<_> = names.iter().filter(|(_, count)| **count > 1).collect();
    assert!(names.len() > 20 && twice.is_empty(), "give one `#[schema(as = …)]`: {twice:?}");
}
