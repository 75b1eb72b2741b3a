//! What each piece of Markdown becomes.

use expect_test::{Expect, expect};

use super::{html, rendered, rendered_with};

fn check(body: &str, expected: Expect) {
    expected.assert_eq(&html(body));
}

#[test]
fn text_and_emphasis() {
    check(
        "Un *mot*, **un autre**, ~~barré~~, `code`\\\nà la ligne,\nsans ligne.\n\n> « Les mots à dire. »\n\n***\n",
        expect![[r#"
            <p>Un <em>mot</em>, <strong>un autre</strong>, <del>barré</del>, <code>code</code><br>
            à la ligne,
            sans ligne.</p>
            <blockquote>
            <p>« Les mots à dire. »</p>
            </blockquote>
            <hr>
        "#]],
    );
}

#[test]
fn raw_html_is_text() {
    check(
        "Un <b>mot</b> et <br> et &lt;i&gt;.\n\n<div>\n*bloc*\n</div>\n",
        expect![[r#"
        <p>Un &lt;b&gt;mot&lt;/b&gt; et &lt;br&gt; et &lt;i&gt;.</p>
        <p>&lt;div&gt;
        *bloc*
        &lt;/div&gt;
        </p>
    "#]],
    );
}

#[test]
fn lists_and_tasks() {
    check(
        "3. trois\n4. quatre\n   - dedans\n\n- [x] fait\n- [ ] à faire\n",
        expect![[r#"
            <ol start="3">
            <li>trois</li>
            <li>quatre<ul>
            <li>dedans</li>
            </ul>
            </li>
            </ol>
            <ul>
            <li class="task"><input type="checkbox" checked="" aria-label="Fait" disabled=""> fait</li>
            <li class="task"><input type="checkbox" aria-label="À faire" disabled=""> à faire</li>
            </ul>
        "#]],
    );
}

#[test]
fn tables_scroll_in_a_named_region() {
    check(
        "| Étape | Durée |\n|:--|--:|\n| *Un* | 2 h |\n| Deux |\n",
        expect![[r#"
        <div class="table" role="region" tabindex="0" aria-label="Tableau&nbsp;: Étape, Durée"><table>
        <thead><tr><th scope="col">Étape</th><th scope="col" class="end">Durée</th></tr></thead><tbody>
        <tr><td><em>Un</em></td><td class="end">2 h</td></tr>
        <tr><td>Deux</td><td class="end"></td></tr>
        </tbody></table></div>
    "#]],
    );
}

#[test]
fn code_is_kept_as_it_is() {
    check(
        "```rust\nlet a = \"<b>\";\n```\n\n    indenté\n",
        expect![[r#"
        <pre tabindex="0"><code>let a = "&lt;b&gt;";
        </code></pre>
        <pre tabindex="0"><code>indenté
        </code></pre>
    "#]],
    );
}

#[test]
fn pictures_alone_are_figures_with_their_credit() {
    let front = "media:\n  images/place.jpg:\n    alt: Une place, une grande question sur un fil\n    credit: Ana Roux\n    licence: CC-BY-4.0\n";
    let body = "![](../images/place.jpg \"La place, un samedi\")\n\nVoir ![ici](../images/place.jpg) et ![là](autre.png).\n";
    expect![[r#"
        <figure><img src="/images/place.jpg" alt="Une place, une grande question sur un fil" loading="lazy"><figcaption>La place, un samedi — Crédit&nbsp;: Ana Roux, licence <a href="https://creativecommons.org/licenses/by/4.0/" rel="noopener noreferrer ugc">CC BY 4.0</a></figcaption></figure>
        <p>Voir <img src="/images/place.jpg" alt="Une place, une grande question sur un fil" loading="lazy"> et <img src="/outils/autre.png" alt="là" loading="lazy">.</p>
    "#]].assert_eq(rendered_with(front, body).html.as_str());
}

#[test]
fn pictures_from_elsewhere_are_links() {
    check(
        "![Un plan](https://example.org/plan.png)\n\n![Un point](data:image/png;base64,AAAA)\n\n[![Un plan](https://example.org/plan.png)](../outils/plan.md)\n",
        expect![[r#"
            <p><a href="https://example.org/plan.png" rel="noopener noreferrer ugc">Un plan</a></p>
            <p>Un point</p>
            <p><a href="/outils/plan">Un plan</a></p>
        "#]],
    );
}

#[test]
fn footnotes_stand_under_their_section() {
    check(
        "Un[^a] et deux[^b] et un[^a].\n\n## Préparation\n\nTrois[^c].\n\n[^a]: Note a.\n[^b]: Note b, voir[^d].\n[^c]: Note c.\n[^d]: Note d.\n[^seule]: Personne ne me cite.\n",
        expect![[r##"
            <p>Un<sup><a class="noteref" href="#note-1" id="noteref-1" aria-label="Note 1">1</a></sup> et deux<sup><a class="noteref" href="#note-2" id="noteref-2" aria-label="Note 2">2</a></sup> et un<sup><a class="noteref" href="#note-1" id="noteref-1-2" aria-label="Note 1">1</a></sup>.</p>
            <ol class="notes" aria-label="Notes" start="1">
            <li id="note-1"><p>Note a. <a class="back" href="#noteref-1" aria-label="Retour au texte">↩</a> <a class="back" href="#noteref-1-2" aria-label="Retour au texte">↩</a></p>
            </li>
            <li id="note-2"><p>Note b, voir<sup><a class="noteref" href="#note-3" id="noteref-3" aria-label="Note 3">3</a></sup>. <a class="back" href="#noteref-2" aria-label="Retour au texte">↩</a></p>
            </li>
            <li id="note-3"><p>Note d. <a class="back" href="#noteref-3" aria-label="Retour au texte">↩</a></p>
            </li>
            </ol>
            <h2 id="section-preparation">Préparation</h2>
            <p>Trois<sup><a class="noteref" href="#note-4" id="noteref-4" aria-label="Note 4">4</a></sup>.</p>
            <ol class="notes" aria-label="Notes" start="4">
            <li id="note-4"><p>Note c. <a class="back" href="#noteref-4" aria-label="Retour au texte">↩</a></p>
            </li>
            <li id="note-5"><p>Personne ne me cite.</p>
            </li>
            </ol>
        "##]],
    );
}

#[test]
fn the_words_added_are_those_of_the_card() {
    let front = "language: en\n";
    let text = format!(
        "---\nkind: method\n{front}---\n\nOne[^1].\n\n- [x] done\n\n| a |\n|---|\n| b |\n\n[^1]: Note.\n"
    );
    let html = crate::render(
        &crate::Card::read(&text).0,
        &super::path(),
        super::commons(),
    )
    .html
    .to_string();
    for words in [
        "Back to the text",
        "aria-label=\"Done\"",
        "aria-label=\"Table: a\"",
    ] {
        assert!(html.contains(words), "{words} in {html}");
    }
}

#[test]
fn questionnaires_are_readable() {
    check(
        r#"```questions
- section: Vous et la commune
  intro: Merci de nous recevoir.
  questions:
    - name: consigne
      label: Laisser parler.
      type: note
    - name: content
      label: Êtes-vous content de vivre ici ?
      type: select_one
      choices: [Oui, Non]
      hint: Ne pas lire les réponses.
      probes: [Pourquoi ?, Depuis quand ?]
      required: true
- section: Vos revenus
  questions:
    - name: revenus
      label: De quoi vivez-vous <b>?
      type: text
      relevant: "${content} = 'oui'"
      sensitive: true
    - name: note
      label: Quelle note ?
      type: range
      min: 0
      max: 10
      step: 0.5
```
"#,
        expect![[r#"
            <div class="questions">
            <h2 id="section-vous-et-la-commune">Vous et la commune</h2>
            <p>Merci de nous recevoir.</p>
            <p class="note">Laisser parler.</p>
            <ol start="1">
            <li id="question-content"><p class="question">Êtes-vous content de vivre ici ? <span class="mark">(réponse nécessaire)</span></p>
            <p class="hint">Ne pas lire les réponses.</p>
            <p class="answer">Une seule réponse</p>
            <ul class="choices"><li>Oui</li><li>Non</li></ul>
            <p class="probes">Relances</p>
            <ul class="probes"><li>Pourquoi ?</li><li>Depuis quand ?</li></ul>
            </li>
            </ol>
            <h2 id="section-vos-revenus">Vos revenus</h2>
            <ol start="2">
            <li id="question-revenus"><p class="question">De quoi vivez-vous &lt;b&gt;? <span class="mark">(question sensible)</span></p>
            <p class="relevant">À poser seulement si&nbsp;: <code>${content} = 'oui'</code></p>
            <p class="answer">Réponse libre</p>
            </li>
            <li id="question-note"><p class="question">Quelle note ?</p>
            <p class="answer">De 0 à 10, de 0,5 en 0,5</p>
            </li>
            </ol>
            </div>
        "#]],
    );
}

#[test]
fn a_questionnaire_that_nobody_can_read_is_code() {
    assert_eq!(
        html("```questions\n: : :\n```\n"),
        "<pre tabindex=\"0\"><code>: : :\n</code></pre>\n"
    );
}

#[test]
fn words_are_counted_and_time_to_read_told() {
    let short = rendered("Un *deux* [trois](x.md) — `quatre`.");
    assert_eq!((short.words, short.reading_minutes), (4, 1));
    assert_eq!(short.plain_text, "Un deux trois — quatre.");
    let long = rendered(&"mot ".repeat(401));
    assert_eq!((long.words, long.reading_minutes), (401, 3));
    let none = rendered("");
    assert_eq!(
        (none.words, none.reading_minutes, none.html.is_empty()),
        (0, 1, true)
    );
}

#[test]
fn plain_text_is_what_is_read() {
    let text = crate::plain_text(
        "## Titre\n\nUn [lien](x.md) et ![image](y.png \"t\").\n\n- un\n- [ ] deux\n\n> mots\n\n| a | b |\n|---|---|\n| c | d |\n\n```\ncode\n```\n\nFin[^1]<b>.\n\n[^1]: Note.\n",
    );
    expect![[r#"
        Titre
        Un lien et image.
        un
        ☐ deux
        mots
        a | b
        c | d
        code
        Fin<b>.
        Note."#]]
    .assert_eq(&text);
}
