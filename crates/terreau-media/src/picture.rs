//! Pictures, made anew from their pixels.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageEncoder as _, ImageFormat, ImageReader};

use crate::{Format, Kept, Refusal, jpeg};

/// How long the longer side of a kept picture is at most, in pixels: sharp on a screen and on half a sheet of paper.
pub const LONGEST_SIDE: u32 = 2_000;
/// How good a JPEG is, of 100.
const QUALITY: u8 = 85;
/// An opaque PNG above this size is a photo, and kept as one.
const LARGE_PNG_BYTES: usize = 1 << 20;

/// What a picture may take before it is made smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How many pixels it has at most; telephones take up to 50 million.
    pub pixels: u64,
    /// How many pixels it has at most when it is a progressive JPEG, which is unpacked whole before any of it is a pixel.
    pub progressive_pixels: u64,
    /// How many bytes its pixels take at most once unpacked.
    pub unpacked_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            pixels: 50_500_000,
            progressive_pixels: 24_000_000,
            unpacked_bytes: 208 << 20,
        }
    }
}

/// Reads a picture within limits, which are held against what its head says before a pixel is unpacked.
pub fn read(bytes: &[u8], limits: Limits) -> Result<Kept, Refusal> {
    let Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) =
        image::guess_format(bytes)
    else {
        return Err(Refusal::Unknown);
    };
    let mut most_pixels = limits.pixels;
    if format == ImageFormat::Jpeg {
        // What follows the end of the picture is nobody's business, and some decoders make up for an end that is missing.
        let told = jpeg::look(bytes).ok_or(Refusal::Damaged)?;
        if told.is_progressive {
            most_pixels = limits.progressive_pixels;
        }
    }
    let mut decoder = ImageReader::with_format(Cursor::new(bytes), format)
        .into_decoder()
        .map_err(|error| refusal(&error))?;
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(Refusal::Damaged);
    }
    if u64::from(width) * u64::from(height) > most_pixels
        || decoder.total_bytes() > limits.unpacked_bytes
    {
        return Err(Refusal::TooManyPixels);
    }
    let mut most = image::Limits::default();
    most.max_alloc = Some(limits.unpacked_bytes);
    decoder.set_limits(most).map_err(|error| refusal(&error))?;
    // Read before the pixels; without it, photos taken upright would lie on their side.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let whole = DynamicImage::from_decoder(decoder).map_err(|error| refusal(&error))?;
    write(smaller(whole, orientation), format)
}

fn refusal(error: &image::ImageError) -> Refusal {
    match error {
        image::ImageError::Limits(_) => Refusal::TooManyPixels,
        _ => Refusal::Damaged,
    }
}

/// Returns a picture as it is looked at, not larger than is kept, with eight bits a colour.
fn smaller(whole: DynamicImage, orientation: Orientation) -> DynamicImage {
    let mut picture = if whole.width().max(whole.height()) > LONGEST_SIDE {
        whole.thumbnail(LONGEST_SIDE, LONGEST_SIDE)
    } else {
        whole
    };
    picture.apply_orientation(orientation);
    if picture.color().has_alpha() {
        let seen = picture.into_rgba8();
        if seen.pixels().any(|pixel| pixel.0[3] != u8::MAX) {
            return seen.into();
        }
        return DynamicImage::from(seen).into_rgb8().into();
    }
    picture.into_rgb8().into()
}

fn write(picture: DynamicImage, format: ImageFormat) -> Result<Kept, Refusal> {
    let size = Some((picture.width(), picture.height()));
    let is_see_through = picture.color().has_alpha();
    if is_see_through || format == ImageFormat::Png {
        let bytes = png(&picture)?;
        if is_see_through || bytes.len() <= LARGE_PNG_BYTES {
            let format = Format::Png;
            return Ok(Kept {
                bytes,
                format,
                size,
            });
        }
    }
    Ok(Kept {
        bytes: jpeg(&picture)?,
        format: Format::Jpeg,
        size,
    })
}

fn png(picture: &DynamicImage) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive)
        .write_image(
            picture.as_bytes(),
            picture.width(),
            picture.height(),
            picture.color().into(),
        )
        .map_err(|error| refusal(&error))?;
    Ok(bytes)
}

fn jpeg(picture: &DynamicImage) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY)
        .write_image(
            picture.as_bytes(),
            picture.width(),
            picture.height(),
            picture.color().into(),
        )
        .map_err(|error| refusal(&error))?;
    Ok(bytes)
}
