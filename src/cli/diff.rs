//! `--diff REF`: the lines that differ from a revision, by asking git.
//!
//! Invariant: git is started directly, never through a shell. REF is looked up first, and from then on only the number of
//! its commit is used, so that it can be no option, no range and no file. What the user has set up for git changes no answer.

use selon::policy::changed::{self, Changed};
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::{MAIN_SEPARATOR_STR, Path, PathBuf};
use std::process::{Command, Stdio};

/// Before every question: nothing is written to the repository, paths hold no wildcards, letters in them stay as they are.
const PLAINLY: [&str; 6] =
    ["--no-optional-locks", "--literal-pathspecs", "-c", "core.quotePath=false", "-c", "core.fsmonitor=false"];

/// The question what differs, in the form that [`changed::add_diff`] reads.
const DIFF: [&str; 10] = [
    "diff",
    "--unified=0",
    "--inter-hunk-context=0",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--no-renames",
    "--src-prefix=a/",
    "--dst-prefix=b/",
    "--submodule=short",
];

/// What git sets for its hooks. There, it would look for another repository than the one that a path is in.
const OF_HOOKS: [&str; 4] = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"];

/// What differs from a revision in these files and folders, of whatever repositories. Untracked files differ in every line.
///
/// # Errors
/// One plain sentence with its remedy: git is not there, a path is in no repository, or the revision is unknown.
pub fn changed(revision: &str, paths: &[PathBuf]) -> Result<Changed, String> {
    let mut changed = Changed::default();
    for (root, paths) in by_repository(paths)? {
        let commit = commit(&root, revision)?;
        let folder = format!("{}/", slashed(&root).trim_end_matches('/'));
        let others = answer(git(&root).args(["ls-files", "--others", "--directory", "-z", "--"]).args(&paths))?;
        for name in others.split(|&b| b == 0).filter(|name| !name.is_empty()) {
            changed::add_whole(&mut changed, format!("{folder}{}", String::from_utf8_lossy(name)));
        }
        let diff = answer(git(&root).args(DIFF).arg(&commit).arg("--").args(&paths))?;
        changed::add_diff(&mut changed, &folder, &diff)
            .map_err(|line| format!("git answers « {line} », which is not understood; leave --diff out"))?;
    }
    Ok(changed)
}

/// What a document is called in the answer of [`changed`]: its whole path, behind all links.
pub fn real_name(path: &Path) -> String {
    slashed(&path.canonicalize().unwrap_or_else(|_| path.to_path_buf()))
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace(MAIN_SEPARATOR_STR, "/")
}

/// The paths of each repository, from its root. One that does not exist is left to whoever reads it.
fn by_repository(paths: &[PathBuf]) -> Result<BTreeMap<PathBuf, Vec<PathBuf>>, String> {
    let mut roots: HashMap<PathBuf, PathBuf> = HashMap::new();
    let mut repositories: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    for path in paths {
        if path == Path::new("-") {
            return Err("standard input is in no git repository; name a file, or leave --diff out".to_string());
        }
        let Ok(real) = path.canonicalize() else { continue };
        let folder = if real.is_dir() { &real } else { real.parent().unwrap_or(&real) };
        let root = match roots.get(folder) {
            Some(root) => root.clone(),
            None => root(folder, path)?,
        };
        roots.insert(folder.to_path_buf(), root.clone());
        let inside = real.strip_prefix(&root).unwrap_or(&real);
        let inside = if inside.as_os_str().is_empty() { Path::new(".") } else { inside };
        repositories.entry(root).or_default().push(inside.to_path_buf());
    }
    Ok(repositories)
}

/// The root of the repository that a folder is in.
fn root(folder: &Path, path: &Path) -> Result<PathBuf, String> {
    let refuse = |why: &str| {
        format!(
            "{}: is in no git repository that can be asked ({why}); name another file, or leave --diff out",
            path.display()
        )
    };
    let output = git(folder).args(["rev-parse", "--show-cdup"]).output().map_err(missing)?;
    if !output.status.success() {
        return Err(refuse(&first_line(&output.stderr)));
    }
    // Only the way up is asked for, because a path need not be text.
    folder.join(first_line(&output.stdout)).canonicalize().map_err(|e| refuse(&e.to_string()))
}

/// The number of the commit that a revision stands for.
fn commit(root: &Path, revision: &str) -> Result<String, String> {
    let unknown = || {
        format!(
            "{revision}: is no revision of the git repository {}; name a commit, a branch or a tag, and fetch it first \
             where only the latest commit was fetched",
            root.display()
        )
    };
    if revision.starts_with('-') {
        return Err(unknown());
    }
    let name = format!("{revision}^{{commit}}");
    let output = git(root).args(["rev-parse", "--verify", "--quiet", &name]).output().map_err(missing)?;
    let number = first_line(&output.stdout);
    let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_hexdigit());
    if output.status.success() && is_number { Ok(number) } else { Err(unknown()) }
}

fn git(folder: &Path) -> Command {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).args(PLAINLY).stdin(Stdio::null());
    for variable in OF_HOOKS {
        git.env_remove(variable);
    }
    git
}

fn answer(git: &mut Command) -> Result<Vec<u8>, String> {
    let output = git.output().map_err(missing)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(format!(
        "git cannot tell what differs ({}); mend the repository, or leave --diff out",
        first_line(&output.stderr)
    ))
}

fn missing(error: io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no git to ask what differs; install it, or leave --diff out".to_string(),
        _ => format!("git cannot be started ({error}); check its installation, or leave --diff out"),
    }
}

fn first_line(output: &[u8]) -> String {
    String::from_utf8_lossy(output).lines().next().unwrap_or_default().to_string()
}
