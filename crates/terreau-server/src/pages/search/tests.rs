//! Tests of the addresses of searches.

use terreau_card::CommonsConfig;
use terreau_card::facets::Facet;

use super::*;

fn read(query: &str) -> Asked {
    let config = CommonsConfig::read(include_str!("../../../../../content/commons.toml"))
        .expect("the starter commons is right");
    Asked::read(query, &config)
}

#[test]
fn a_question_has_one_address() {
    let asked = read("page=3&topic=eau&kind=method&q=+l%E2%80%99eau&kind=method&sort=tried");
    assert_eq!(
        asked.url(),
        "/recherche?q=l%E2%80%99eau&topic=eau&kind=method&sort=tried&page=3"
    );
    assert_eq!(read(asked.url().split_once('?').expect("a query").1), asked);
    assert_eq!(
        asked.alone().url_at("/recherche.atom"),
        "/recherche.atom?q=l%E2%80%99eau&topic=eau&kind=method"
    );
}

#[test]
fn filters_toggle_and_return_to_the_first_page() {
    let asked = read("kind=method&page=4");
    assert_eq!(asked.toggled(Facet::Kind, "method").url(), "/recherche");
    assert_eq!(
        asked.toggled(Facet::Kind, "action").url(),
        "/recherche?kind=action&kind=method"
    );
}

#[test]
fn a_branch_of_a_tree_takes_the_place_of_what_it_is_under() {
    let asked = read("axis=alimentaire&axis=sanitaire");
    let narrower = asked.toggled(Facet::Axis, "alimentaire/bien-manger-pour-tous");
    assert_eq!(
        narrower.url(),
        "/recherche?axis=alimentaire/bien-manger-pour-tous&axis=sanitaire"
    );
    assert_eq!(narrower.toggled(Facet::Axis, "alimentaire"), asked);
}

#[test]
fn what_means_nothing_is_passed_over() {
    let asked =
        read("kind=methods&topic=%00&colour=red&page=zero&sort=best&axis=../..&comparer=%2F");
    assert_eq!(asked.url(), "/recherche");
    assert_eq!(read("q=%FF%FE").text, read("q=%FF%FE").text);
    let many: String = (0..500).map(|n| format!("topic=eau&page={n}&")).collect();
    assert_eq!(read(&many).filters.len(), 1);
    assert_eq!(read("page=99999999").page, 500);
}

#[test]
fn at_most_three_cards_are_compared() {
    let asked = read(
        "comparer=outils/a&comparer=outils/a&comparer=outils/b&comparer=outils/c&comparer=outils/d",
    );
    assert_eq!(asked.compared.len(), 3);
}
