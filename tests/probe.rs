//! Probes as an attacker would make them: a script in every field, addresses that lead elsewhere,
//! fields that nobody asked for; then every page is looked at by everybody.

mod attack;
mod form;
pub(crate) mod json;
mod markup;
mod mass;
pub(crate) mod walk;

use app::account::Seat;
use attack::Tried;
use model::{access::Role, intake::Noun};
use serde_json::json;
use walk::Walk;

use crate::{
    application::{applied, cast, moved, wanted},
    matching::import,
    world::{World, both, people::Member},
};

const POSTS: &str = "\
岗位编号,单位名称,岗位名称,招聘人数,工作地点,月薪/工资待遇,岗位职责,联系人,福利待遇,技能要求
1,甲jqx1<jqx>厂,\"电焊工jqx2\"\"><jqx onjqx=1>\",2,秦州区,6000-8000元/月,jqx3</script><jqx>,jqx4<jqx>,包吃、jqx5<jqx>,jqx6<jqx>
2,乙jqx7厂,保安,2,秦州区,4000-5000元/月,\"限男性jqx8'\"\"><jqx onjqx=1>\",,,
3,丙厂,\"javascript:jqx9()\",二,jqx10<jqx>,面议,,,,
";

const PEOPLE: &str = "\
姓名,身份证号,联系电话,户籍/现居住地,文化程度,求职工种,期望工资,期望地区,工作年限,技能/证书,工作经历
测jqx11<jqx>,,15400000001,秦州区,初中,电焊工,4000,秦州区,3年,jqx12<jqx>,jqx13</textarea><jqx>
";

/// Everybody who can sign in, and the public; with something of everything there is.
pub(crate) async fn people(world: &World) -> Vec<(Role, Option<Member>)> {
    let all = cast(world).await;
    wanted(world, all.vacancy, 9).await;
    import(world, Noun::Vacancies, "posts.csv", POSTS).await;
    import(world, Noun::Jobseekers, "people.csv", PEOPLE).await;
    world.work().await;
    let mine = applied(world, &all.person, all.vacancy).await;
    let invite = json!({ "act": "invite", "meets_at": "2026-11-25T09:30",
        "meets_where": "jqx14<jqx>", "note": "jqx15<jqx>" });
    moved(world, &all.recruiter, &mine, invite).await;
    let other = world.registered_in("620502100").await;
    let hired = world.jobseeker(other).await;
    let id = applied(world, &hired, all.vacancy).await;
    moved(world, &all.recruiter, &id, json!({ "act": "hire" })).await.is(200);
    let mut people = vec![(Role::Public, None)];
    for role in [
        Role::OfficeAdministrator,
        Role::Manager,
        Role::Caseworker,
        Role::Inspector,
        Role::FairOrganiser,
        Role::ExportCoordinator,
    ] {
        people.push((role, Some(world.staff(role, all.network.qinzhou).await)));
    }
    for role in [Role::Poster, Role::Owner] {
        people.push((role, Some(world.firms(role, all.employer).await)));
    }
    let top = world.member(Role::SystemAdministrator, Seat::default()).await;
    let newcomer = world.member(Role::Jobseeker, Seat::default()).await;
    people.extend([
        (Role::Clerk, Some(all.clerk)),
        (Role::Recruiter, Some(all.recruiter)),
        (Role::Jobseeker, Some(all.person)),
        (Role::Jobseeker, Some(newcomer)),
        (Role::SystemAdministrator, Some(top)),
    ]);
    people
}

#[tokio::test]
async fn what_is_typed_into_any_field_is_text_on_every_page() {
    let world = World::alone().await;
    let began = std::time::Instant::now();
    let mut walk = Walk::new(&world, people(&world).await);
    let mut tried: Vec<Tried> = vec![];
    for round in 0..2 {
        for who in 0..walk.people.len() {
            walk.look(who, 2).await;
        }
        walk.attack(&mut tried).await;
        if round == 0 {
            walk.attack_operations(&mut tried).await;
        }
        world.work().await;
    }
    for who in 0..walk.people.len() {
        walk.look(who, 2).await;
    }
    let clerk = walk.people.iter().position(|(role, _)| *role == Role::Clerk).unwrap();
    walk.attack_addresses(clerk).await;
    walk.attack_addresses(0).await;
    println!("{:?}", began.elapsed());
    let (kept, shown) = told(&walk, &tried);
    assert!(kept > 40 && shown > 40, "the walk hardly gets anywhere");
    assert!(walk.faults.is_empty(), "{} faults\n{}", walk.faults.len(), walk.faults.join("\n"));
}

/// PostgreSQL keeps no text that holds a NUL: what is typed with one is kept without it, on both.
#[tokio::test]
async fn a_sign_that_ends_texts_is_left_out_of_what_is_kept() {
    both(async |world| {
        let all = cast(world).await;
        world.work().await;
        let manager = world.staff(Role::OfficeAdministrator, all.network.qinzhou).await;
        let rename = format!("/organisations/{}/rename", all.network.township);
        let named = [("name", "玉泉\0镇事务所"), ("regions", "620502100")];
        world.by(&manager).form(&rename, &named).await.is(303);
        let page = world.by(&manager).get("/organisations").await.is(200).text();
        assert!(page.contains("玉泉镇事务所") && !page.contains('\0'), "{page}");
        let mine = applied(world, &all.person, all.vacancy).await;
        let invite = json!({ "act": "invite", "meets_at": "2026-11-25T09:30",
            "meets_where": "二\0楼", "note": "带\0证" });
        moved(world, &all.recruiter, &mine, invite).await.is(200);
        let query = [("query", "q=\0焊工"), ("name", "焊\0工")];
        world.by(&all.person).form("/me/subscriptions", &query).await.is(303);
        let titled = json!({ "title": "电\0焊工", "place": "秦州区", "wage": "5000元/月" });
        let owner = world.firms(Role::Owner, all.employer).await;
        let path = "/api/v1/vacancies";
        world.by(&owner).post(path, "application/json", titled.to_string()).await.is(201);
        let named = world.by(&all.clerk).form("/counter", &[]).await.status;
        assert_eq!(named.as_u16(), 405);
        world.by(&all.clerk).get("/counter?q=%00甲").await.is(200);
        world.stranger().get("/vacancies?q=%00焊工").await.is(200);
        world.stranger().form("/sign-in", &[("login", "a\0b"), ("password", "\0")]).await.is(422);
    })
    .await;
}

/// What was tried and where it came out again.
fn told(walk: &Walk<'_>, tried: &[Tried]) -> (usize, usize) {
    for one in tried {
        let fields: Vec<String> = one
            .fields
            .iter()
            .map(|(name, number)| {
                let sign = if walk.shown.contains(number) { "+" } else { "-" };
                format!("{sign}{name}")
            })
            .collect();
        println!("{} {} {}", one.status, one.what, fields.join(" "));
    }
    let kept = tried.iter().filter(|one| (200..400).contains(&one.status)).count();
    println!(
        "{} pages of {} sorts, {} posts to {} forms and operations ({kept} took them), {} texts shown again",
        walk.pages,
        walk.templates.len(),
        walk.posts,
        tried.len(),
        walk.shown.len()
    );
    (kept, walk.shown.len())
}
