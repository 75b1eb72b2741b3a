//! Who is here, what they may do, and suspensions.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path, Query};
use askama::Template;
use chrono::Utc;
use serde::Deserialize;
use terreau_community::{Account, AccountId, Act, Role};

use super::{ADMINISTRATION, steward};
use crate::dates::Moment;
use crate::failure::FailureKind;
use crate::layout::{page, see_other};
use crate::{Answer, Failure, Layout, Reader, Site, Words, url};

use super::invitations::{InvitationForm, Invitations};

/// How many accounts one page lists.
const PER_PAGE: usize = 50;

/// What the page is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    page: usize,
    fait: String,
}

#[derive(Template)]
#[template(path = "administration/page.html")]
struct ListPage {
    layout: Layout,
    done: Option<String>,
    is_read_only: bool,
    q: String,
    count: String,
    accounts: Vec<AccountLine>,
    invitations: Invitations,
    previous: Option<String>,
    next: Option<String>,
    place: String,
}

struct AccountLine {
    href: String,
    name: String,
    organisation: Option<String>,
    email: String,
    role: String,
    is_suspended: bool,
}

/// Lists accounts, invitations, and the switches.
///
/// `GET /administration?q=&page=` → 200 · 403 · sign-in when nobody is
pub async fn list(reader: Reader, asked: Query<Asked>, site: Data<Site>) -> Answer {
    list_page(
        &reader,
        &site,
        &asked,
        StatusCode::OK,
        InvitationForm::default(),
        None,
    )
    .await
}

/// Makes the page; an invitation that was refused comes back with its problem.
pub(super) async fn list_page(
    reader: &Reader,
    site: &Site,
    asked: &Asked,
    status: StatusCode,
    form: InvitationForm,
    problem: Option<String>,
) -> Answer {
    steward(reader, site, &Act::ManageAccounts)?;
    let words = reader.words();
    let all = site.commons.people().accounts(&reader.actor).await?;
    let found: Vec<&Account> = all
        .iter()
        .filter(|account| matches(account, &asked.q))
        .collect();
    let (shown, pages) = (asked.page.max(1), found.len().div_ceil(PER_PAGE).max(1));
    let to = |page: usize| {
        let page = page.to_string();
        url::with_query(ADMINISTRATION, &[("q", &asked.q), ("page", &page)])
    };
    let done = match asked.fait.as_str() {
        "invitation" => Some(words.say("administration-done-invitation")),
        "retiree" => Some(words.say("administration-done-withdrawn")),
        _ => None,
    };
    let listed = ListPage {
        layout: Layout::new(site, reader, words.say("administration-title")).within("account"),
        done,
        is_read_only: site.commons.is_read_only(),
        q: asked.q.clone(),
        count: words.tell("administration-count", "count", found.len()),
        accounts: found
            .iter()
            .skip((shown - 1).saturating_mul(PER_PAGE))
            .take(PER_PAGE)
            .map(|account| line(account, words))
            .collect(),
        invitations: Invitations::of(reader, site, form, problem).await?,
        previous: (shown > 1).then(|| to(shown - 1)),
        next: (shown < pages).then(|| to(shown + 1)),
        place: words.tell_two("administration-place", "page", shown, "pages", pages),
    };
    page(status, &listed)
}

/// Tells whether each word that is looked for stands in what is known of a person.
fn matches(account: &Account, q: &str) -> bool {
    let organisation = account.organisation.as_ref().map(ToString::to_string);
    let known = format!(
        "{} {} {} {}",
        account.credit_name,
        organisation.unwrap_or_default(),
        account.email.as_str(),
        account.role
    )
    .to_lowercase();
    q.to_lowercase()
        .split_whitespace()
        .all(|word| known.contains(word))
}

fn line(account: &Account, words: Words) -> AccountLine {
    AccountLine {
        href: address(account.id),
        name: account.credit_name.to_string(),
        organisation: account.organisation.as_ref().map(ToString::to_string),
        email: account.email.as_str().to_owned(),
        role: words.say(&format!("account-role-{}", account.role)),
        is_suspended: account.suspended,
    }
}

/// Returns the address of somebody's page.
pub(super) fn address(id: AccountId) -> String {
    format!("{ADMINISTRATION}/comptes/{id}")
}

#[derive(Template)]
#[template(path = "administration/account.html")]
struct OnePage {
    layout: Layout,
    done: Option<String>,
    href: String,
    journal: String,
    line: AccountLine,
    since: Moment,
    is_self: bool,
    roles: Vec<RoleChoice>,
}

struct RoleChoice {
    code: &'static str,
    label: String,
    is_chosen: bool,
}

/// Shows one account, with what can be done about it.
///
/// `GET /administration/comptes/{id}` → 200 · 403 · 404
pub async fn account(
    reader: Reader,
    id: Path<String>,
    asked: Query<Asked>,
    site: Data<Site>,
) -> Answer {
    steward(&reader, &site, &Act::ManageAccounts)?;
    let words = reader.words();
    let id = parse(&id)?;
    let account = site.commons.people().see_account(&reader.actor, id).await?;
    let done = match asked.fait.as_str() {
        "role" => Some(words.say("administration-done-role")),
        "suspendu" => Some(words.say("administration-done-suspended")),
        "retabli" => Some(words.say("administration-done-lifted")),
        _ => None,
    };
    let name = account.credit_name.to_string();
    let shown = OnePage {
        layout: Layout::new(&site, &reader, name).within("account"),
        done,
        href: address(id),
        journal: url::with_query(
            "/administration/journal",
            &[("qui", &account.id.to_string())],
        ),
        line: line(&account, words),
        since: Moment::of(account.created_at, reader.language),
        is_self: reader.account().is_some_and(|me| me.id == id),
        roles: Role::ALL
            .into_iter()
            .map(|role| RoleChoice {
                code: role.as_str(),
                label: words.say(&format!("account-role-{role}")),
                is_chosen: role == account.role,
            })
            .collect(),
    };
    page(StatusCode::OK, &shown)
}

/// What the form of a role sends.
#[derive(Debug, Deserialize)]
pub struct RoleForm {
    role: String,
}

/// Gives a role.
///
/// `POST /administration/comptes/{id}/role` → 303 · 403 · 404 · 409 for the last steward
pub async fn set_role(
    reader: Reader,
    id: Path<String>,
    form: Form<RoleForm>,
    site: Data<Site>,
) -> Answer {
    let of = parse(&id)?;
    steward(&reader, &site, &Act::SetRole { of })?;
    let role = form
        .role
        .parse()
        .map_err(|_| Failure::of(FailureKind::Malformed))?;
    site.commons
        .people()
        .set_role(&reader.actor, of, role, Utc::now())
        .await?;
    site.waiting.forget();
    Ok(see_other(format!("{}?fait=role", address(of))))
}

/// What the form of a suspension sends.
#[derive(Debug, Deserialize)]
pub struct SuspendForm {
    suspendre: String,
}

/// Suspends somebody, or ends the suspension.
///
/// `POST /administration/comptes/{id}/suspension` → 303 · 403 · 404 · 409 for the last steward
pub async fn suspend(
    reader: Reader,
    id: Path<String>,
    form: Form<SuspendForm>,
    site: Data<Site>,
) -> Answer {
    let of = parse(&id)?;
    steward(&reader, &site, &Act::Suspend { of })?;
    let (suspended, word) = match form.suspendre.as_str() {
        "oui" => (true, "suspendu"),
        "non" => (false, "retabli"),
        _ => return Err(Failure::of(FailureKind::Malformed)),
    };
    site.commons
        .people()
        .suspend(&reader.actor, of, suspended, Utc::now())
        .await?;
    Ok(see_other(format!("{}?fait={word}", address(of))))
}

fn parse(id: &str) -> Result<AccountId, Failure> {
    id.parse().map_err(|_| Failure::missing())
}
