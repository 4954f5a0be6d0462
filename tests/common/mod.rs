//! What the tests with golden files share.

use std::fs;
use std::path::Path;

/// Compares what was found with a golden file; the environment variable UPDATE=1 writes it anew.
#[track_caller]
pub fn golden(path: &Path, found: &str) {
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, found).expect("golden files can be written");
    }
    let wanted = fs::read_to_string(path).unwrap_or_default();
    let name = path.display();
    assert!(wanted == found, "{name} differs (UPDATE=1 writes it anew):\n--- wanted\n{wanted}\n--- found\n{found}");
}
