//! The site: routes, sign-in, pages, API, mail.
