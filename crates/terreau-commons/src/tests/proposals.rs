//! Proposals, from the first words to what everyone reads.

use std::collections::BTreeSet;
use std::sync::Arc;

use terreau_card::CardPath;
use terreau_community::{
    Account, AccountId, Actor, CreditName, EmailAddress, HowOften, NoticeKind, OrganisationName,
    ProposalState, Reason, Role, Verdict,
};
use terreau_store::{Change, CommitId, Credit, Edit};

use super::{COMMONS_TOML, Scratch, now, path, text};
use crate::{
    CardChange, Commons, Joins, NewRemark, ProposalError, ProposalFilter, PublishError, Queue,
    Settings, Suggestion, new_commons,
};

/// Two approvals from two organisations for everything, and nobody publishes alone.
const STRICT: &str = "\n[[governance]]\nname = \"Deux regards\"\npaths = [\"**\"]\napprovals = 2\norganisations = 2\npublishers = []\nstewards = [\"Tous\"]\n";
const LIGHT: &str = "\n[[governance]]\nname = \"Un regard\"\npaths = [\"**\"]\napprovals = 1\norganisations = 1\npublishers = []\nstewards = [\"Tous\"]\n";

fn rules(governance: &str) -> String {
    let (before, _) = COMMONS_TOML
        .split_once("[[governance]]")
        .expect("the starter has rules");
    format!("{before}{governance}")
}

async fn open(scratch: &Scratch, governance: &str) -> Arc<Commons> {
    let toml = rules(governance);
    let settings: Settings = scratch.settings();
    let commons = Commons::open(settings, || {
        new_commons(&toml, terreau_card::Language::French)
    });
    let commons = commons.await.expect("a new commons opens");
    tokio::spawn(Arc::clone(&commons).follow());
    commons
}

fn account(number: u128, role: Role, organisation: Option<&str>) -> Account {
    Account {
        id: AccountId::new(uuid::Uuid::from_u128(number)),
        email: EmailAddress::parse(&format!("p{number}@example.org")).expect("an address"),
        credit_name: CreditName::parse(&format!("Personne {number}")).expect("a name"),
        organisation: organisation.map(|name| OrganisationName::parse(name).expect("a name")),
        role,
        language: terreau_card::Language::French,
        notices: HowOften::AtOnce,
        created_at: now(),
        suspended: false,
        hides_name: false,
        is_known: true,
    }
}

async fn person(commons: &Commons, number: u128, role: Role, organisation: Option<&str>) -> Actor {
    let account = account(number, role, organisation);
    commons
        .db()
        .create_account(&account)
        .await
        .expect("an account is made");
    Actor::person(Arc::new(account))
}

fn suggestion(commons: &Commons, change: impl Fn(&str) -> String, reason: &str) -> Suggestion {
    Suggestion {
        changes: vec![CardChange::Write {
            path: path(),
            text: change(&text(commons, &path())),
            base: Some(*commons.snapshot().commit()),
        }],
        reason: reason.to_owned(),
        request_key: None,
    }
}

async fn head(commons: &Commons, number: u64) -> CommitId {
    let page = commons.proposal(&Actor::Anonymous, number).await;
    CommitId::parse(&page.expect("the proposal is there").row.head).expect("a commit")
}

#[tokio::test(flavor = "multi_thread")]
async fn two_organisations_approve_and_the_proposer_is_credited() {
    let scratch = Scratch::new();
    let commons = open(&scratch, STRICT).await;
    let author = person(&commons, 1, Role::Contributor, Some("Les Haies vives")).await;
    let first = person(&commons, 2, Role::Editor, Some("La Traverse")).await;
    let colleague = person(&commons, 3, Role::Editor, Some("La Traverse")).await;
    let second = person(&commons, 4, Role::Editor, Some("Solucracy")).await;

    let number = commons
        .propose(
            &author,
            suggestion(
                &commons,
                |text| format!("{text}\nUn mot rare.\n"),
                "Un mot de plus",
            ),
            now(),
        )
        .await
        .expect("a contributor proposes");
    assert!(
        !text(&commons, &path()).contains("Un mot rare"),
        "nothing is published yet"
    );
    let seen = head(&commons, number).await;
    let waiting = ProposalFilter {
        queue: Queue::WaitingForMe,
        ..ProposalFilter::default()
    };
    assert_eq!(commons.proposals(&first, &waiting).await.unwrap().total, 1);

    // Who wrote it, or is no editor, does not review; one organisation is not two.
    let refused = commons
        .review(&author, number, &seen, Verdict::Approve, "", now())
        .await;
    assert!(matches!(
        refused,
        Err(ProposalError::NotAllowed(Reason::OwnWork))
    ));
    for reviewer in [&first, &colleague] {
        commons
            .review(reviewer, number, &seen, Verdict::Approve, "", now())
            .await
            .expect("editors review");
        let early = commons.publish_proposal(&first, number, &seen, now()).await;
        assert!(
            matches!(early, Err(ProposalError::NotEnough(_))),
            "{early:?}"
        );
    }
    assert_eq!(commons.proposals(&first, &waiting).await.unwrap().total, 0);
    commons
        .review(&second, number, &seen, Verdict::Approve, "", now())
        .await
        .unwrap();
    let commit = commons
        .publish_proposal(&second, number, &seen, now())
        .await
        .expect("two organisations agree");

    assert!(text(&commons, &path()).contains("Un mot rare"));
    let snapshot = commons.snapshot();
    let card = snapshot.head(&path()).unwrap();
    let version = &commons.versions(card, 1).await.unwrap().versions[0];
    assert_eq!(
        (version.commit, version.author.as_str(), version.proposal),
        (commit, "Personne 1", Some(i64::try_from(number).unwrap()))
    );
    let mut trailers = Vec::new();
    commons
        .store
        .log_since(None, &mut |logged| {
            if logged.commit == commit {
                trailers = logged.trailers;
            }
        })
        .unwrap();
    let reviewed: BTreeSet<&str> = trailers
        .iter()
        .filter(|(key, _)| key == "Reviewed-by")
        .map(|(_, value)| value.as_str())
        .collect();
    assert_eq!(
        reviewed,
        BTreeSet::from([
            "Personne 2 (La Traverse)",
            "Personne 3 (La Traverse)",
            "Personne 4 (Solucracy)"
        ])
    );
    let page = commons.proposal(&author, number).await.unwrap();
    assert_eq!(page.row.state, ProposalState::Published);
    assert_eq!(page.publication, Some(commit));
    let told = commons
        .db()
        .notices(author.account().unwrap().id, 20)
        .await
        .unwrap();
    assert_eq!(told[0].what, NoticeKind::Published);
    let again = commons
        .publish_proposal(&second, number, &seen, now())
        .await;
    assert!(matches!(
        again,
        Err(ProposalError::Closed(ProposalState::Published))
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revision_makes_reviews_stale_and_remarks_follow_their_paragraph() {
    let scratch = Scratch::new();
    let commons = open(&scratch, LIGHT).await;
    let author = person(&commons, 1, Role::Contributor, None).await;
    let editor = person(&commons, 2, Role::Editor, Some("La Traverse")).await;
    let number = commons
        .propose(
            &author,
            suggestion(
                &commons,
                |text| format!("{text}\nLe jardin ouvre tous les samedis de mai à neuf heures.\n"),
                "Les horaires",
            ),
            now(),
        )
        .await
        .unwrap();
    let seen = head(&commons, number).await;
    let page = commons.proposal(&editor, number).await.unwrap();
    let blocks = &page.cards[0].prose.as_ref().unwrap().blocks;
    let block = blocks.len() - 1;
    let file = page.cards[0].file.clone();
    commons
        .remark(
            &editor,
            number,
            NewRemark {
                thread: None,
                place: Some((file.clone(), block)),
                body: "Et en juin ?".to_owned(),
            },
            now(),
        )
        .await
        .unwrap();
    commons
        .review(&editor, number, &seen, Verdict::Approve, "", now())
        .await
        .unwrap();

    let revised = commons
        .revise(
            &author,
            number,
            1,
            suggestion(
                &commons,
                |text| {
                    format!("{text}\nUn paragraphe avant.\n\nLe jardin ouvre tous les samedis de mai et de juin à neuf heures.\n")
                },
                "Juin aussi",
            ),
            now(),
        )
        .await
        .unwrap();
    assert_eq!(revised, 2);
    let page = commons.proposal(&editor, number).await.unwrap();
    assert!(!page.standing.is_enough());
    assert_eq!(page.standing.stale.len(), 1);
    let (card, place) = page.threads[0].at.expect("the paragraph is still there");
    let block = &page.cards[card].prose.as_ref().unwrap().blocks[place];
    let said: String = block.spans.iter().map(|span| span.text.as_str()).collect();
    assert!(said.contains("juin à neuf heures"), "{said}");
    let stale = commons
        .publish_proposal(&editor, number, &seen, now())
        .await;
    assert!(matches!(stale, Err(ProposalError::Outdated)));
    let late = commons
        .revise(
            &author,
            number,
            1,
            suggestion(&commons, |text| format!("{text}\nX\n"), "x"),
            now(),
        )
        .await;
    assert!(matches!(late, Err(ProposalError::Outdated)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_published_meanwhile_is_joined_or_told() {
    let scratch = Scratch::new();
    let commons = open(&scratch, LIGHT).await;
    let author = person(&commons, 1, Role::Contributor, None).await;
    let editor = person(&commons, 2, Role::Editor, Some("La Traverse")).await;
    let title =
        |text: &str, word: &str| text.replacen("title: \"", &format!("title: \"{word} "), 1);
    let mut numbers = Vec::new();
    for word in ["Un", "Deux"] {
        let number = commons
            .propose(
                &author,
                suggestion(&commons, |text| title(text, word), word),
                now(),
            )
            .await
            .unwrap();
        let seen = head(&commons, number).await;
        commons
            .review(&editor, number, &seen, Verdict::Approve, "", now())
            .await
            .unwrap();
        numbers.push((number, seen));
    }
    let (first, seen) = numbers[0];
    commons
        .publish_proposal(&editor, first, &seen, now())
        .await
        .unwrap();

    let (second, seen) = numbers[1];
    let page = commons.proposal(&author, second).await.unwrap();
    let Joins::Not(reason) = &page.joins else {
        panic!("{:?}", page.joins)
    };
    let PublishError::Conflict(conflict) = reason.as_ref() else {
        panic!("{reason:?}")
    };
    let refused = commons
        .publish_proposal(&editor, second, &seen, now())
        .await;
    assert!(matches!(
        refused,
        Err(ProposalError::Unpublishable(PublishError::Conflict(_)))
    ));
    // The author chooses, on top of what is published now.
    let chosen = title(&text(&commons, &path()), "Deux");
    commons
        .revise(
            &author,
            second,
            1,
            Suggestion {
                changes: vec![CardChange::Write {
                    path: conflict.path.clone(),
                    text: chosen.clone(),
                    base: Some(conflict.head),
                }],
                reason: "Les deux".to_owned(),
                request_key: None,
            },
            now(),
        )
        .await
        .unwrap();
    let page = commons.proposal(&author, second).await.unwrap();
    assert!(matches!(page.joins, Joins::Cleanly));
    let seen = head(&commons, second).await;
    commons
        .review(&editor, second, &seen, Verdict::Approve, "", now())
        .await
        .unwrap();
    commons
        .publish_proposal(&editor, second, &seen, now())
        .await
        .unwrap();
    assert_eq!(text(&commons, &path()), chosen);
}

#[tokio::test(flavor = "multi_thread")]
async fn declining_and_withdrawing_need_words_and_close_for_good() {
    let scratch = Scratch::new();
    let commons = open(&scratch, LIGHT).await;
    let author = person(&commons, 1, Role::Contributor, None).await;
    let other = person(&commons, 2, Role::Contributor, None).await;
    let editor = person(&commons, 3, Role::Editor, None).await;
    let mut made = Vec::new();
    for word in ["a", "b"] {
        let suggestion = suggestion(&commons, |text| format!("{text}\n{word}\n"), word);
        made.push(commons.propose(&author, suggestion, now()).await.unwrap());
    }
    let silent = commons.decline(&editor, made[0], "  ", now()).await;
    assert!(matches!(silent, Err(ProposalError::NeedsWords)));
    commons
        .decline(&editor, made[0], "Déjà dit ailleurs.", now())
        .await
        .unwrap();
    let stranger = commons.withdraw(&other, made[1], "Non", now()).await;
    assert!(matches!(
        stranger,
        Err(ProposalError::NotAllowed(Reason::NotOwner))
    ));
    commons
        .withdraw(&author, made[1], "Je me suis trompée.", now())
        .await
        .unwrap();
    for number in made {
        let seen = head(&commons, number).await;
        let late = commons
            .review(&editor, number, &seen, Verdict::Approve, "", now())
            .await;
        assert!(matches!(late, Err(ProposalError::Closed(_))));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_request_makes_one_proposal() {
    let scratch = Scratch::new();
    let commons = open(&scratch, LIGHT).await;
    let author = person(&commons, 1, Role::Contributor, None).await;
    let mut asked = suggestion(&commons, |text| format!("{text}\nUne fois.\n"), "Une fois");
    asked.request_key = Some("une-cle-de-formulaire".to_owned());
    let first = commons
        .propose(&author, asked.clone(), now())
        .await
        .unwrap();
    let second = commons.propose(&author, asked, now()).await.unwrap();
    assert_eq!(first, second);
    let all = commons
        .proposals(&author, &ProposalFilter::default())
        .await
        .unwrap();
    assert_eq!(all.total, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_people_edit_one_card_and_every_accepted_edit_is_in_its_history() {
    let scratch = Scratch::new();
    let commons = open(&scratch, LIGHT).await;
    let editor = person(&commons, 1, Role::Editor, None).await;
    let second = person(&commons, 2, Role::Steward, None).await;
    let mut tasks = Vec::new();
    for number in 0..50u128 {
        let author = person(&commons, 100 + number, Role::Contributor, None).await;
        let (commons, editor, second) = (Arc::clone(&commons), editor.clone(), second.clone());
        tasks.push(tokio::spawn(async move {
            let change = |text: &str| format!("{text}\n### Personne {number}\n\nMot {number}.\n");
            let proposed = suggestion(&commons, change, &format!("Mot {number}"));
            let number = commons.propose(&author, proposed, now()).await.ok()?;
            let seen = head(&commons, number).await;
            let reviewer = if number % 2 == 0 { &editor } else { &second };
            commons
                .review(reviewer, number, &seen, Verdict::Approve, "", now())
                .await
                .unwrap();
            commons
                .publish_proposal(reviewer, number, &seen, now())
                .await
                .ok()
        }));
    }
    let mut accepted = BTreeSet::new();
    for task in tasks {
        accepted.extend(task.await.unwrap().map(|commit| commit.to_string()));
    }
    assert!(!accepted.is_empty());
    let snapshot = commons.snapshot();
    let card = snapshot.head(&path()).unwrap();
    let mut kept = BTreeSet::new();
    for page in 1..=3 {
        if let Ok(versions) = commons.versions(card, page).await {
            kept.extend(versions.versions.iter().map(|one| one.commit.to_string()));
        }
    }
    assert!(
        accepted.is_subset(&kept),
        "an accepted edit is not in the history"
    );
}

/// What the model knows of a review.
#[derive(Clone)]
struct Said {
    who: usize,
    organisation: Option<&'static str>,
    verdict: Verdict,
    head: CommitId,
    rules: usize,
}

/// What the model knows of a proposal.
struct Known {
    number: u64,
    head: CommitId,
    revision: u32,
    authors: BTreeSet<usize>,
    said: Vec<Said>,
}

/// A small generator of the same numbers every time. Source: Knuth's MMIX constants.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % most
    }
}

/// Revise, approve, ask, suspend, demote, change the rules, publish, in any order: nothing is published without the approvals
/// that the rules in force ask for, and what has them is.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_published_without_the_approvals_that_the_rules_ask_for() {
    const ORGANISATIONS: [Option<&str>; 6] =
        [Some("A"), Some("A"), Some("B"), Some("C"), None, Some("B")];
    let needed = [(2, 2), (1, 1)];
    let scratch = Scratch::new();
    let commons = open(&scratch, STRICT).await;
    let mut people = Vec::new();
    for (place, organisation) in ORGANISATIONS.into_iter().enumerate() {
        let role = if place < 5 {
            Role::Editor
        } else {
            Role::Contributor
        };
        people.push(person(&commons, 1 + place as u128, role, organisation).await);
    }
    let id = |who: usize| people[who].account().expect("a person").id;
    let (mut roles, mut suspended) = ([Role::Editor; 6], [false; 6]);
    roles[5] = Role::Contributor;
    let mut rules_now = 0;
    let mut open_ones: Vec<Known> = Vec::new();
    let mut dice = Dice(20_261_122);
    let (mut published, mut refused, mut unique) = (0, 0, 0);

    for _ in 0..3_000 {
        let who = dice.below(6);
        let can_write = !suspended[who] && roles[who] >= Role::Contributor;
        let can_review = !suspended[who] && roles[who] >= Role::Editor;
        let chosen = dice.below(open_ones.len().max(1));
        match dice.below(20) {
            0 | 1 if open_ones.len() < 4 => {
                unique += 1;
                let new = CardPath::parse(&format!("outils/neuf-{unique}")).unwrap();
                let card = text(&commons, &path()).replacen(
                    &commons.snapshot().head(&path()).unwrap().id.to_string(),
                    &format!("01890000-0000-7000-8000-{unique:012}"),
                    1,
                );
                let suggestion = Suggestion {
                    changes: vec![CardChange::Write {
                        path: new,
                        text: card,
                        base: None,
                    }],
                    reason: format!("Neuf {unique}"),
                    request_key: None,
                };
                let made = commons.propose(&people[who], suggestion, now()).await;
                assert_eq!(made.is_ok(), can_write, "{made:?}");
                if let Ok(number) = made {
                    open_ones.push(Known {
                        number,
                        head: head(&commons, number).await,
                        revision: 1,
                        authors: BTreeSet::from([who]),
                        said: Vec::new(),
                    });
                }
            }
            2 if !open_ones.is_empty() => {
                let known = &mut open_ones[chosen];
                let page = commons
                    .proposal(&Actor::Anonymous, known.number)
                    .await
                    .unwrap();
                let card = page.cards[0].path.clone().unwrap();
                let before = commons
                    .proposed_text(&Actor::Program, known.number, &card)
                    .await
                    .unwrap();
                unique += 1;
                let suggestion = Suggestion {
                    changes: vec![CardChange::Write {
                        path: card,
                        text: format!("{before}\nReprise {unique}.\n"),
                        base: None,
                    }],
                    reason: format!("Reprise {unique}"),
                    request_key: None,
                };
                let made = commons
                    .revise(
                        &people[who],
                        known.number,
                        known.revision,
                        suggestion,
                        now(),
                    )
                    .await;
                let may = can_write && (can_review || known.authors.contains(&who));
                assert_eq!(made.is_ok(), may, "{made:?}");
                if let Ok(revision) = made {
                    known.revision = revision;
                    known.head = head(&commons, known.number).await;
                    known.authors.insert(who);
                }
            }
            3..=13 if !open_ones.is_empty() => {
                let known = &mut open_ones[chosen];
                let verdict = if dice.below(9) == 0 {
                    Verdict::AskChanges
                } else {
                    Verdict::Approve
                };
                let made = commons
                    .review(
                        &people[who],
                        known.number,
                        &known.head,
                        verdict,
                        "mots",
                        now(),
                    )
                    .await;
                let may = can_review && !known.authors.contains(&who);
                assert_eq!(made.is_ok(), may, "{made:?}");
                if made.is_ok() {
                    known.said.push(Said {
                        who,
                        organisation: ORGANISATIONS[who],
                        verdict,
                        head: known.head,
                        rules: rules_now,
                    });
                }
            }
            14 if dice.below(2) == 0 => {
                suspended[who] = !suspended[who];
                commons
                    .db()
                    .set_suspended(id(who), suspended[who])
                    .await
                    .unwrap();
            }
            15 if who < 5 => {
                roles[who] = if roles[who] == Role::Editor {
                    Role::Contributor
                } else {
                    Role::Editor
                };
                commons.db().set_role(id(who), roles[who]).await.unwrap();
            }
            16 if dice.below(4) == 0 => {
                rules_now = 1 - rules_now;
                set_rules(&commons, if rules_now == 0 { STRICT } else { LIGHT });
            }
            _ if !open_ones.is_empty() => {
                let known = &open_ones[chosen];
                let enough = enough(known, &roles, &suspended, rules_now, needed[rules_now]);
                let made = commons
                    .publish_proposal(&people[who], known.number, &known.head, now())
                    .await;
                assert_eq!(
                    made.is_ok(),
                    can_review && enough,
                    "proposal {} by {who}: {made:?}",
                    known.number
                );
                if made.is_ok() {
                    published += 1;
                    open_ones.remove(chosen);
                } else {
                    refused += 1;
                }
            }
            _ => {}
        }
    }
    assert!(
        published > 15 && refused > 50,
        "{published} published, {refused} refused"
    );
}

/// Tells whether a proposal has the approvals that the rules ask for: the same question, asked in another way.
fn enough(
    known: &Known,
    roles: &[Role; 6],
    suspended: &[bool; 6],
    rules: usize,
    (approvals, organisations): (usize, usize),
) -> bool {
    let mut people = 0;
    let mut from = BTreeSet::new();
    for who in 0..6 {
        let Some(last) = known.said.iter().rev().find(|said| said.who == who) else {
            continue;
        };
        let counts = !suspended[who]
            && roles[who] >= Role::Editor
            && !known.authors.contains(&who)
            && last.head == known.head;
        match last.verdict {
            Verdict::AskChanges if counts => return false,
            Verdict::Approve if counts && last.rules == rules => {
                people += 1;
                from.extend(last.organisation);
            }
            _ => {}
        }
    }
    // Somebody without an organisation speaks for one where one is enough.
    let voices = from.len().max(usize::from(people > 0));
    people >= approvals && voices >= organisations
}

fn set_rules(commons: &Commons, governance: &str) {
    let change = Change {
        edits: vec![Edit::PutFile {
            path: "commons.toml".to_owned(),
            bytes: rules(governance).into_bytes(),
            base: None,
        }],
        author: Credit {
            name: "Le commun".to_owned(),
            organisation: None,
            account: uuid::Uuid::from_u128(99),
        },
        message: "Les règles".to_owned(),
        trailers: Vec::new(),
    };
    commons
        .store
        .publish(change, now())
        .expect("the rules are good");
}
