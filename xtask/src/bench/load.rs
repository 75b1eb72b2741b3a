//! Load on a loopback address: sixteen connections that ask again as soon as they are answered. It stops by itself.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use anyhow::Context;

/// How many connections ask at once.
const CONNECTIONS: usize = 16;

/// An answer, read whole.
#[derive(Debug)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body as sent.
    pub body: Vec<u8>,
}

impl Response {
    /// Returns a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(found, _)| found == name)
            .map(|(_, value)| value.as_str())
    }
}

/// One connection that stays open.
pub struct Connection {
    stream: BufReader<TcpStream>,
    line: Vec<u8>,
    /// Room for a body that nobody looks at: as long as the longest so far, so that none costs more for its length.
    body: Vec<u8>,
}

impl Connection {
    /// Connects to `127.0.0.1:port`.
    ///
    /// # Errors
    /// When nobody listens there.
    pub fn open(address: &str) -> anyhow::Result<Connection> {
        let stream =
            TcpStream::connect(address).with_context(|| format!("cannot connect to {address}"))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        Ok(Connection {
            stream: BufReader::with_capacity(64 << 10, stream),
            line: Vec::new(),
            body: Vec::new(),
        })
    }

    /// Sends a request and reads its answer.
    ///
    /// # Errors
    /// When the connection breaks or the answer is not HTTP.
    pub fn send(&mut self, request: &[u8]) -> anyhow::Result<Response> {
        self.stream.get_mut().write_all(request)?;
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let status = line.split(' ').nth(1).context("no status line")?.parse()?;
        let mut headers = Vec::new();
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(':') else {
                break;
            };
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let length = headers
            .iter()
            .find(|(name, _)| name == "content-length")
            .map_or(Ok(0), |(_, value)| value.parse())?;
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        if headers
            .iter()
            .any(|(name, value)| name == "transfer-encoding" && value == "chunked")
        {
            body = self.chunks()?;
        }
        Ok(Response {
            status,
            headers,
            body,
        })
    }

    /// Sends a request and reads its answer to the end, keeping only its status: the client must not be what is measured.
    ///
    /// # Errors
    /// Those of [`Connection::send`].
    pub fn exchange(&mut self, request: &[u8]) -> anyhow::Result<u16> {
        self.stream.get_mut().write_all(request)?;
        let (mut status, mut length) = (0, 0);
        let mut line = std::mem::take(&mut self.line);
        loop {
            line.clear();
            self.stream.read_until(b'\n', &mut line)?;
            if status == 0 {
                let code = line.get(9..12).context("no status line")?;
                status = std::str::from_utf8(code)?.parse()?;
            } else if line.len() <= 2 {
                break;
            } else if line.len() > 15 && line[..15].eq_ignore_ascii_case(b"content-length:") {
                length = std::str::from_utf8(&line[15..])?.trim().parse()?;
            }
        }
        self.line = line;
        if self.body.len() < length {
            self.body.resize(length, 0);
        }
        self.stream.read_exact(&mut self.body[..length])?;
        Ok(status)
    }

    fn chunks(&mut self) -> anyhow::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line)?;
            let length = usize::from_str_radix(line.trim(), 16)?;
            let mut chunk = vec![0; length + 2];
            self.stream.read_exact(&mut chunk)?;
            if length == 0 {
                return Ok(body);
            }
            body.extend_from_slice(&chunk[..length]);
        }
    }
}

/// Returns the text of a GET request, as a browser that knows brotli sends it.
pub fn get(address: &str, path: &str, etag: Option<&str>) -> String {
    let condition = etag
        .map(|etag| format!("If-None-Match: {etag}\r\n"))
        .unwrap_or_default();
    format!(
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept-Encoding: gzip, br\r\nAccept-Language: fr\r\n{condition}\r\n"
    )
}

/// Returns how long a server takes for each of so many requests of two paths, asked in turns over one connection, in
/// milliseconds.
///
/// # Errors
/// When an answer is not 200.
pub fn times_in_turns(
    address: &str,
    paths: [&str; 2],
    requests: usize,
) -> anyhow::Result<[Vec<f64>; 2]> {
    let mut connection = Connection::open(address)?;
    let mut times: [Vec<f64>; 2] = Default::default();
    for _ in 0..requests {
        for (path, times) in paths.into_iter().zip(&mut times) {
            let request = get(address, path, None);
            let started = Instant::now();
            let status = connection.exchange(request.as_bytes())?;
            times.push(started.elapsed().as_secs_f64() * 1_000.0);
            anyhow::ensure!(status == 200, "{path}: {status}");
        }
    }
    Ok(times)
}

/// Returns how many requests a server answers in a second, over `requests` of them.
///
/// # Errors
/// When an answer is neither 200 nor 304.
pub fn requests_per_second(
    address: &str,
    path: &str,
    etag: Option<&str>,
    requests: usize,
) -> anyhow::Result<f64> {
    let request = get(address, path, etag);
    let expected = if etag.is_some() { 304 } else { 200 };
    let each = requests / CONNECTIONS;
    let started = Instant::now();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..CONNECTIONS)
            .map(|_| {
                scope.spawn(|| {
                    let mut connection = Connection::open(address)?;
                    for _ in 0..each {
                        let status = connection.exchange(request.as_bytes())?;
                        anyhow::ensure!(status == expected, "{path}: {status}");
                    }
                    Ok(())
                })
            })
            .collect();
        threads
            .into_iter()
            .try_for_each(|thread| thread.join().expect("no thread panics"))
    })?;
    Ok((each * CONNECTIONS) as f64 / started.elapsed().as_secs_f64())
}

/// Returns how many requests a server answers in a second, over some time.
///
/// # Errors
/// When an answer is not 200.
pub fn requests_per_second_for(address: &str, path: &str, time: Duration) -> anyhow::Result<f64> {
    let request = get(address, path, None);
    let started = Instant::now();
    let counts = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..CONNECTIONS)
            .map(|_| {
                scope.spawn(|| {
                    let mut connection = Connection::open(address)?;
                    let mut count = 0usize;
                    while started.elapsed() < time {
                        let status = connection.exchange(request.as_bytes())?;
                        anyhow::ensure!(status == 200, "{path}: {status}");
                        count += 1;
                    }
                    Ok(count)
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("no thread panics"))
            .sum::<anyhow::Result<usize>>()
    })?;
    Ok(counts as f64 / started.elapsed().as_secs_f64())
}
