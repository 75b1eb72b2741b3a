//! Where a request comes from, as far as limits need to know: an address, or the 64 bits that a household shares.

use std::net::{IpAddr, Ipv4Addr};

use actix_web::HttpRequest;

/// Returns the network of whoever asks. A relay on this machine or beside it says whom it speaks for in `X-Forwarded-For`; from
/// anybody else that header means nothing. Behind a relay that does not say, everybody is one.
pub fn visitor(request: &HttpRequest) -> IpAddr {
    let peer = request.peer_addr().map(|peer| peer.ip());
    let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    if !is_near(peer) {
        return network(peer);
    }
    // The last one is what our own relay saw; those before are what it was told.
    let told = request
        .headers()
        .get_all("x-forwarded-for")
        .last()
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.rsplit(',').next()?.trim().parse().ok());
    network(told.unwrap_or(peer))
}

/// Returns the network that an address stands for: one household shares the first 64 bits of version 6.
pub fn network(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V6(ip) => {
            let [a, b, c, d, ..] = ip.segments();
            IpAddr::V6([a, b, c, d, 0, 0, 0, 0].into())
        }
        ip => ip,
    }
}

/// Tells whether an address is private or local: a relay in front of us, or this machine.
pub fn is_near(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => ip.is_loopback() || ip.is_private() || ip.is_link_local(),
        IpAddr::V6(ip) => {
            ip.segments()[..4] == [0; 4]
                || ip.segments()[0] & 0xfe00 == 0xfc00
                || ip.segments()[0] & 0xffc0 == 0xfe80
        }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::visitor;

    #[test]
    fn only_a_relay_beside_us_says_whom_it_speaks_for() {
        for (peer, told, seen) in [
            ("127.0.0.1", "", "127.0.0.1"),
            ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
            ("10.0.0.2", "203.0.113.9, 198.51.100.7", "198.51.100.7"),
            ("192.0.2.1", "198.51.100.7", "192.0.2.1"),
            ("127.0.0.1", "personne", "127.0.0.1"),
            ("::1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
            ("::ffff:192.0.2.1", "198.51.100.7", "192.0.2.1"),
        ] {
            let peer_addr = format!("[{peer}]:9");
            let address = peer_addr
                .parse()
                .or_else(|_| format!("{peer}:9").parse())
                .expect("an address");
            let mut request = TestRequest::get().peer_addr(address);
            if !told.is_empty() {
                request = request.insert_header(("x-forwarded-for", told));
            }
            let found = visitor(&request.to_http_request());
            assert_eq!(found.to_string(), seen, "{peer} for {told}");
        }
    }
}
