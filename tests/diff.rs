//! Which lines differ from a revision: what git's answers mean, and what it is asked.

#[path = "../src/cli/diff.rs"]
mod diff;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use selon::policy::changed::{Changed, add_diff, add_whole, keeps};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// No line.
const NONE: [u32; 0] = [];

fn read(diff: &str) -> Changed {
    let mut changed = Changed::default();
    add_diff(&mut changed, "/house/", diff.as_bytes()).expect("it is a diff");
    changed
}

/// Lines of a file that differ, up to the thirtieth.
fn lines(changed: &Changed, path: &str) -> Vec<u32> {
    (1..=30).filter(|&line| keeps(changed, path, line, line)).collect()
}

#[test]
fn stretches_of_changes_are_read() {
    let changed = read(
        "diff --git a/pont.md b/pont.md\nindex 1..2 100644\n--- a/pont.md\n+++ b/pont.md\n\
         @@ -3 +3,2 @@ un titre\n-vieux\n+neuf\n++++ neuf\n\
         @@ -9,2 +10,0 @@\n--- a/faux.md\n-diff --git a/faux.md b/faux.md\n\
         @@ -20,0 +20 @@\n+@@ -1 +1 @@\n\\ No newline at end of file\n\
         diff --git a/un quai.md b/un quai.md\n--- a/un quai.md\t\n+++ b/un quai.md\t\n\
         @@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n",
    );
    assert_eq!(lines(&changed, "/house/pont.md"), [3, 4, 20]);
    assert_eq!(lines(&changed, "/house/un quai.md"), [1]);
    assert_eq!(lines(&changed, "/house/faux.md"), NONE);
    assert!(keeps(&changed, "/house/pont.md", 1, 3) && keeps(&changed, "/house/pont.md", 4, 9));
    assert!(!keeps(&changed, "/house/pont.md", 5, 19) && !keeps(&changed, "/house/pont.md", 21, 99));
}

#[test]
fn new_deleted_and_binary_files_are_read() {
    let changed = read(
        "diff --git a/neuf.md b/neuf.md\nnew file mode 100644\nindex 0..1\n--- /dev/null\n+++ b/neuf.md\n@@ -0,0 +1,2 @@\n+a\n+b\n\
         diff --git a/parti.md b/parti.md\ndeleted file mode 100644\n--- a/parti.md\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-a\n-b\n\
         diff --git a/vide.md b/vide.md\nnew file mode 100644\n\
         diff --git a/large.md b/large.md\nindex 1..2 100644\nBinary files a/large.md and b/large.md differ\n\
         * Unmerged path deux.md\n",
    );
    assert_eq!(lines(&changed, "/house/neuf.md"), [1, 2]);
    assert_eq!(lines(&changed, "/house/parti.md"), NONE);
    assert_eq!(lines(&changed, "/house/vide.md"), NONE);
    assert_eq!(lines(&changed, "/house/large.md").len(), 30);
    assert_eq!(lines(&changed, "/house/deux.md").len(), 30);
}

#[test]
fn context_is_no_change() {
    let changed = read("diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1,3 +1,3 @@\n un\n\n-deux\n+trois\n");
    assert_eq!(lines(&changed, "/house/a"), [3]);
}

#[test]
fn names_are_as_they_were_before_git_quoted_them() {
    let changed =
        read("diff --git \"a/\\303\\251t\\\"\\\\\\t é.md\" \"b/\\303\\251t\\\"\\\\\\t é.md\"\n@@ -0,0 +1 @@\n+a\n");
    assert_eq!(lines(&changed, "/house/ét\"\\\t é.md"), [1]);
    let changed = read("diff --git a/a b/a b/a b/a\n@@ -0,0 +1 @@\n+a\n");
    assert_eq!(lines(&changed, "/house/a b/a"), [1]);
}

#[test]
fn what_is_no_diff_is_an_error() {
    for diff in [
        "@@ -1 +1 @@\n-a\n+b\n",
        "diff --git a/a b/b\n",
        "diff --git a/a\n",
        "diff --cc a\n",
        "diff --git a/a b/a\n@@ -1 +x @@\n",
        "diff --git a/a b/a\n@@ -1,2 +1 @@\n-a\n+b\ndiff --git a/c b/c\n",
        "diff --git a/a b/a\n@@ -1 +1 @@\n-a",
        "diff --git a/a b/a\n@@ -1 +4294967295,4294967295 @@\n-a",
        "diff --git \"a/\\9\" \"b/\\9\"\n",
    ] {
        assert!(add_diff(&mut Changed::default(), "", diff.as_bytes()).is_err(), "{diff:?}");
    }
}

#[test]
fn a_folder_can_be_new_as_a_whole() {
    let mut changed = Changed::default();
    add_whole(&mut changed, "/house/neuf/".to_string());
    assert!(keeps(&changed, "/house/neuf/sous/a.md", 7, 7) && !keeps(&changed, "/house/neuf", 7, 7));
}

#[test]
fn no_answer_at_all_makes_reading_panic() {
    let config = Config { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..Config::default() };
    let pieces = [
        "diff --git a/a b/a\n",
        "@@ -1 +1,2 @@\n",
        "@@ -1,9 +1 @@",
        "+a\n",
        "-b\n",
        " c\n",
        "\\ d\n",
        "\n",
        "Binary files é\n",
        "\"",
    ];
    let text = proptest::collection::vec(0..pieces.len(), 0..20)
        .prop_map(move |all| all.into_iter().map(|i| pieces[i]).collect());
    let hold = TestRunner::new(config).run(&prop_oneof![text, "(?s).{0,80}"], |text: String| {
        let _ = add_diff(&mut Changed::default(), "", text.as_bytes());
        Ok(())
    });
    hold.unwrap_or_else(|e| panic!("{e}"));
}

/// A repository with settings that change what git answers, and one commit.
fn repository() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("rédaction");
    fs::create_dir_all(root.join("brouillons")).expect("a folder");
    git(&root, &["init", "-q", "-b", "main"]);
    for setting in [
        "user.name=x",
        "user.email=x@example.org",
        "diff.mnemonicPrefix=true",
        "diff.noprefix=true",
        "color.ui=always",
        "diff.interHunkContext=9",
        "diff.context=5",
        "diff.renames=copies",
        "diff.relative=true",
        "core.autocrlf=false",
        "commit.gpgSign=false",
    ] {
        let (name, value) = setting.split_once('=').expect("a setting");
        git(&root, &["config", name, value]);
    }
    for name in ["pont.md", "brouillons/été \"1\" [a].md", "parti.md"] {
        fs::write(root.join(name), "un\ndeux\ntrois\nquatre\ncinq\n").expect("a file");
    }
    fs::write(root.join("large.md"), b"a\0b").expect("a file");
    git(&root, &["add", "-A"]);
    git(&root, &["commit", "-q", "-m", "premier"]);
    (folder, root)
}

fn git(root: &Path, args: &[&str]) {
    let done = Command::new("git").current_dir(root).args(args).output().expect("git is there");
    assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
}

fn in_file(changed: &Changed, path: &Path) -> Vec<u32> {
    lines(changed, &diff::real_name(path))
}

#[test]
fn what_differs_is_found_whatever_the_names_and_settings() {
    let (_folder, root) = repository();
    let odd = root.join("brouillons/été \"1\" [a].md");
    fs::write(&odd, "un\nDEUX\ntrois\nquatre\nCINQ").expect("a file");
    fs::write(root.join("large.md"), b"a\0c").expect("a file");
    fs::remove_file(root.join("parti.md")).expect("it was there");
    fs::create_dir_all(root.join("neuf/sous")).expect("a folder");
    fs::write(root.join("neuf/sous/a.md"), "un\n").expect("a file");
    fs::write(root.join("ajouté.md"), "un\n").expect("a file");
    git(&root, &["add", "ajouté.md"]);
    fs::write(root.join(".gitignore"), "*.note\n").expect("a file");
    fs::write(root.join("a.note"), "un\n").expect("a file");

    let changed = diff::changed("HEAD", std::slice::from_ref(&root)).expect("git answers");
    assert_eq!(in_file(&changed, &odd), [2, 5]);
    assert_eq!(in_file(&changed, &root.join("pont.md")), NONE);
    assert_eq!(in_file(&changed, &root.join("large.md")).len(), 30);
    assert_eq!(in_file(&changed, &root.join("neuf/sous/a.md")).len(), 30);
    assert_eq!(in_file(&changed, &root.join("a.note")).len(), 30);
    assert_eq!(in_file(&changed, &root.join("ajouté.md")), [1]);

    git(&root, &["commit", "-q", "-a", "-m", "second"]);
    let since = diff::changed("main~1", &[odd.clone(), root.join("neuf/sous/a.md")]).expect("git answers");
    assert_eq!(in_file(&since, &odd), [2, 5]);
    assert_eq!(in_file(&since, &root.join("neuf/sous/a.md")).len(), 30);
    assert_eq!(in_file(&since, &root.join("ajouté.md")), NONE, "it was not asked for");
    assert_eq!(in_file(&diff::changed("HEAD", std::slice::from_ref(&odd)).expect("git answers"), &odd), NONE);
}

#[test]
fn a_path_is_no_pattern() {
    let (_folder, root) = repository();
    fs::write(root.join("pont.md"), "UN\n").expect("a file");
    fs::write(root.join("*.md"), "un\n").expect("a file");
    let changed = diff::changed("HEAD", &[root.join("*.md")]).expect("git answers");
    assert_eq!(in_file(&changed, &root.join("pont.md")), NONE);
    assert_eq!(in_file(&changed, &root.join("*.md")).len(), 30);
}

#[test]
fn two_repositories_are_asked_each() {
    let ((_one, first), (_two, second)) = (repository(), repository());
    fs::write(first.join("pont.md"), "UN\n").expect("a file");
    fs::write(second.join("pont.md"), "un\nDEUX\n").expect("a file");
    let changed = diff::changed("HEAD", &[first.clone(), second.join("pont.md"), second.join("absent.md")]);
    let changed = changed.expect("git answers");
    assert_eq!(in_file(&changed, &first.join("pont.md")), [1]);
    assert_eq!(in_file(&changed, &second.join("pont.md")), [2]);
}

#[test]
fn a_revision_is_nothing_else() {
    let (_folder, root) = repository();
    for revision in [
        "nulle-part",
        "",
        "-h",
        "--output=x",
        "--all",
        "HEAD..HEAD",
        "^HEAD",
        "HEAD:pont.md",
        "pont.md",
        "@{9}",
        "HEAD HEAD",
    ] {
        let why = diff::changed(revision, std::slice::from_ref(&root)).expect_err(revision);
        assert!(why.contains("is no revision of the git repository"), "{why}");
    }
    assert!(!root.join("x").exists());
}

#[test]
fn a_file_outside_of_any_repository_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.md"), "un\n").expect("a file");
    let why = diff::changed("HEAD", &[folder.path().join("a.md")]).expect_err("there is no repository");
    assert!(why.contains("a.md: is in no git repository") && why.contains("leave --diff out"), "{why}");
    let why = diff::changed("HEAD", &[PathBuf::from("-")]).expect_err("it is no file");
    assert!(why.contains("standard input"), "{why}");
}
