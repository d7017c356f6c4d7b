//! What the index learns about words from the reference tables.

use model::{reference::Reference, synonym::Synonym};
use search::{Dictionary, Group};

/// Names of places, trades and skills, which a dictionary of everyday Chinese lacks, and the words
/// for the same work.
pub(crate) fn dictionary(reference: &Reference) -> Dictionary {
    let names = places(reference).into_iter().chain(trades(reference)).chain(skills(reference));
    let groups = reference.synonyms.iter().map(group).collect();
    Dictionary { names: names.filter(|name| !name.is_empty()).collect(), groups }
}

/// Down to the counties: of the names of townships there are more than words.
fn places(reference: &Reference) -> Vec<String> {
    let (mut names, mut codes) = (Vec::new(), vec![String::new()]);
    while let Some(code) = codes.pop() {
        for region in reference.places.children(&code).iter().filter(|r| r.level < 4) {
            names.extend(split(&region.aliases));
            names.push(region.name.clone());
            codes.push(region.code.clone());
        }
    }
    names
}

fn trades(reference: &Reference) -> Vec<String> {
    let (mut names, mut codes) = (Vec::new(), vec![String::new()]);
    while let Some(code) = codes.pop() {
        for node in reference.occupations.children(&code) {
            names.extend(split(&node.aliases));
            names.push(node.name.clone());
            codes.push(node.code.clone());
        }
    }
    names
}

fn skills(reference: &Reference) -> Vec<String> {
    let skills = reference.skills.all().iter();
    skills.flat_map(|skill| split(&skill.aliases).chain([skill.name_zh.clone()])).collect()
}

fn group(synonym: &Synonym) -> Group {
    let words = |list: &str| split(list).filter(|word| !word.is_empty()).collect();
    Group {
        words: words(&synonym.words),
        wider: words(&synonym.wider),
        occupation: synonym.occupation.clone(),
    }
}

fn split(list: &str) -> impl Iterator<Item = String> {
    list.split('|').map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn places_trades_and_skills_are_words_and_have_others_beside_them() {
        let folder = tempfile::tempdir().unwrap();
        let db = store::Db::connect(&store::Db::url_in(folder.path())).await.unwrap();
        db.migrate().await.unwrap();
        let at = chrono::DateTime::from_timestamp(1_780_000_000, 0).unwrap();
        store::reference::load(&db, at).await.unwrap();
        let mut r = db.read().await.unwrap();
        let reference = store::reference::read(&mut r, at.date_naive()).await.unwrap();
        let dictionary = dictionary(&reference);
        for name in ["秦州区", "浦东", "焊工", "打荷", "手把焊"] {
            assert!(dictionary.names.iter().any(|known| known == name), "{name}");
        }
        let together = |one: &str, other: &str| {
            let has = |group: &Group, word: &str| group.words.iter().any(|known| known == word);
            dictionary.groups.iter().any(|group| has(group, one) && has(group, other))
        };
        for (one, other) in [
            ("焊工", "焊接工"),
            ("保洁员", "清洁工"),
            ("司机", "驾驶员"),
            ("月嫂", "母婴护理员"),
            ("CNC", "数控"),
            ("保安", "门卫"),
            ("welder", "电焊工"),
            ("外卖员", "网约配送员"),
        ] {
            assert!(together(one, other), "{one} {other}");
        }
        let code = |group: &Group| reference.occupations.find(&group.occupation).is_some();
        assert!(dictionary.groups.iter().all(|g| g.occupation.is_empty() || code(g)));
        println!("{} names, {} groups", dictionary.names.len(), dictionary.groups.len());
    }
}
