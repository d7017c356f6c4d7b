//! A file of vacancies made up from a number, and what is in the database after it, comparable
//! from one database to another.

use std::fmt::Write as _;

use futures_util::StreamExt as _;
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng as _, SeedableRng as _},
};

use super::HEADINGS;
use crate::world::World;

/// So many rows, the same for the same seed: some dirty, some twice, some of one name.
pub(super) fn posts(seed: u64, rows: usize) -> String {
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    let mut pick = |list: &[&'static str]| {
        let n = usize::try_from(dice.next_u32()).unwrap();
        list[n % list.len()]
    };
    let mut text = format!("{HEADINGS}\n");
    for n in 0..rows {
        let firm =
            pick(&["红叶机械厂", "秦安县果品合作社", "清水县商贸公司", "甘谷县建筑公司", ""]);
        let firm =
            if n % 9 == 0 { firm } else { pick(&["渭河物流公司", "麦积餐饮公司"]) };
        let title = pick(&["电焊工", "车工", "保安", "厨师", "会计", "采摘工", "叉车司机"]);
        let place = pick(&["天水市秦州区", "清水县", "甘谷县", "秦安县", "兰州市城关区"]);
        let wage = pick(&["8千-1.2万", "180元/天", "25元/小时", "年薪10-15万", "面议", "9-1元/月"]);
        let education = pick(&["不限", "高中", "大专及以上", "本科"]);
        // every seventh has a number of its own
        let key = if n % 7 == 0 { n.to_string() } else { String::new() };
        writeln!(text, "{key},{firm},{title},2人,{place},{wage},{education},2026-11-01").unwrap();
    }
    text
}

/// Every row of every noun, without ids and times, in an order of its own.
pub(super) async fn summary(world: &World) -> Vec<String> {
    let mut r = world.app.db().read().await.unwrap();
    let tables = store::backup::tables(&mut r).await.unwrap();
    let mut lines = Vec::new();
    for table in &tables {
        let wanted = ["vacancy", "employer", "jobseeker", "event", "event_clock", "intake_batch"];
        if !wanted.contains(&table.name.as_str()) {
            continue;
        }
        let mut rows = store::backup::rows(&mut r, table).unwrap();
        while let Some(row) = rows.next().await {
            let row = row.unwrap();
            let told = table.columns.iter().zip(row).filter(|(column, _)| {
                // what is of this one world: its ids, its clock, its keys
                let own = [
                    "id",
                    "employer_id",
                    "subject",
                    "at",
                    "created_at",
                    "updated_at",
                    "since",
                    "twin",
                    "link",
                    "head",
                ];
                let order = table.name == "event" && column.name == "seq";
                !own.contains(&column.name.as_str()) && !order
            });
            let cells: Vec<_> = told.map(|(c, v)| format!("{}={v}", c.name)).collect();
            lines.push(format!("{} {}", table.name, cells.join(" ")));
        }
    }
    lines.sort();
    lines
}
