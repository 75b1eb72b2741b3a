//! Who watches what, and who hears of a change.

use terreau_card::CardId;
use terreau_community::AccountId;
use uuid::Uuid;

use super::{on_each_engine, settle};
use crate::{DbError, Subject};

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_told_once_to_each_who_watches() {
    on_each_engine(async |db| {
        let card = CardId(Uuid::from_u128(77));
        let topic = |code: &str| Subject::Topic(code.to_owned());
        let (of_card, of_topic, of_all, of_both, of_nothing, suspended) = (
            settle(&db, 1).await,
            settle(&db, 2).await,
            settle(&db, 3).await,
            settle(&db, 4).await,
            settle(&db, 5).await,
            settle(&db, 6).await,
        );
        for (who, subject) in [
            (of_card, Subject::Card(card)),
            (of_card, Subject::Card(card)), // twice is once
            (of_topic, topic("eau")),
            (of_all, Subject::Everything),
            (of_both, topic("eau")),
            (of_both, Subject::Card(card)),
            (of_nothing, topic("feu")),
            (of_nothing, Subject::Card(CardId(Uuid::from_u128(78)))),
            (suspended, Subject::Everything),
            (of_both, Subject::Search("q=eau".to_owned())),
            (suspended, Subject::Search("q=eau".to_owned())),
        ] {
            db.watch(who, &subject).await.unwrap();
        }
        db.set_suspended(suspended, true).await.unwrap();

        let told = async |topics: &[&str]| {
            let topics: Vec<String> = topics.iter().map(|code| (*code).to_owned()).collect();
            db.watchers_of(card, &topics).await.unwrap()
        };
        assert_eq!(
            told(&["eau", "terre"]).await,
            [of_card, of_topic, of_all, of_both]
        );
        assert_eq!(told(&[]).await, [of_card, of_all, of_both]);

        assert_eq!(
            db.watches(of_both).await.unwrap(),
            [
                Subject::Card(card),
                Subject::Search("q=eau".to_owned()),
                topic("eau")
            ]
        );
        assert_eq!(
            db.watched_questions(10).await.unwrap(),
            [(of_both, "q=eau".to_owned())]
        );
        db.unwatch(of_both, &Subject::Card(card)).await.unwrap();
        db.unwatch(of_both, &Subject::Card(card)).await.unwrap(); // twice does no harm
        assert_eq!(
            db.watches(of_both).await.unwrap(),
            [Subject::Search("q=eau".to_owned()), topic("eau")]
        );
        assert_eq!(told(&[]).await, [of_card, of_all]);

        let nobody = AccountId::new(Uuid::from_u128(9));
        let refused = db.watch(nobody, &Subject::Everything).await;
        assert!(matches!(refused, Err(DbError::Missing)), "{refused:?}");
    })
    .await;
}
