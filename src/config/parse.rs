//! The text of a settings file → [`Config`], or every mistake in it.
//!
//! Invariant: all mistakes are told together, in the order in which they stand; where the file is no TOML, only the first
//! place at which it is none.

use super::allow::{self, Allow};
use super::house;
use super::keys::{self, ALLOW, OVERRIDE, THRESHOLDS, TOP};
use super::tree::{Placed, Reader, Value};
use super::{Config, Layer, Override};
use crate::diagnostic::Diagnostic;
use crate::policy::finding::Severity;
use crate::policy::settings::Thresholds;
use crate::rule::scope::nearest;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use std::ops::Range;
use toml::de::DeTable;

/// Reads settings. `file` is the name of the file in messages; `codes` are those of all findings there are.
///
/// # Errors
/// All mistakes of the file.
pub fn parse(file: &str, text: &str, codes: &[&str]) -> Result<Config, Vec<Diagnostic>> {
    let mut reader = Reader::new(file, text, codes);
    let (tree, broken) = DeTable::parse_recoverable(text);
    // Where a bracket is missing, all that follows looks wrong, and what could be saved of it would give mistakes that are
    // none.
    if let Some(error) = broken.first() {
        let span = error.span().unwrap_or(0..0);
        reader.wrong("toml", span, error.message().to_string(), "`selon init` shows how settings are written");
    }
    let config = if broken.is_empty() { config(&mut reader, file, tree.get_ref()) } else { Config::default() };
    let mut errors = reader.errors;
    errors.sort_by_key(|e| e.span);
    if errors.is_empty() { Ok(config) } else { Err(errors) }
}

fn config<'t>(reader: &mut Reader<'t>, file: &str, table: &DeTable<'t>) -> Config {
    let mut config = Config { file: file.to_string(), ..Config::default() };
    for (key, value) in table {
        match key.get_ref().as_ref() {
            "severity" => severity(reader, value, &mut config.base),
            "thresholds" => thresholds(reader, value, &mut config.base),
            "lexicon" => config.house = house::read(reader, value),
            "overrides" => {
                let items = reader.list("`overrides`", value, "[[overrides]]").iter();
                config.overrides = items.filter_map(|item| overriding(reader, item)).collect();
            }
            "allow" => {
                let items = reader.list("`allow`", value, "[[allow]]").iter();
                config.allow = items.filter_map(|item| allowing(reader, item)).collect();
            }
            "rules" => {
                let folders = reader.texts("`rules`", value, r#"rules = ["newsroom/"]"#).into_iter();
                config.rules = folders.map(|(value, span)| Placed { value, line: reader.line(span.start) }).collect();
            }
            _ => reader.unknown_key(key, "in a settings file", &TOP),
        }
    }
    config
}

fn severity<'t>(reader: &mut Reader<'t>, value: &Value<'t>, layer: &mut Layer) {
    const NAMES: [Severity; 4] = [Severity::Off, Severity::Info, Severity::Warning, Severity::Error];
    let Some(table) = reader.table("`severity`", value, r#"severity = { anonymous-source = "error" }"#) else { return };
    for (key, value) in table {
        let code = key.get_ref().as_ref();
        if !known_code(reader, code, key.span()) {
            continue;
        }
        let names = NAMES.map(Severity::name);
        let Some(name) = reader.text(&format!("the severity of `{code}`"), value, &format!("{code} = \"error\""))
        else {
            continue;
        };
        match NAMES.iter().find(|s| s.name() == name) {
            Some(&found) => {
                let placed = Placed { value: found, line: reader.line(key.span().start) };
                layer.severity.insert(code.to_string(), placed);
            }
            None => {
                let help = match nearest(&name.to_lowercase(), &names) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => "write off, info, warning or error".to_string(),
                };
                reader.wrong("unknown-severity", value.span(), format!("`{name}` is no severity"), help);
            }
        }
    }
}

/// Whether a finding has this code; that none has is noted.
fn known_code(reader: &mut Reader<'_>, code: &str, span: Range<usize>) -> bool {
    if reader.codes.contains(&code) {
        return true;
    }
    let home = keys::home(code, reader.codes).map(|home| format!("`{code}` belongs {home}"));
    let meant = || nearest(code, reader.codes).map(|meant| format!("did you mean `{meant}`?"));
    let help = home.or_else(meant).unwrap_or_else(|| format!("the codes are {}", reader.codes.join(", ")));
    reader.wrong("unknown-code", span, format!("no finding has the code `{code}`"), help);
    false
}

fn thresholds<'t>(reader: &mut Reader<'t>, value: &Value<'t>, layer: &mut Layer) {
    let Some(table) = reader.table("`thresholds`", value, "thresholds = { least-named = 2 }") else { return };
    for (key, value) in table {
        let Some(threshold) = THRESHOLDS.iter().find(|t| t.name == key.get_ref().as_ref()) else {
            reader.unknown_key(key, "as a threshold", &THRESHOLDS.map(|t| t.name));
            continue;
        };
        let name = threshold.name;
        let example = format!("{name} = {}", (threshold.get)(&Thresholds::default()));
        let Some(number) = reader.number(&format!("`{name}`"), value, &example) else { continue };
        if !(0.0..=threshold.most).contains(&number) || (threshold.whole && number.fract() != 0.0) {
            let range = if threshold.whole { "a whole number from 0 up" } else { "a share from 0 to 1: 0.5 is half" };
            reader.wrong(
                "out-of-range",
                value.span(),
                format!("`{name}` cannot be {}", reader.written(value.span())),
                format!("write {range}"),
            );
            continue;
        }
        layer.thresholds.insert(name, Placed { value: number, line: reader.line(key.span().start) });
    }
}

fn overriding<'t>(reader: &mut Reader<'t>, value: &Value<'t>) -> Option<Override> {
    const PATHS: &str = r#"paths = ["tribunes/**"]"#;
    let table = reader.table("an entry of `overrides`", value, PATHS)?;
    let (mut layer, mut paths, mut named) = (Layer::default(), GlobSet::empty(), false);
    for (key, value) in table {
        match key.get_ref().as_ref() {
            "paths" => {
                named = true;
                let globs = reader.texts("`paths`", value, PATHS);
                paths = glob_set(reader, &globs);
                if value.get_ref().as_array().is_some_and(|list| list.is_empty()) {
                    reader.wrong("empty", value.span(), "`paths` is empty", format!("write `{PATHS}`"));
                }
            }
            "severity" => severity(reader, value, &mut layer),
            "thresholds" => thresholds(reader, value, &mut layer),
            _ => reader.unknown_key(key, "in an override", &OVERRIDE),
        }
    }
    if !named {
        reader.wrong("missing-key", value.span(), "this override names no paths", format!("add `{PATHS}`"));
    }
    Some(Override { paths, layer, line: reader.line(value.span().start) })
}

fn allowing<'t>(reader: &mut Reader<'t>, value: &Value<'t>) -> Option<Allow> {
    const REASON: &str = r#"reason = "checked by the desk, 3 March""#;
    let table = reader.table("an entry of `allow`", value, REASON)?;
    let line = reader.line(value.span().start);
    let (mut code, mut path, mut text, mut reason, mut expires) = (None, None, None, None, None);
    let has = |name: &str| table.iter().any(|(key, _)| key.get_ref() == name);
    for (key, value) in table {
        match key.get_ref().as_ref() {
            "code" => {
                code = reader.text("`code`", value, r#"code = "anonymous-source""#);
                if let Some(code) = &code {
                    known_code(reader, code, value.span());
                }
            }
            "path" => {
                let glob = reader.text("`path`", value, r#"path = "enquetes/*.md""#);
                path = glob.map(|glob| glob_set(reader, &[(glob, value.span())]));
            }
            "text" => {
                text = reader.text("`text`", value, r#"text = "un proche du dossier""#).map(|t| allow::folded(&t))
            }
            "reason" => reason = reader.text("`reason`", value, REASON),
            "expires" => {
                let date = reader.date("`expires`", value);
                expires = date.map(|day| Placed { value: day, line: reader.line(key.span().start) });
            }
            _ => reader.unknown_key(key, "in an allow", &ALLOW),
        }
    }
    if !has("code") {
        let help = r#"name the code of the finding: `code = "anonymous-source"`"#;
        reader.wrong("missing-key", value.span(), "this allow names no code", help);
    }
    if !has("reason") {
        reader.wrong("missing-key", value.span(), "this allow gives no reason", format!("say why: `{REASON}`"));
    }
    if !has("path") && !has("text") {
        let help = "add `path` or `text`; to switch a code off everywhere, write it under [severity]";
        reader.wrong("missing-key", value.span(), "this allow holds for every finding of its code", help);
    }
    Some(Allow { code: code?, path, text, reason: reason?, expires, line })
}

/// Paths that one of these expressions names; a folder stands for all that is in it.
fn glob_set(reader: &mut Reader<'_>, globs: &[(String, Range<usize>)]) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for (written, span) in globs {
        let path = written.strip_prefix("./").unwrap_or(written).trim_end_matches('/');
        if path.starts_with('/') || path.split('/').any(|part| part == "..") || path.is_empty() {
            let help = "write it relative to the folder of this file: `tribunes/**`";
            reader.wrong("bad-glob", span.clone(), format!("`{written}` leads out of the folder of this file"), help);
            continue;
        }
        let glob = |path: &str| GlobBuilder::new(path).literal_separator(true).build();
        match (glob(path), glob(&format!("{path}/**"))) {
            (Ok(own), Ok(within)) => {
                set.add(own).add(within);
            }
            (Err(e), _) | (_, Err(e)) => reader.wrong(
                "bad-glob",
                span.clone(),
                format!("`{written}` names no paths: {}", e.kind()),
                "write `*` for a part of a name, `**` for folders: `enquetes/**/*.md`",
            ),
        }
    }
    set.build().unwrap_or_else(|_| GlobSet::empty())
}
