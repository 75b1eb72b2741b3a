//! The only way to start git: a clean environment, our own flags first, and nothing from a request among the arguments
//! but object ids that were checked to be hexadecimal.

use std::path::PathBuf;
use std::process::Stdio;

use tokio::process::Command;

use super::protocol::Protocol;
use super::wants::ObjectName;

/// What is shown to everyone; all other refs are hidden, and what only they hold stays unreachable.
///
/// Under `refs/proposals/` only `<number>/head` may exist: patterns of `hideRefs` have no wildcard.
const SHOWN: [&str; 2] = ["refs/heads/main", "refs/proposals"];

/// Settings that no configuration file may change; source: `git help config`, and the advisories about git children.
const SETTINGS: [&str; 19] = [
    "protocol.allow=never",
    "core.hooksPath=/nonexistent",
    "core.maxTreeDepth=64",
    "core.askPass=",
    "credential.helper=",
    "fetch.recurseSubmodules=false",
    "submodule.recurse=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "safe.bareRepository=explicit",
    "transfer.bundleURI=false",
    "transfer.advertiseSID=false",
    "transfer.advertiseObjectInfo=false",
    "transfer.credentialsInUrl=die",
    "uploadpack.advertiseBundleURIs=false",
    "uploadpack.allowFilter=false",
    "uploadpack.allowAnySHA1InWant=false",
    "uploadpack.allowRefInWant=false",
    "pack.threads=1",
];

/// The program and the one repository it may read.
#[derive(Clone, Debug)]
pub(super) struct Git {
    program: PathBuf,
    dir: PathBuf,
}

impl Git {
    pub(super) fn new(program: PathBuf, dir: PathBuf) -> Self {
        Git { program, dir }
    }

    /// Returns the command that writes the advertisement.
    pub(super) fn advertise(&self, protocol: Protocol) -> Command {
        let mut command = self.upload_pack(protocol);
        command
            .arg("--http-backend-info-refs")
            .arg("--end-of-options")
            .arg(&self.dir)
            .stdin(Stdio::null());
        command
    }

    /// Returns the command that answers one negotiation given on its standard input.
    pub(super) fn answer(&self, protocol: Protocol) -> Command {
        let mut command = self.upload_pack(protocol);
        command
            .arg("--end-of-options")
            .arg(&self.dir)
            .stdin(Stdio::piped());
        command
    }

    /// Returns the command that tells which git this is.
    pub(super) fn version(&self) -> Command {
        let mut command = self.base();
        command.arg("--version").stdin(Stdio::null());
        command
    }

    /// Returns the command that lists the objects that shown refs point at, one id on each line.
    pub(super) fn shown_tips(&self) -> Command {
        let mut command = self.base();
        command.args([
            "for-each-ref",
            "--format=%(objectname)",
            "--end-of-options",
            SHOWN[0],
            "refs/proposals/*/head",
        ]);
        command.stdin(Stdio::null());
        command
    }

    /// Returns the command that succeeds when an object is a version in the published history.
    pub(super) fn is_published(&self, object: &ObjectName) -> Command {
        let mut command = self.base();
        command.args([
            "merge-base",
            "--is-ancestor",
            "--end-of-options",
            object.as_str(),
            SHOWN[0],
        ]);
        command.stdin(Stdio::null());
        command
    }

    fn upload_pack(&self, protocol: Protocol) -> Command {
        let mut command = self.base();
        command.args(["-c", "uploadpack.hideRefs=refs"]);
        for shown in SHOWN {
            command
                .arg("-c")
                .arg(format!("uploadpack.hideRefs=!{shown}"));
        }
        if let Some(variable) = protocol.variable() {
            command.env("GIT_PROTOCOL", variable);
        }
        command.args(["upload-pack", "--strict", "--stateless-rpc", "--timeout=60"]);
        command
    }

    fn base(&self) -> Command {
        let mut command = Command::new(&self.program);
        let folder = self.program.parent().unwrap_or(&self.dir);
        command
            .env_clear()
            .env("PATH", format!("{}:/usr/bin:/bin", folder.display()))
            .env("HOME", "/nonexistent")
            .env("LC_ALL", "C.UTF-8")
            .env("TZ", "UTC")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_DIR", &self.dir)
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_ASKPASS", "/bin/false")
            .env("GIT_ALLOW_PROTOCOL", "https")
            .env("GIT_PROTOCOL_FROM_USER", "0")
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_NO_REPLACE_OBJECTS", "1")
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("GIT_LITERAL_PATHSPECS", "1")
            .current_dir("/")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .kill_on_drop(true);
        for setting in SETTINGS {
            command.arg("-c").arg(setting);
        }
        command
    }
}
