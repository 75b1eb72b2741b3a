//! The words of the interface: Fluent messages of `web/locales/<language>/*.ftl`, French first.

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, langid};
use terreau_card::Language;

fluent_templates::static_loader! {
    static LOCALES = {
        locales: "../../web/locales",
        fallback_language: "fr",
        // Isolation marks protect mixed writing directions; French and English share one, and the marks would be copied.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static FRENCH: LanguageIdentifier = langid!("fr");
static ENGLISH: LanguageIdentifier = langid!("en");

/// The words of one language, as handed to templates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// The language they are in.
    pub language: Language,
}

impl Words {
    /// Returns the words of a language.
    pub fn of(language: Language) -> Words {
        Words { language }
    }

    /// Returns the code for `lang` attributes: `fr` or `en`.
    pub fn code(&self) -> &'static str {
        self.language.code()
    }

    /// Says a message.
    pub fn say(&self, key: &str) -> String {
        self.look_up(key, None)
    }

    /// Says a message with one argument.
    pub fn tell<'a>(&self, key: &str, name: &'static str, value: impl Argument<'a>) -> String {
        self.look_up(
            key,
            Some(&HashMap::from([(Cow::Borrowed(name), value.argument())])),
        )
    }

    /// Says a message with two arguments.
    pub fn tell_two<'a, 'b>(
        &self,
        key: &str,
        first: &'static str,
        first_value: impl Argument<'a>,
        second: &'static str,
        second_value: impl Argument<'b>,
    ) -> String {
        let arguments = HashMap::from([
            (Cow::Borrowed(first), first_value.argument()),
            (Cow::Borrowed(second), second_value.argument()),
        ]);
        self.look_up(key, Some(&arguments))
    }

    /// Says a message if there is one by that key.
    pub fn maybe(&self, key: &str) -> Option<String> {
        LOCALES.try_lookup(self.identifier(), key)
    }

    fn look_up(
        &self,
        key: &str,
        arguments: Option<&HashMap<Cow<'static, str>, FluentValue<'_>>>,
    ) -> String {
        LOCALES
            .try_lookup_complete(self.identifier(), key, arguments)
            .unwrap_or_else(|| {
                tracing::error!(key, language = self.code(), "no words for a key");
                key.to_owned()
            })
    }

    fn identifier(&self) -> &'static LanguageIdentifier {
        match self.language {
            Language::French => &FRENCH,
            Language::English => &ENGLISH,
        }
    }
}

/// What may be put into a message.
pub trait Argument<'a> {
    /// Returns the value as Fluent wants it.
    fn argument(self) -> FluentValue<'a>;
}

impl<'a> Argument<'a> for &'a str {
    fn argument(self) -> FluentValue<'a> {
        FluentValue::from(self)
    }
}

impl<'a> Argument<'a> for &'a String {
    fn argument(self) -> FluentValue<'a> {
        FluentValue::from(self.as_str())
    }
}

impl<'a> Argument<'a> for &'a &str {
    fn argument(self) -> FluentValue<'a> {
        FluentValue::from(*self)
    }
}

impl Argument<'static> for String {
    fn argument(self) -> FluentValue<'static> {
        FluentValue::from(self)
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Argument<'static> for $number {
            fn argument(self) -> FluentValue<'static> {
                FluentValue::from(self)
            }
        }
        impl Argument<'static> for &$number {
            fn argument(self) -> FluentValue<'static> {
                FluentValue::from(*self)
            }
        }
    )*};
}
numbers!(u8, u16, u32, u64, usize, i32, i64, f64);

#[cfg(test)]
mod tests;
