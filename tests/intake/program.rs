//! `jinqiao import` as people and scripts call it.

use std::process::Output;

use serde_json::Value;

use super::{dirty, put};
use crate::world::{World, both, program};

pub(super) fn jinqiao(world: &World, args: &[&str]) -> std::process::Command {
    let settings = world.app.settings();
    let mut command = program::command(&settings.data);
    if let Some(url) = &settings.database {
        command.args(["--database", url]);
    }
    command.env("LC_ALL", "C").args(args);
    command
}

fn run(world: &World, args: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = jinqiao(world, args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code(), text(stdout), text(stderr))
}

#[tokio::test]
async fn the_status_and_the_last_line_say_what_became_of_the_rows() {
    both(async |world| {
        let file = put(world, "岗位.csv", dirty());
        let back = world.folder.path().join("back.csv");
        let args = [
            "import",
            "vacancies",
            file.to_str().unwrap(),
            "--refused",
            back.to_str().unwrap(),
            "--json",
        ];
        for (accepted, unchanged) in [(2, 0), (0, 2)] {
            let (status, out, _) = run(world, &args);
            assert_eq!(status, Some(2));
            assert!(out.contains("committed 4 of 4\n"), "{out}");
            let last: Value = serde_json::from_str(out.lines().last().unwrap()).unwrap();
            assert_eq!(last["rows"], 4);
            assert_eq!(
                (&last["accepted"], &last["unchanged"]),
                (&accepted.into(), &unchanged.into())
            );
            assert_eq!(last["understood"]["wage"], 1.0);
            assert_eq!(std::fs::read_to_string(&back).unwrap().lines().count(), 3);
        }
        let clean = dirty().lines().take(2).collect::<Vec<_>>().join("\n");
        let clean = put(world, "clean.csv", clean);
        let (status, ..) = run(world, &["import", "vacancies", clean.to_str().unwrap()]);
        assert_eq!(status, Some(0));
    })
    .await;
}

#[tokio::test]
async fn a_file_that_cannot_be_taken_ends_with_status_one_and_says_why() {
    both(async |world| {
        let empty = put(world, "empty.csv", "");
        let (status, _, told) = run(world, &["import", "vacancies", empty.to_str().unwrap()]);
        assert_eq!(status, Some(1));
        assert!(told.contains("The file is empty."), "{told}");
        let odd = put(world, "odd.csv", "甲,乙\n保安,红叶厂\n");
        let (status, out, told) = run(world, &["import", "vacancies", odd.to_str().unwrap()]);
        assert_eq!(status, Some(1));
        assert!(out.contains("保安") && out.contains("--layout"), "{out}");
        assert!(told.contains("headings"), "{told}");
        let mapping = "name = 'mine'\nnoun = 'vacancies'\nsignature = ['甲', '乙']\n\
                       [columns]\n'甲' = 'title'\n'乙' = 'employer'\n";
        let mapping = put(world, "mine.toml", mapping);
        let layout = ["--layout", mapping.to_str().unwrap()];
        let args = [&["import", "vacancies", odd.to_str().unwrap()], layout.as_slice()].concat();
        assert_eq!(run(world, &args).0, Some(0));
    })
    .await;
}
