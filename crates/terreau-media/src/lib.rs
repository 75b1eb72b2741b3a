//! A file that somebody sends, read as if it were hostile: bytes in, a picture or a PDF out, or why not.
//!
//! A picture is made anew from its pixels: where it was taken, what else its file carried and what was hung on behind are gone.
//! A PDF is kept as it came, when nothing in it runs, opens or asks for a password. Memory is bounded before anything is
//! unpacked: a file says how large it is in its first bytes, and what it says is held against [`Limits`].

mod jpeg;
mod pdf;
mod picture;
#[cfg(test)]
mod tests;

pub use picture::{LONGEST_SIDE, Limits};

/// How large a file is at most, in bytes.
pub const MAX_BYTES: usize = 10 << 20;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// A photo.
    Jpeg,
    /// A drawing, or a picture with transparent places.
    Png,
    /// A document.
    Pdf,
}

impl Format {
    /// Every format that is kept.
    pub const ALL: [Format; 3] = [Format::Jpeg, Format::Png, Format::Pdf];

    /// Returns how the names of its files end, without the dot.
    pub const fn ending(self) -> &'static str {
        match self {
            Format::Jpeg => "jpg",
            Format::Png => "png",
            Format::Pdf => "pdf",
        }
    }

    /// Returns its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Format::Jpeg => "image/jpeg",
            Format::Png => "image/png",
            Format::Pdf => "application/pdf",
        }
    }

    /// Tells whether it is a picture.
    pub const fn is_picture(self) -> bool {
        matches!(self, Format::Jpeg | Format::Png)
    }

    /// Returns the format whose files end so.
    pub fn of_ending(ending: &str) -> Option<Format> {
        Format::ALL
            .into_iter()
            .find(|format| format.ending() == ending)
    }
}

/// A file that can be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its content.
    pub bytes: Vec<u8>,
    /// What it is.
    pub format: Format,
    /// Its width and height in pixels, when it is a picture.
    pub size: Option<(u32, u32)>,
}

/// Why a file is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Refusal {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It is larger than [`MAX_BYTES`].
    #[error("the file is too large")]
    TooLarge,
    /// It would be too large once unpacked: more pixels than any camera takes, or a small file that swells.
    #[error("the file is too large once unpacked")]
    TooManyPixels,
    /// It is neither a JPEG, PNG or WebP picture nor a PDF.
    #[error("the kind of the file is not taken")]
    Unknown,
    /// It ends too early, or cannot be read.
    #[error("the file is damaged")]
    Damaged,
    /// A PDF that is encrypted: nobody can tell what is in it.
    #[error("the document is protected")]
    Protected,
    /// A PDF with scripts, forms that send, or files of its own.
    #[error("the document does something")]
    Active,
}

/// Reads a file by what is in it; its name and what its sender says that it is mean nothing.
///
/// # Errors
/// See [`Refusal`].
pub fn read(bytes: &[u8]) -> Result<Kept, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::TooLarge);
    }
    if bytes.starts_with(pdf::HEAD) {
        pdf::look(bytes)?;
        return Ok(Kept {
            bytes: bytes.to_vec(),
            format: Format::Pdf,
            size: None,
        });
    }
    picture::read(bytes, Limits::default())
}
