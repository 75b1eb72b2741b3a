//! Crashes: the server is killed under writes, and every acknowledged save is found again.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::json;
use terreau_tests::{Client, StoppedNode, TestNode, run_git};

/// How many times the server is killed.
const KILLS: usize = 50;
/// How many writers save at once.
const WRITERS: usize = 3;

/// What the writers did, over all lives of the server.
#[derive(Default)]
struct Work {
    acknowledged: Mutex<Vec<Acknowledged>>,
    /// Saves whose answer never came: they may or may not be there, and are sent again with the same key.
    unanswered: Mutex<Vec<usize>>,
    counter: AtomicUsize,
}

impl Work {
    fn next(&self) -> usize {
        let again = self.unanswered.lock().unwrap().pop();
        again.unwrap_or_else(|| self.counter.fetch_add(1, Ordering::Relaxed))
    }
}

/// A save that was acknowledged: the number written and the commit that shows it.
#[derive(Debug)]
struct Acknowledged {
    number: usize,
    commit: String,
}

#[test]
fn fifty_kills_under_writes_lose_no_acknowledged_save() {
    let mut node = TestNode::start();
    let token = node.token("editrice@example.org", "editor");
    let work = Arc::new(Work::default());
    for kill in 0..KILLS {
        node = write_until_killed(node, &token, kill, &work).start();
    }
    let acknowledged = work.acknowledged.lock().unwrap();
    assert!(
        acknowledged.len() >= KILLS,
        "only {} saves were acknowledged: nothing was tested",
        acknowledged.len()
    );
    let repository = node.data().join("commons.git");
    let listed =
        String::from_utf8(run_git(&repository, &["log", "--format=%H %s", "main"]).stdout).unwrap();
    for save in acknowledged.iter() {
        let line = format!("{} Essai {}", save.commit, save.number);
        assert!(
            listed.lines().any(|found| found == line),
            "acknowledged and lost: {line}"
        );
    }
    let mut subjects: Vec<&str> = listed
        .lines()
        .filter_map(|line| line.split_once(" Essai "))
        .map(|(_, number)| number)
        .collect();
    let saves = subjects.len();
    subjects.sort_unstable();
    subjects.dedup();
    assert_eq!(
        subjects.len(),
        saves,
        "a save that was sent again was published twice"
    );
    let checked = run_git(&repository, &["fsck", "--strict"]);
    assert!(
        checked.status.success(),
        "{}",
        String::from_utf8_lossy(&checked.stderr)
    );
    let (stopped, code) = node.stop();
    assert_eq!(code, Some(0), "SIGTERM is a clean end");
    let doctor = stopped.run(&["doctor"]);
    assert!(
        doctor.status.success(),
        "{}",
        String::from_utf8_lossy(&doctor.stdout)
    );
    println!(
        "{} saves acknowledged over {KILLS} kills, none lost",
        acknowledged.len()
    );
}

/// Lets writers save until the node is killed, at a moment that differs each time.
fn write_until_killed(node: TestNode, token: &str, kill: usize, work: &Arc<Work>) -> StoppedNode {
    let over = Arc::new(AtomicBool::new(false));
    let writers: Vec<_> = (0..WRITERS)
        .map(|_| {
            let (token, over, work, client) = (
                token.to_owned(),
                Arc::clone(&over),
                Arc::clone(work),
                node.client(),
            );
            std::thread::spawn(move || {
                while !over.load(Ordering::Relaxed) {
                    let number = work.next();
                    if !save(&client, &token, number, &work) {
                        work.unanswered.lock().unwrap().push(number);
                        return;
                    }
                }
            })
        })
        .collect();
    // Each life sees a save acknowledged, then ends at another moment of the next ones: before, during and after the
    // writes of objects, refs and rows.
    let before = work.acknowledged.lock().unwrap().len();
    crate::wait_until(|| work.acknowledged.lock().unwrap().len() > before);
    std::thread::sleep(Duration::from_millis((kill as u64 * 7) % 60));
    let stopped = node.kill();
    over.store(true, Ordering::Relaxed);
    for writer in writers {
        writer.join().unwrap();
    }
    stopped
}

/// Saves a new card; returns whether the server lived to answer.
fn save(client: &Client, token: &str, number: usize, work: &Work) -> bool {
    let body = json!({"content": new_card(number), "message": format!("Essai {number}")});
    let request = client
        .request("PUT", &format!("/api/v1/cards/pages/essai-{number}"))
        .bearer_auth(token)
        .header("Idempotency-Key", format!("essai-{number}"))
        .json(&body);
    let Ok(answer) = request.send() else {
        return false;
    };
    let status = answer.status();
    let Ok(saved) = answer.json::<serde_json::Value>() else {
        return false;
    };
    assert_eq!(status, 201, "{saved}");
    let commit = saved["commit"].as_str().unwrap().to_owned();
    work.acknowledged
        .lock()
        .unwrap()
        .push(Acknowledged { number, commit });
    true
}

fn new_card(number: usize) -> String {
    format!(
        "---\nid: 0193f1c2-0000-7000-8000-{number:012x}\nkind: page\ntitle: Essai {number}\n---\n\nUn texte écrit pendant la panne numéro {number}.\n"
    )
}
