//! How often sign-ins may begin: letters for one visitor and to one address, departures for a provider.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use moka::sync::Cache;
use terreau_community::EmailAddress;

use crate::visitor::is_near;

/// How long a count is kept.
const WINDOW: Duration = Duration::from_secs(15 * 60);
/// How many letters one visitor may ask for in that time.
const BY_VISITOR: u32 = 10;
/// How many letters one address gets in that time.
const BY_ADDRESS: u32 = 5;
/// How many times one visitor may leave for a provider in that time; a workshop behind one connection signs in together.
const DEPARTURES: u32 = 60;
/// How many visitors and addresses are remembered.
const REMEMBERED: u64 = 50_000;

/// Counts of the last quarter of an hour; nothing of them is written anywhere.
pub(crate) struct Limits {
    visitors: Cache<IpAddr, Arc<AtomicU32>>,
    addresses: Cache<String, Arc<AtomicU32>>,
    departures: Cache<IpAddr, Arc<AtomicU32>>,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            visitors: counts(),
            addresses: counts(),
            departures: counts(),
        }
    }
}

fn counts<K>() -> Cache<K, Arc<AtomicU32>>
where
    K: std::hash::Hash + Eq + Send + Sync + 'static,
{
    Cache::builder()
        .time_to_live(WINDOW)
        .max_capacity(REMEMBERED)
        .build()
}

impl Limits {
    /// Counts a wish of a [`visitor`](crate::visitor::visitor) and tells whether it is within bounds.
    ///
    /// A private or local one is this machine, or a relay that does not say for whom it speaks: everyone would share its count.
    pub(crate) fn allow_visitor(&self, visitor: IpAddr) -> bool {
        within(&self.visitors, visitor, BY_VISITOR)
    }

    /// Counts a departure for a provider and tells whether it is within bounds.
    pub(super) fn allow_departure(&self, visitor: IpAddr) -> bool {
        within(&self.departures, visitor, DEPARTURES)
    }

    /// Counts a letter and tells whether it may leave.
    pub(crate) fn allow_letter(&self, to: &EmailAddress) -> bool {
        one_more(
            &self
                .addresses
                .get_with(to.as_str().to_owned(), Arc::default),
        ) <= BY_ADDRESS
    }
}

fn within(counts: &Cache<IpAddr, Arc<AtomicU32>>, visitor: IpAddr, most: u32) -> bool {
    is_near(visitor) || one_more(&counts.get_with(visitor, Arc::default)) <= most
}

fn one_more(count: &AtomicU32) -> u32 {
    count.fetch_add(1, Ordering::Relaxed).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visitor::network;

    fn visitor(text: &str) -> IpAddr {
        network(text.parse().expect("an address"))
    }

    #[test]
    fn a_visitor_who_asks_too_often_is_held_back_and_others_are_not() {
        let limits = Limits::default();
        for _ in 0..BY_VISITOR {
            assert!(limits.allow_visitor(visitor("203.0.113.7")));
        }
        assert!(!limits.allow_visitor(visitor("203.0.113.7")));
        assert!(!limits.allow_visitor(visitor("::ffff:203.0.113.7")));
        assert!(limits.allow_visitor(visitor("203.0.113.8")));
    }

    #[test]
    fn one_household_is_one_visitor() {
        let limits = Limits::default();
        for host in 0..BY_VISITOR {
            assert!(limits.allow_visitor(visitor(&format!("2001:db8:1:2::{host:x}"))));
        }
        assert!(!limits.allow_visitor(visitor("2001:db8:1:2:ffff::1")));
        assert!(limits.allow_visitor(visitor("2001:db8:1:3::1")));
    }

    #[test]
    fn relays_and_this_machine_are_not_counted() {
        let limits = Limits::default();
        for near in [
            "127.0.0.1",
            "::1",
            "10.0.0.2",
            "192.168.1.1",
            "fd00::1",
            "fe80::1",
        ] {
            for _ in 0..=BY_VISITOR {
                assert!(limits.allow_visitor(visitor(near)), "{near}");
            }
        }
    }

    #[test]
    fn an_address_gets_few_letters() {
        let limits = Limits::default();
        let address = EmailAddress::parse("a@exemple.fr").expect("an address");
        for _ in 0..BY_ADDRESS {
            assert!(limits.allow_letter(&address));
        }
        assert!(!limits.allow_letter(&address));
        assert!(limits.allow_letter(&EmailAddress::parse("b@exemple.fr").expect("an address")));
    }
}
