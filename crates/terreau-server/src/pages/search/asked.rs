//! What a search asks, as its address says it.

use chrono::Utc;
use terreau_card::facets::Facet;
use terreau_card::{CardPath, CommonsConfig, Language};
use terreau_commons::{Query, Question, Sort};

use crate::{facets, url};

/// How many cards a page of results shows.
pub const PER_PAGE: usize = 12;
/// The longest text that is searched for; more is cut.
const LONGEST: usize = 200;
/// The last page that is answered: nobody reads that far, and crawlers should not.
const LAST_PAGE: usize = 500;
/// The most filters of one search.
const MOST_FILTERS: usize = 60;
/// How many cards are compared at most.
pub const MOST_COMPARED: usize = 3;

/// The address of the search.
pub const SEARCH: &str = "/recherche";
/// The address of the map of what a search finds.
pub const MAP: &str = "/carte";

/// How the answer is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// As a list, page by page.
    #[default]
    List,
    /// On the map.
    Map,
}

/// What is asked. Unknown facets and values are passed over; the same question always has the same address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// What was typed.
    pub text: String,
    /// The filters chosen, in the order of facets.
    pub filters: Vec<(Facet, String)>,
    /// Whether the text is taken as it is.
    pub as_typed: bool,
    /// The order of the results.
    pub sort: Sort,
    /// The page, from 1.
    pub page: usize,
    /// Whether to say why each card stands where it stands.
    pub explain: bool,
    /// The cards that a reader is comparing, to which results may be added.
    pub compared: Vec<CardPath>,
    /// How the answer is shown.
    pub view: View,
}

impl Asked {
    /// Reads the query of an address.
    pub fn read(query: &str, config: &CommonsConfig) -> Asked {
        let mut asked = Asked {
            page: 1,
            ..Asked::default()
        };
        for (name, value) in pairs(query) {
            match name.as_str() {
                "q" => asked.text = value.trim().chars().take(LONGEST).collect(),
                "page" => asked.page = value.parse().unwrap_or(1).clamp(1, LAST_PAGE),
                "sort" => asked.sort = sort_of(&value).unwrap_or_default(),
                "as_typed" => asked.as_typed = value == "1",
                "explain" => asked.explain = value == "1",
                "comparer" => asked.compare(&value),
                _ => {
                    let Ok(facet) = name.parse::<Facet>() else {
                        continue;
                    };
                    let filter = (facet, value);
                    if asked.filters.len() < MOST_FILTERS
                        && facets::is_value(facet, &filter.1, config)
                        && !asked.filters.contains(&filter)
                    {
                        asked.filters.push(filter);
                    }
                }
            }
        }
        asked.filters.sort();
        asked
    }

    fn compare(&mut self, path: &str) {
        if let Ok(path) = CardPath::parse(path)
            && self.compared.len() < MOST_COMPARED
            && !self.compared.contains(&path)
        {
            self.compared.push(path);
        }
    }

    /// Returns the address that asks this.
    pub fn url(&self) -> String {
        self.url_at(match self.view {
            View::List => SEARCH,
            View::Map => MAP,
        })
    }

    /// Returns the same question, its answer shown in another way.
    pub fn viewed(&self, view: View) -> Asked {
        Asked {
            view,
            ..self.first_page()
        }
    }

    /// Returns the question for everything.
    pub fn of_view(view: View) -> Asked {
        Asked {
            page: 1,
            view,
            ..Asked::default()
        }
    }

    /// Returns the address of the same question elsewhere: a feed, a table.
    pub fn url_at(&self, path: &str) -> String {
        let page = match self.page {
            0 | 1 => String::new(),
            page => page.to_string(),
        };
        let flag = |on: bool| if on { "1" } else { "" };
        let mut pairs = vec![("q", self.text.as_str())];
        let filters = self.filters.iter();
        pairs.extend(filters.map(|(facet, code)| (facet.as_str(), code.as_str())));
        pairs.push(("as_typed", flag(self.as_typed)));
        pairs.push(("sort", sort_word(self.sort)));
        pairs.push(("explain", flag(self.explain)));
        pairs.extend(self.compared.iter().map(|path| ("comparer", path.as_str())));
        pairs.push(("page", &page));
        url::with_query(path, &pairs)
    }

    /// Tells whether a value is chosen.
    pub fn has(&self, facet: Facet, code: &str) -> bool {
        self.filters
            .iter()
            .any(|(its, value)| *its == facet && value == code)
    }

    /// Returns the question with a value chosen, or no longer chosen. In a tree, a branch and what is under it are never
    /// both chosen: the narrower one takes the place of the wider, and the other way round.
    pub fn toggled(&self, facet: Facet, code: &str) -> Asked {
        let mut other = self.first_page();
        if other.has(facet, code) {
            other
                .filters
                .retain(|(its, value)| *its != facet || value != code);
        } else {
            if facet.is_tree() {
                other.filters.retain(|(its, value)| {
                    *its != facet || !(is_under(code, value) || is_under(value, code))
                });
            }
            other.filters.push((facet, code.to_owned()));
            other.filters.sort();
        }
        other
    }

    /// Returns the question with another text.
    pub fn saying(&self, text: &str) -> Asked {
        Asked {
            text: text.to_owned(),
            ..self.first_page()
        }
    }

    /// Returns the question with its text taken as it is.
    pub fn as_typed(&self) -> Asked {
        Asked {
            as_typed: true,
            ..self.first_page()
        }
    }

    /// Returns the question in another order.
    pub fn sorted(&self, sort: Sort) -> Asked {
        Asked {
            sort,
            ..self.first_page()
        }
    }

    /// Returns the question without its filters.
    pub fn without_filters(&self) -> Asked {
        Asked {
            filters: Vec::new(),
            ..self.first_page()
        }
    }

    /// Returns another page of the answer.
    pub fn at(&self, page: usize) -> Asked {
        Asked {
            page,
            ..self.clone()
        }
    }

    /// Returns only what is asked of the cards: for feeds and for what people are told of.
    pub fn alone(&self) -> Asked {
        Asked {
            text: self.text.clone(),
            filters: self.filters.clone(),
            as_typed: self.as_typed,
            page: 1,
            ..Asked::default()
        }
    }

    /// Returns the question as it is kept.
    pub fn question(&self) -> Question {
        Question {
            text: self.text.clone(),
            filters: self.filters.clone(),
            as_typed: self.as_typed,
        }
    }

    fn first_page(&self) -> Asked {
        self.at(1)
    }

    /// Returns what the index is asked.
    pub fn query(&self, language: Language) -> Query {
        Query {
            text: self.text.clone(),
            filters: self.filters.clone(),
            as_typed: self.as_typed,
            sort: self.sort,
            language: Some(language),
            now: Some(Utc::now().timestamp()),
            explain: self.explain,
            is_bare: false,
            limit: PER_PAGE,
            offset: (self.page.max(1) - 1) * PER_PAGE,
        }
    }
}

/// Reads an order by its word.
pub fn sort_of(word: &str) -> Option<Sort> {
    [Sort::Relevance, Sort::MostTried, Sort::Newest]
        .into_iter()
        .find(|sort| !word.is_empty() && sort_word(*sort) == word)
}

/// Returns the word of an order in addresses; the usual one has none.
pub const fn sort_word(sort: Sort) -> &'static str {
    match sort {
        Sort::Relevance => "",
        Sort::MostTried => "tried",
        Sort::Newest => "newest",
    }
}

fn is_under(code: &str, above: &str) -> bool {
    code.strip_prefix(above)
        .is_some_and(|rest| rest.starts_with('/'))
}

/// Reads the pairs of a query; what is not UTF-8 is read as well as can be.
pub fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    actix_web::web::Query::<Vec<(String, String)>>::from_query(query)
        .map(actix_web::web::Query::into_inner)
        .unwrap_or_default()
        .into_iter()
}
