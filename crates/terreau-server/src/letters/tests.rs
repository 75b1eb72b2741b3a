//! The postman's patience.

use uuid::Uuid;

use super::*;

#[test]
fn waits_grow_and_end() {
    let every = Duration::from_secs(60);
    assert_eq!(wait(every, 0), every);
    assert_eq!(wait(every, 1), every * 2);
    assert_eq!(wait(every, 3), every * 8);
    assert_eq!(wait(every, 40), LONGEST_WAIT);
    let slow = Duration::from_secs(7_200);
    assert_eq!(wait(slow, 9), slow);
}

#[test]
fn a_mailbox_that_refuses_is_left_alone_longer_and_longer() {
    let now: DateTime<Utc> = "2026-11-22T08:00:00Z".parse().expect("a date");
    let id = AccountId::new(Uuid::from_u128(1));
    let mut postman = Postman::default();
    let mut waits = Vec::new();
    for _ in 0..12 {
        postman.leave_alone(id, now);
        waits.push((postman.refused[&id].1 - now).num_minutes());
    }
    assert_eq!(waits[..4], [1, 2, 4, 8]);
    assert_eq!(waits[11], 720);
}
