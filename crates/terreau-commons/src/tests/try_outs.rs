//! Try-outs: whoever floods fills their share of the queue and no more.

use std::net::IpAddr;
use std::sync::Arc;

use secrecy::ExposeSecret;
use terreau_card::Language;
use terreau_community::{Actor, CreditName, EmailAddress};
use terreau_db::MAX_TRY_OUTS_BY_SENDER;
use terreau_experience::{Told, TryOut, WrittenPlace};

use super::{Scratch, now, path};
use crate::{Commons, NewTryOut, TryOutError, TryOutState};

const SCRIPTS: usize = 10;
const EACH: usize = 1_000;

fn told(commons: &Commons, address: &str, visitor: &str) -> NewTryOut {
    NewTryOut {
        told: TryOut {
            about: path(),
            about_title: "Exemple".to_owned(),
            commit: commons.snapshot().commit().to_string(),
            place: WrittenPlace::by_hand("Combloux"),
            told: Told {
                story: "Les gens se sont arrêtés.".to_owned(),
                ..Told::default()
            },
            name: "Zoé".to_owned(),
            organisation: None,
            language: Language::French,
        },
        email: Some(EmailAddress::parse(address).expect("an address")),
        name: CreditName::parse("Zoé").expect("a name"),
        organisation: None,
        visitor: visitor.parse::<IpAddr>().expect("a place"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_from_one_place_leave_twenty_in_the_queue() {
    let scratch = Scratch::new();
    let commons = scratch.open().await;
    let scripts: Vec<_> = (0..SCRIPTS)
        .map(|script| {
            let commons = Arc::clone(&commons);
            tokio::spawn(async move {
                let mut taken = 0;
                for number in 0..EACH {
                    let address = format!("robot{script}.{number}@example.org");
                    let new = told(&commons, &address, "198.51.100.7");
                    match commons.send_try_out(&Actor::Anonymous, new, now()).await {
                        Ok(sent) => {
                            let token = sent.token.expose_secret();
                            commons
                                .confirm_try_out(token, now())
                                .await
                                .expect("it is new");
                            taken += 1;
                        }
                        Err(TryOutError::Full) => {}
                        Err(other) => panic!("{other}"),
                    }
                }
                taken
            })
        })
        .collect();
    let mut taken = 0;
    for script in scripts {
        taken += script.await.expect("it ends");
    }
    assert_eq!(taken, MAX_TRY_OUTS_BY_SENDER);
    for (state, count) in [
        (TryOutState::Waiting, MAX_TRY_OUTS_BY_SENDER),
        (TryOutState::Unconfirmed, 0),
    ] {
        assert_eq!(
            commons.db().count_try_outs(state).await.expect("a count"),
            count
        );
    }
    // Somebody elsewhere is heard all the same.
    let other = told(&commons, "zoe@example.org", "198.51.100.8");
    let sent = commons.send_try_out(&Actor::Anonymous, other, now()).await;
    assert!(sent.is_ok(), "{:?}", sent.err());
}
