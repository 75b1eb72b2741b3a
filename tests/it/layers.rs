//! The house: arrows between crates point down, each heavy library has one owner, every file says what it is for.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};
use terreau_tests::repository_root;

/// What each package of ours may use of the others. The same table stands in `crates/README.md`.
const ARROWS: &[(&str, &[&str])] = &[
    ("terreau-card", &[]),
    ("terreau-territory", &["terreau-card"]),
    ("terreau-experience", &["terreau-territory", "terreau-card"]),
    ("terreau-community", &["terreau-card"]),
    (
        "terreau-export",
        &["terreau-experience", "terreau-community", "terreau-card"],
    ),
    ("terreau-store", &["terreau-card"]),
    ("terreau-search", &["terreau-card"]),
    ("terreau-media", &[]),
    ("terreau-migrations", &[]),
    (
        "terreau-db",
        &["terreau-community", "terreau-card", "terreau-migrations"],
    ),
    (
        "terreau-commons",
        &[
            "terreau-store",
            "terreau-search",
            "terreau-db",
            "terreau-media",
            "terreau-experience",
            "terreau-territory",
            "terreau-community",
            "terreau-card",
        ],
    ),
    (
        "terreau-server",
        &[
            "terreau-commons",
            "terreau-export",
            "terreau-experience",
            "terreau-territory",
            "terreau-community",
            "terreau-card",
        ],
    ),
    (
        "terreau",
        &[
            "terreau-server",
            "terreau-commons",
            "terreau-community",
            "terreau-card",
        ],
    ),
    ("xtask", &[]),
    ("terreau-tests", &["terreau-db"]),
];

/// Who may use a heavy library.
const OWNERS: &[(&str, &[&str])] = &[
    ("git2", &["terreau-store"]),
    ("libgit2-sys", &["terreau-store"]),
    ("tantivy", &["terreau-search"]),
    ("sea-orm", &["terreau-db"]),
    ("sea-orm-migration", &["terreau-migrations", "terreau-db"]),
    ("actix-web", &["terreau-server"]),
    ("actix-multipart", &["terreau-server"]),
    ("askama", &["terreau-server"]),
    ("fluent-templates", &["terreau-server"]),
    ("lettre", &["terreau-server"]),
    ("openidconnect", &["terreau-server"]),
    ("reqwest", &["terreau-server", "terreau-tests"]),
    ("utoipa", &["terreau-server"]),
    ("pulldown-cmark", &["terreau-card"]),
    ("ammonia", &["terreau-card"]),
    ("saphyr-parser", &["terreau-card"]),
    ("brotli-decompressor", &["terreau-territory"]),
    ("image", &["terreau-media"]),
    ("clap", &["terreau", "xtask"]),
    ("figment", &["terreau"]),
];

/// Libraries that would bring files, a network, a clock or chance into the pure crates.
const IMPURE: &[&str] = &[
    "tokio",
    "reqwest",
    "getrandom",
    "rand",
    "tempfile",
    "anyhow",
];

fn metadata() -> Metadata {
    MetadataCommand::new()
        .manifest_path(repository_root().join("Cargo.toml"))
        .no_deps()
        .exec()
        .unwrap()
}

#[test]
fn arrows_point_down() {
    for package in metadata().workspace_packages() {
        let allowed = ARROWS
            .iter()
            .find(|(name, _)| *name == package.name.as_str());
        let (_, allowed) = allowed
            .unwrap_or_else(|| panic!("{} is in no row of the table of arrows", package.name));
        let ours = package
            .dependencies
            .iter()
            .filter(|one| one.name.starts_with("terreau") && one.kind == DependencyKind::Normal);
        for dependency in ours {
            assert!(
                allowed.contains(&dependency.name.as_str()),
                "{} must not use {}",
                package.name,
                dependency.name
            );
        }
    }
}

#[test]
fn heavy_libraries_have_one_owner() {
    for package in metadata().workspace_packages() {
        for dependency in package
            .dependencies
            .iter()
            .filter(|one| one.kind == DependencyKind::Normal)
        {
            if let Some((library, owners)) = OWNERS
                .iter()
                .find(|(library, _)| *library == dependency.name)
            {
                assert!(
                    owners.contains(&package.name.as_str()),
                    "{} must not use {library}",
                    package.name
                );
            }
        }
    }
}

#[test]
fn pure_crates_stay_pure() {
    let pure = [
        "terreau-card",
        "terreau-territory",
        "terreau-experience",
        "terreau-community",
        "terreau-export",
        "terreau-media",
    ];
    for package in metadata()
        .workspace_packages()
        .iter()
        .filter(|one| pure.contains(&one.name.as_str()))
    {
        for dependency in package
            .dependencies
            .iter()
            .filter(|one| one.kind == DependencyKind::Normal)
        {
            assert!(
                !IMPURE.contains(&dependency.name.as_str()),
                "{} must not use {}",
                package.name,
                dependency.name
            );
        }
        for file in files_under(&source_of(package), "rs") {
            let text = fs::read_to_string(&file).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap();
            for outside in [
                "std::fs",
                "std::net",
                "std::process",
                "SystemTime",
                "Utc::now",
                "Uuid::new",
                "Uuid::now",
            ] {
                let is_test = file
                    .components()
                    .any(|part| part.as_os_str().to_string_lossy().starts_with("tests"));
                assert!(
                    is_test || !code.contains(outside),
                    "{} reaches outside: {outside}",
                    file.display()
                );
            }
        }
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    for package in metadata().workspace_packages() {
        for file in files_under(&source_of(package), "rs") {
            let text = fs::read_to_string(&file).unwrap();
            assert!(
                text.starts_with("//! "),
                "{} does not open with a `//!` line",
                file.display()
            );
            let lines = text.lines().count();
            let is_test = file.to_string_lossy().contains("tests");
            assert!(
                is_test || lines <= 600,
                "{} has {lines} lines: split it by act",
                file.display()
            );
        }
    }
}

#[test]
fn the_map_names_every_package() {
    let map = fs::read_to_string(repository_root().join("crates/README.md")).unwrap();
    for package in metadata().workspace_packages() {
        assert!(
            map.contains(package.name.as_str()),
            "crates/README.md does not name {}",
            package.name
        );
    }
}

#[test]
fn both_languages_have_the_same_files() {
    let locales = repository_root().join("web/locales");
    let names = |language: &str| {
        let mut names: Vec<_> = files_under(&locales.join(language), "ftl")
            .into_iter()
            .map(|file| file.file_name().unwrap().to_owned())
            .collect();
        names.sort();
        names
    };
    assert!(!names("fr").is_empty());
    assert_eq!(names("fr"), names("en"));
}

#[test]
fn every_licence_in_the_tree_fits_ours() {
    let metadata = MetadataCommand::new()
        .manifest_path(repository_root().join("Cargo.toml"))
        .exec()
        .unwrap();
    let rules = fs::read_to_string(repository_root().join("deny.toml")).unwrap();
    let list = rules
        .split("allow = [")
        .nth(1)
        .unwrap()
        .split(']')
        .next()
        .unwrap();
    let allowed: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
    let mut refused = BTreeMap::new();
    for package in &metadata.packages {
        let licence = package
            .license
            .clone()
            .unwrap_or_default()
            .replace('/', " OR ");
        // One choice of an OR suffices, every part of an AND is needed.
        let fits = licence.replace(['(', ')'], "").split(" OR ").any(|choice| {
            choice
                .split(" AND ")
                .all(|part| allowed.contains(&part.trim().trim_end_matches('+')))
        });
        if !fits {
            refused.insert(package.name.to_string(), licence);
        }
    }
    assert!(
        refused.is_empty(),
        "licences that deny.toml does not allow: {refused:#?}"
    );
}

fn source_of(package: &cargo_metadata::Package) -> PathBuf {
    package
        .manifest_path
        .parent()
        .unwrap()
        .join("src")
        .into_std_path_buf()
}

fn files_under(dir: &Path, extension: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).unwrap_or_else(|error| panic!("{}: {error}", dir.display())) {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_under(&path, extension));
        } else if path.extension().is_some_and(|found| found == extension) {
            files.push(path);
        }
    }
    files
}
