//! One answer of git, carried from the child's output to the client as it comes.

use std::process::ExitStatus;
use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::web::Bytes;
use futures_util::stream;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStderr, ChildStdin, ChildStdout};
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::mpsc;

use super::plain;

/// How long one copy may take in all.
const MAX_TIME: Duration = Duration::from_secs(600);
/// How long a client may leave a piece untaken.
const MAX_STALL: Duration = Duration::from_secs(60);
/// The size of a piece.
const PIECE_BYTES: usize = 64 << 10;
/// How much of git's complaints is kept for the log.
const MAX_COMPLAINT_BYTES: u64 = 64 << 10;

type Piece = Result<Bytes, std::io::Error>;

/// Gives `request` to `child` and streams its answer after `prefix`; `turn` is held until the child has ended.
pub(super) async fn answer(
    mut child: Child,
    request: Bytes,
    prefix: &'static [u8],
    turn: OwnedSemaphorePermit,
    media_type: &'static str,
) -> HttpResponse {
    let stdin = child.stdin.take();
    let mut stdout = child.stdout.take().expect("the command pipes its output");
    let stderr = child
        .stderr
        .take()
        .expect("the command pipes its complaints");
    let given = tokio::spawn(give(stdin, request));
    let complaint = tokio::spawn(complaint(stderr));

    // Nothing is answered before git has said something: a child that fails at once gives an honest status.
    let first = match tokio::time::timeout(MAX_STALL, piece(&mut stdout)).await {
        Ok(Ok(first)) if !first.is_empty() => first,
        _ => {
            given.abort();
            let _ = child.start_kill();
            let status = child.wait().await.ok();
            report(status, complaint.await.unwrap_or_default());
            return plain(
                StatusCode::BAD_REQUEST,
                "Cette demande n’a pas pu être comprise.\nThis request could not be understood.\n",
            );
        }
    };
    let (sender, receiver) = mpsc::channel::<Piece>(2);
    tokio::spawn(async move {
        let carried = tokio::time::timeout(
            MAX_TIME,
            carry(
                &mut child,
                stdout,
                &sender,
                [Bytes::from_static(prefix), first],
            ),
        )
        .await;
        if !matches!(carried, Ok(true)) {
            let _ = child.start_kill();
            // The client must not take a broken stream for a whole one.
            let _ = sender.try_send(Err(std::io::Error::other("the copy was interrupted")));
        }
        let status = child.wait().await.ok();
        given.abort();
        report(status, complaint.await.unwrap_or_default());
        drop(turn);
    });
    let pieces = stream::unfold(receiver, |mut receiver| async move {
        receiver.recv().await.map(|piece| (piece, receiver))
    });
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, media_type))
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .insert_header((
            header::CACHE_CONTROL,
            "no-cache, max-age=0, must-revalidate",
        ))
        .streaming(pieces)
}

/// Carries pieces until git's output ends; `false` when the client left, stalled, or git failed.
async fn carry(
    child: &mut Child,
    mut stdout: ChildStdout,
    sender: &mpsc::Sender<Piece>,
    first: [Bytes; 2],
) -> bool {
    for bytes in first.into_iter().filter(|bytes| !bytes.is_empty()) {
        if sender.send_timeout(Ok(bytes), MAX_STALL).await.is_err() {
            return false;
        }
    }
    loop {
        match piece(&mut stdout).await {
            Ok(bytes) if bytes.is_empty() => {
                return child.wait().await.is_ok_and(|status| status.success());
            }
            Ok(bytes) => {
                if sender.send_timeout(Ok(bytes), MAX_STALL).await.is_err() {
                    return false;
                }
            }
            Err(_) => return false,
        }
    }
}

async fn piece(stdout: &mut ChildStdout) -> std::io::Result<Bytes> {
    let mut bytes = Vec::with_capacity(PIECE_BYTES);
    stdout.read_buf(&mut bytes).await?;
    Ok(bytes.into())
}

async fn give(stdin: Option<ChildStdin>, request: Bytes) {
    let Some(mut stdin) = stdin else { return };
    // A child that stops listening has its reasons; its exit tells them.
    let _ = stdin.write_all(&request).await;
    let _ = stdin.shutdown().await;
}

async fn complaint(stderr: ChildStderr) -> String {
    let mut kept = Vec::new();
    let mut limited = stderr.take(MAX_COMPLAINT_BYTES);
    let _ = limited.read_to_end(&mut kept).await;
    // The rest is read and forgotten, so that git never waits for us.
    let _ = tokio::io::copy(&mut limited.into_inner(), &mut tokio::io::sink()).await;
    String::from_utf8_lossy(&kept).into_owned()
}

fn report(status: Option<ExitStatus>, complaint: String) {
    if !status.is_some_and(|status| status.success()) {
        tracing::warn!(
            ?status,
            complaint = complaint.escape_debug().to_string(),
            "git did not finish an answer"
        );
    }
}
