//! One's own account: the name that is credited, what one published, sessions and tokens.

mod data;
mod delete;
mod drafts;
mod name;
mod sessions;
mod tokens;
mod ways_in;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Query};
use askama::Template;
use serde::Deserialize;
use terreau_card::Language;
use terreau_commons::Profile;
use terreau_community::{
    Account, Act, Answer as Permission, CreditName, HowOften, NameRefusal, OrganisationName, Role,
    Scope, hidden_name,
};

use crate::dates::Moment;
use crate::failure::FailureKind;
use crate::layout::{page, see_other};
use crate::pages::sign_in::goodbye;
use crate::{Answer, Failure, Layout, Reader, Site, Words, url};

use drafts::DraftLine;
use sessions::SessionLine;
use ways_in::WaysIn;

pub use data::own_data;
pub use delete::{ask_delete, delete, deleted};
pub use name::hide_name;
pub use sessions::{end_others, end_session};
pub use tokens::{create_token, revoke_token};
pub use ways_in::unlink;

/// How many contributions the page lists.
const LISTED_CONTRIBUTIONS: u64 = 20;

/// What the profile form asks for.
#[derive(Debug, Default, Deserialize)]
pub struct ProfileForm {
    /// The name to be credited under.
    #[serde(default)]
    nom: String,
    /// The organisation to be credited with.
    #[serde(default)]
    organisation: String,
    /// The language of pages and letters.
    #[serde(default)]
    langue: String,
    /// How often notices come by mail; as before when the form does not ask.
    #[serde(default)]
    avis: String,
    /// Where to go then.
    #[serde(default)]
    suite: String,
}

/// The fields of a profile, as typed, with what is wrong in them.
struct ProfileFields {
    name: String,
    name_problem: Option<String>,
    organisation: String,
    organisation_problem: Option<String>,
    language: &'static str,
    notices: HowOften,
}

impl ProfileFields {
    fn of(account: &Account, is_unnamed: bool) -> ProfileFields {
        ProfileFields {
            name: if is_unnamed {
                String::new()
            } else {
                account.credit_name.to_string()
            },
            name_problem: None,
            organisation: account
                .organisation
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
            organisation_problem: None,
            language: account.language.code(),
            notices: account.notices,
        }
    }

    fn has_problems(&self) -> bool {
        self.name_problem.is_some() || self.organisation_problem.is_some()
    }
}

#[derive(Template)]
#[template(path = "account/page.html")]
struct AccountPage {
    layout: Layout,
    email: String,
    role: String,
    role_says: String,
    profile: ProfileFields,
    is_saved: bool,
    /// The name that stands for the person's, while they hide theirs.
    hidden_name: Option<String>,
    is_steward: bool,
    contributions: Vec<Contribution>,
    drafts: Vec<DraftLine>,
    ways_in: WaysIn,
    sessions: Vec<SessionLine>,
    tokens: Vec<TokenLine>,
    scopes: Vec<ScopeChoice>,
    token_name: String,
    token_problem: Option<String>,
    new_token: Option<String>,
}

struct Contribution {
    href: String,
    path: String,
    message: String,
    date: Moment,
}

struct TokenLine {
    id: String,
    name: String,
    scopes: String,
    since: Moment,
    used: Option<Moment>,
}

struct ScopeChoice {
    code: &'static str,
    says: String,
    is_chosen: bool,
}

/// What the page was asked to tell.
#[derive(Debug, Default, Deserialize)]
pub struct Told {
    /// Whether the profile was just saved.
    #[serde(default)]
    fait: String,
}

/// Shows one's account.
///
/// `GET /compte` → 200 · sign-in when nobody is
pub async fn show(reader: Reader, told: Query<Told>, site: Data<Site>) -> Answer {
    let account = own_account(&reader, &site)?;
    let mut shown = account_page(&reader, &site).await?;
    shown.profile = ProfileFields::of(account, false);
    shown.is_saved = matches!(told.fait.as_str(), "profil" | "entree");
    page(StatusCode::OK, &shown)
}

/// Returns one's account, when it is oneself who asks and not a token.
pub(crate) fn own_account<'a>(reader: &'a Reader, site: &Site) -> Result<&'a Account, Failure> {
    let account = reader.signed_in()?;
    match site
        .commons
        .may(&reader.actor, &Act::EditAccount { owner: account.id })
    {
        Permission::Yes => Ok(account),
        Permission::SignIn | Permission::No(_) => Err(Failure::of(FailureKind::Refused)),
    }
}

/// Gathers the page; forms that come back with problems change what they must.
async fn account_page(reader: &Reader, site: &Site) -> Result<AccountPage, Failure> {
    let account = own_account(reader, site)?;
    let (people, words) = (site.commons.people(), reader.words());
    let contributions = people
        .contributions(account.id, LISTED_CONTRIBUTIONS)
        .await?;
    let sessions = SessionLine::all(reader, site).await?;
    let tokens = people.tokens(&reader.actor, account.id).await?;
    Ok(AccountPage {
        layout: Layout::new(site, reader, words.say("account-page-title")).within("account"),
        email: account.email.as_str().to_owned(),
        role: words.say(&format!("account-role-{}", account.role.as_str())),
        role_says: words.say(&format!("account-role-{}-says", account.role.as_str())),
        profile: ProfileFields::of(account, false),
        is_saved: false,
        hidden_name: account
            .hides_name
            .then(|| hidden_name(account.language).to_string()),
        is_steward: site
            .commons
            .may(&reader.actor, &Act::ManageAccounts)
            .is_yes(),
        contributions: contributions
            .into_iter()
            .map(|version| Contribution {
                href: url::version(&version.path, version.commit),
                path: version.path.to_string(),
                message: version.message,
                date: Moment::of(version.date, reader.language),
            })
            .collect(),
        drafts: DraftLine::all(reader, site).await?,
        ways_in: WaysIn::of(reader, site).await?,
        sessions,
        tokens: tokens
            .into_iter()
            .filter(|token| token.revoked_at.is_none())
            .map(|token| TokenLine {
                id: token.id.to_string(),
                name: token.name,
                scopes: token
                    .scopes
                    .iter()
                    .map(|scope| scope.as_str())
                    .collect::<Vec<_>>()
                    .join(", "),
                since: Moment::of(token.created_at, reader.language),
                used: token
                    .last_used_at
                    .map(|used| Moment::of(used, reader.language)),
            })
            .collect(),
        scopes: scopes(words, account.role, &[Scope::CardWrite]),
        token_name: String::new(),
        token_problem: None,
        new_token: None,
    })
}

/// Lists the scopes that a token of this role can use.
fn scopes(words: Words, role: Role, chosen: &[Scope]) -> Vec<ScopeChoice> {
    Scope::ALL
        .into_iter()
        .filter(|scope| match scope {
            Scope::Admin => role >= Role::Steward,
            Scope::CardWrite | Scope::ReviewWrite => role >= Role::Editor,
            Scope::ProposalWrite | Scope::ExperienceWrite | Scope::MirrorPush => {
                role >= Role::Contributor
            }
        })
        .map(|scope| ScopeChoice {
            code: scope.as_str(),
            says: words.say(&format!(
                "account-scope-{}",
                scope.as_str().replace(':', "-")
            )),
            is_chosen: chosen.contains(&scope),
        })
        .collect()
}

#[derive(Template)]
#[template(path = "account/welcome.html")]
struct WelcomePage {
    layout: Layout,
    profile: ProfileFields,
    after: String,
}

/// Where to go once the name is chosen.
#[derive(Debug, Default, Deserialize)]
pub struct After {
    /// A path of this site.
    #[serde(default)]
    suite: String,
}

/// Asks a new person for the name to credit.
///
/// `GET /compte/bienvenue` → 200 · sign-in when nobody is
pub async fn welcome(reader: Reader, after: Query<After>, site: Data<Site>) -> Answer {
    let account = own_account(&reader, &site)?;
    let profile = ProfileFields::of(account, true);
    welcome_page(
        &reader,
        &site,
        profile,
        url::within_site(&after.suite),
        StatusCode::OK,
    )
}

fn welcome_page(
    reader: &Reader,
    site: &Site,
    profile: ProfileFields,
    after: &str,
    status: StatusCode,
) -> Answer {
    let layout =
        Layout::new(site, reader, reader.words().say("account-welcome-title")).within("account");
    page(
        status,
        &WelcomePage {
            layout,
            profile,
            after: after.to_owned(),
        },
    )
}

/// Saves the profile from the account page.
///
/// `POST /compte` → 303 · 422 page with its problems
pub async fn save(reader: Reader, form: Form<ProfileForm>, site: Data<Site>) -> Answer {
    match save_profile(&reader, &site, form.into_inner()).await? {
        Ok(_) => Ok(see_other("/compte?fait=profil")),
        Err(profile) => {
            let mut shown = account_page(&reader, &site).await?;
            shown.profile = profile;
            page(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
    }
}

/// Saves the profile of a new person.
///
/// `POST /compte/bienvenue` → 303 to where they were going · 422 page with its problems
pub async fn save_welcome(reader: Reader, form: Form<ProfileForm>, site: Data<Site>) -> Answer {
    let form = form.into_inner();
    let after = url::within_site(&form.suite).to_owned();
    match save_profile(&reader, &site, form).await? {
        Ok(_) => Ok(see_other(after)),
        Err(profile) => welcome_page(
            &reader,
            &site,
            profile,
            &after,
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
    }
}

/// Saves what was typed, or gives it back with its problems.
async fn save_profile(
    reader: &Reader,
    site: &Site,
    form: ProfileForm,
) -> Result<Result<(), ProfileFields>, Failure> {
    let account = own_account(reader, site)?;
    match profile_of(form, account, reader) {
        Ok(profile) => {
            site.commons
                .people()
                .set_profile(account.id, &profile)
                .await?;
            Ok(Ok(()))
        }
        Err(fields) => Ok(Err(fields)),
    }
}

fn profile_of(
    form: ProfileForm,
    account: &Account,
    reader: &Reader,
) -> Result<Profile, ProfileFields> {
    let words = reader.words();
    let language = Language::parse(&form.langue).unwrap_or(reader.language);
    let notices = form.avis.parse().unwrap_or(account.notices);
    let name = CreditName::parse(&form.nom);
    let organisation = match form.organisation.trim() {
        "" => Ok(None),
        text => OrganisationName::parse(text).map(Some),
    };
    match (name, organisation) {
        (Ok(credit_name), Ok(organisation)) => Ok(Profile {
            credit_name,
            organisation,
            language,
            notices,
        }),
        (name, organisation) => {
            let fields = ProfileFields {
                name_problem: name.err().map(|refusal| say_refusal(words, refusal)),
                organisation_problem: organisation
                    .err()
                    .map(|refusal| say_refusal(words, refusal)),
                name: form.nom,
                organisation: form.organisation,
                language: language.code(),
                notices,
            };
            debug_assert!(fields.has_problems());
            Err(fields)
        }
    }
}

/// Says what is wrong with a name.
pub(crate) fn say_refusal(words: Words, refusal: NameRefusal) -> String {
    match refusal {
        NameRefusal::Empty => words.say("account-name-empty"),
        NameRefusal::TooLong { max } => words.tell("account-name-too-long", "max", max),
        NameRefusal::Character(_) => words.say("account-name-character"),
        NameRefusal::NoLetter => words.say("account-name-no-letter"),
    }
}

/// Ends every session of the account.
///
/// `POST /compte/deconnexion-partout` → 303
pub async fn leave_everywhere(reader: Reader, site: Data<Site>) -> Answer {
    let account = own_account(&reader, &site)?;
    site.commons
        .people()
        .sign_out_everywhere(account.id)
        .await?;
    goodbye(&site)
}
