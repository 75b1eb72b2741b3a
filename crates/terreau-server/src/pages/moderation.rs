//! Moderation: one page of sections for all that waits until somebody looked at it.

mod act;
mod lines;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use askama::Template;
use serde::Deserialize;
use terreau_community::Act;

use self::lines::{BlockedLine, CommentLine, ProposalLine, RemarkLine};
use crate::layout::page;
use crate::pages::edit::ProblemLine;
use crate::pages::try_out::{self, TryOutLine};
use crate::{Answer, Failure, Layout, Reader, Site};

pub use act::{address, comment, proposal, remark};

/// Where moderators begin.
pub const MODERATION: &str = "/moderation";

/// What the page is told.
#[derive(Debug, Default, Deserialize)]
pub struct Told {
    #[serde(default)]
    fait: String,
}

/// The page. Each section is a part of its own in `templates/moderation/`; one that holds nothing is left out.
#[derive(Template)]
#[template(path = "moderation/page.html")]
pub struct ModerationPage {
    layout: Layout,
    try_outs: Vec<TryOutLine>,
    comments: Vec<CommentLine>,
    reported: Vec<CommentLine>,
    proposals: Vec<ProposalLine>,
    remarks: Vec<RemarkLine>,
    blocked: Vec<BlockedLine>,
    problems: Vec<ProblemLine>,
    /// What was typed in a form that was refused.
    kept: Option<String>,
}

impl ModerationPage {
    /// Tells whether nothing waits.
    fn is_empty(&self) -> bool {
        self.try_outs.is_empty()
            && self.comments.is_empty()
            && self.reported.is_empty()
            && self.proposals.is_empty()
            && self.remarks.is_empty()
    }
}

/// Shows what waits.
///
/// `GET /moderation` → 200 · 403 · sign-in when nobody is
pub async fn show(reader: Reader, told: Query<Told>, site: Data<Site>) -> Answer {
    let mut shown = make(&site, &reader).await?;
    let key = format!("moderation-done-{}", told.fait);
    let is_word = told.fait.bytes().all(|byte| byte.is_ascii_lowercase());
    shown.layout.notice = reader.words().maybe(&key).filter(|_| is_word);
    page(StatusCode::OK, &shown)
}

/// Shows the page again with what was sent and why it was not done.
async fn again(
    site: &Site,
    reader: &Reader,
    status: StatusCode,
    problem: String,
    typed: &str,
) -> Answer {
    let mut shown = make(site, reader).await?;
    shown.problems.push(ProblemLine {
        href: None,
        text: problem,
        help: String::new(),
    });
    shown.kept = (!typed.trim().is_empty()).then(|| typed.to_owned());
    page(status, &shown)
}

async fn make(site: &Site, reader: &Reader) -> Result<ModerationPage, Failure> {
    reader.signed_in()?;
    let waits = site.commons.moderation(&reader.actor).await?;
    let snapshot = site.commons.snapshot();
    let mut layout =
        Layout::new(site, reader, reader.words().say("moderation-title")).within("moderation");
    layout.here = MODERATION.to_owned();
    let mut proposals = Vec::new();
    for (row, author) in waits.proposals {
        proposals.push(ProposalLine::of(site, reader, row, &author).await?);
    }
    let is_steward = site
        .commons
        .may(&reader.actor, &Act::ManageAccounts)
        .is_yes();
    let comment = |row, reports| CommentLine::of(&snapshot, reader, row, reports, is_steward);
    let none = Vec::new;
    Ok(ModerationPage {
        layout,
        try_outs: try_out::lines(site, reader).await?,
        comments: waits
            .comments
            .into_iter()
            .map(|row| comment(row, none()))
            .collect(),
        reported: waits
            .reported
            .into_iter()
            .map(|(row, reports)| comment(row, reports))
            .collect(),
        proposals,
        remarks: waits
            .remarks
            .into_iter()
            .map(|(id, remark)| RemarkLine::of(&snapshot, reader, id, remark))
            .collect(),
        blocked: waits
            .blocked
            .into_iter()
            .map(|blocked| BlockedLine::of(reader, blocked))
            .collect(),
        problems: Vec::new(),
        kept: None,
    })
}
