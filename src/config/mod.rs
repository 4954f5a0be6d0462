//! The settings of a newsroom: what `selon.toml` says.
//!
//! Invariant: no IO; text in, plain data or all its mistakes out. What a file does not set is as the policy has it.

pub mod allow;
pub mod date;
pub mod house;
mod keys;
pub mod parse;
pub mod settings;
pub mod template;
mod tree;
pub mod words;

pub use tree::Placed;

use crate::policy::finding::Severity;
use allow::Allow;
use globset::GlobSet;
use house::House;
use std::collections::BTreeMap;
use std::path::{Component, Path};

/// One settings file.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The file, as it is called in messages.
    pub file: String,
    /// Folders of rules, relative to the file.
    pub rules: Vec<Placed<String>>,
    /// Words of the house.
    pub house: House,
    /// What holds for every text.
    pub base: Layer,
    /// What holds for some, in the order written: the last one that sets a value has the say.
    pub overrides: Vec<Override>,
    /// Findings that are accepted.
    pub allow: Vec<Allow>,
}

/// A path as settings name it: from the folder of the settings file, with `/` between its parts. Both are given as whole
/// paths. What lies outside of the folder keeps its own, which only `**` fits.
pub fn relative(folder: &Path, file: &Path) -> String {
    let parts = file.strip_prefix(folder).unwrap_or(file).components();
    let named = parts.filter(|part| matches!(part, Component::Normal(_)));
    named.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Values that one part of a file sets.
#[derive(Clone, Debug, Default)]
pub struct Layer {
    /// Severities by code.
    pub severity: BTreeMap<String, Placed<Severity>>,
    /// Thresholds by their keys.
    pub thresholds: BTreeMap<&'static str, Placed<f64>>,
}

/// Values that hold for some paths.
#[derive(Clone, Debug)]
pub struct Override {
    /// The paths, relative to the folder of the file.
    pub paths: GlobSet,
    /// What holds there.
    pub layer: Layer,
    /// Line of its head, from 1.
    pub line: u32,
}
