//! An index that is damaged answers, or says that it is being rebuilt; it never takes the process
//! with it, and rebuilding mends it.

use super::*;

/// The files of the index, deepest first.
fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap().filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.file_name().is_none_or(|name| name != "lock") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn harm(path: &Path, how: usize, dice: &mut Dice) {
    let mut bytes = fs::read(path).unwrap();
    match how {
        0 => fs::remove_file(path).unwrap(),
        1 => {
            bytes.truncate(dice.below(bytes.len().max(1)));
            fs::write(path, bytes).unwrap();
        }
        _ => {
            for _ in 0..=dice.below(40) {
                let at = dice.below(bytes.len().max(1));
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << dice.below(8);
                }
            }
            fs::write(path, bytes).unwrap();
        }
    }
}

#[test]
fn damaged_files_are_noticed_and_mended() {
    let rows = vacancies(200);
    let expected = rows.iter().filter(|row| row.is_open(today())).count() as u64;
    let dice = &mut Dice(20_241_102);
    for round in 0..24 {
        let (dir, first) = index(&rows);
        first.apply(&[], &[rows[0].id], mark(8)).unwrap();
        first.apply(&[entry(&rows[0])], &[], mark(9)).unwrap();
        drop(first);
        let files = files(dir.path());
        harm(&files[dice.below(files.len())], round % 3, dice);
        let index = Index::open(dir.path(), vec!["叉车工".into()]).unwrap();
        for words in ["", "电工", "工程师 会计 保洁员"] {
            let answer = index.find(&asking(words), today());
            assert!(matches!(answer, Ok(_) | Err(Error::Rebuilding)), "{round}: {answer:?}");
        }
        if index.mark().is_none() {
            assert!(matches!(index.find(&asking(""), today()), Err(Error::Rebuilding)));
            fill(&index, &rows);
        }
        assert_eq!(index.find(&asking(""), today()).unwrap().total, expected, "{round}");
    }
}

#[test]
fn a_running_index_does_not_need_its_files_to_answer() {
    let rows = vacancies(200);
    let dice = &mut Dice(7);
    for round in 0..12 {
        let (dir, index) = index(&rows);
        index.apply(&[entry(&rows[1])], &[rows[0].id], mark(8)).unwrap();
        let before = index.find(&asking("工程师"), today()).unwrap();
        let files = files(dir.path());
        for _ in 0..3 {
            let file = &files[dice.below(files.len())];
            if file.exists() {
                harm(file, round % 3, dice);
            }
        }
        assert!(matches!(
            index.find(&asking("工程师"), today()),
            Ok(found) if found == before
        ));
        // the next change may notice; then it is made anew
        drop(index.apply(&[entry(&rows[0])], &[], mark(9)));
        if index.mark().is_none() {
            fill(&index, &rows);
        }
        assert!(index.find(&asking("工程师"), today()).unwrap().total > 0, "{round}");
    }
}

#[test]
fn a_folder_that_is_gone_is_noticed() {
    let rows = vacancies(50);
    let (dir, index) = index(&rows);
    fs::remove_dir_all(dir.path()).unwrap();
    assert!(index.mark().is_none());
    assert!(index.find(&asking(""), today()).unwrap().total > 0, "from memory");
    fill(&index, &rows);
    assert!(index.find(&asking(""), today()).unwrap().total > 0);
}

#[test]
fn another_list_of_names_is_another_index() {
    let (dir, first) = index(&vacancies(5));
    drop(first);
    let index = Index::open(dir.path(), vec!["别的词".into()]).unwrap();
    assert!(index.mark().is_none());
}

#[test]
fn an_abandoned_rebuild_leaves_the_old_one_in_use() {
    let rows = vacancies(30);
    let (dir, index) = index(&rows);
    let rebuild = index.rebuild(mark(99)).unwrap();
    rebuild.put(&[entry(&rows[0])]).unwrap();
    drop(rebuild);
    let again = Index::open(dir.path(), vec!["叉车工".into()]).unwrap();
    assert_eq!(again.mark(), Some(mark(7)));
    fill(&again, &rows);
    let left = generations(dir.path()).unwrap();
    assert_eq!(left.len(), 1, "{left:?}");
}
