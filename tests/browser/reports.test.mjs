// What reports say, read on a phone and on a screen, in light, in the dark and on paper: a card that many tried, its sources
// one tap away, the lists and the data, a year, the grid filled and printed. Every page is looked at.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, look, visitor } from "./look.mjs";
import { startNode, starter } from "./node.mjs";

/** @type {import("./node.mjs").Node} */
let node;
/** @type {import("playwright-core").Browser} */
let browser;
/** @type {string} */
let content;

const OBSTACLES = [
  "Trouver le temps de se réunir souvent.",
  "Convaincre le conseil municipal de venir.",
  "Garder le contact avec les jeunes après l’été.",
];

/**
 * Returns a report of a stay, different for each number.
 * @param {number} number
 */
function report(number) {
  const state = number % 6 === 5 ? "running" : "finished";
  return `---
id: 01a20300-0000-7000-8000-${String(number).padStart(12, "0")}
kind: experience
title: "Une résidence à Saint-Exemple-sur-Rivière ${number}"
summary: "Une équipe a vécu quelques semaines dans la commune."
language: fr
topics: [tous-sujets]
authors:
  - name: "La mairie"
    role: author
licence: CC-BY-SA-4.0
about:
  - card: methodes/residence-d-immersion
territories:
  - name: "Saint-Exemple-sur-Rivière ${number}"
    population: ${150 * (number + 1) * (number + 1)}
    department: Vienne
start: ${2016 + ((number * 7) % 9)}-03
state: ${state}
duration: {min: P${12 + 9 * number}D, max: P${12 + 9 * number}D}
participants:
  count: ${30 + 17 * number}
  exact: ${number % 2 === 0}
cost:
  amount_eur: ${1500 + 700 * number}
  per: total
staff:
  days: ${20 + 4 * number}
satisfactions:
  - "Des habitants qui ne venaient jamais sont venus."
obstacles:
  - "${OBSTACLES[number % 3]}"
tips:
  - "Dormir sur place, et manger au café."
adaptations:
  - changed: "Deux séjours de dix jours au lieu d’un seul."
    why: "Le gîte n’était pas libre."
again: ${["as-is", "adapted", "adapted", "no"][number % 4]}
marks:
  clarte: ${1 + (number % 4)}
  utilite: ${3 + (number % 2)}
  inclusion: ${1 + ((number * 3) % 4)}
independence: lead
---

## Contexte

Ici.

## Objectifs

Voir.

## Ce qui a été fait

Vu.

## Résultats

Bien.
`;
}

before(async () => {
  content = mkdtempSync(join(tmpdir(), "terreau-reports-"));
  cpSync(starter, content, { recursive: true });
  for (let number = 0; number < 14; number += 1) {
    writeFileSync(join(content, `experiences/residence-exemple-${number}.md`), report(number));
  }
  for (const telling of ["fiche", "page"]) {
    const from = join(starter, `../tests/fixtures/experiences/reseau-des-potes-${telling}.md`);
    cpSync(from, join(content, `experiences/essai-des-potes-${telling}.md`));
  }
  node = await startNode({ content });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await node?.stop();
  rmSync(content, { recursive: true, force: true });
});

for (const { scripts, width, dark } of [
  { scripts: true, width: 320, dark: false },
  { scripts: true, width: 1280, dark: true },
  { scripts: false, width: 360, dark: false },
]) {
  const how = `${scripts ? "with" : "without"} scripts at ${width} px${dark ? " in the dark" : ""}`;
  const suffix = scripts ? "" : "-plain";

  test(`somebody reads what came back from the field, ${how}`, async () => {
    const { context, page, complaints } = await visitor(browser, { scripts, width, dark });
    await page.goto(`${node.url}/methodes/residence-d-immersion`);
    const told = page.locator("section.added-up");
    await told.getByRole("heading", { name: "Expérimentée 15 fois" }).waitFor();
    for (const summary of await told.locator("details.numbers > summary").all()) await summary.click();
    await look(page, `tried${suffix}`, { scripts });
    // From a figure to its sources and to one of them: one tap each.
    await told.locator("figure", { hasText: "Durée" }).first().locator("figcaption a").first().click();
    await page.waitForURL(/\/retours\?fiche=methodes\/residence-d-immersion&voir=duration/);
    await look(page, `tried-duration${suffix}`, { scripts });
    await page.getByRole("main").locator("ul.reports a").first().click();
    await page.waitForURL(/\/experiences\//);

    await page.goto(`${node.url}/retours`);
    await page.getByText("Ce que contient chaque colonne").click();
    await look(page, `reports${suffix}`, { scripts });
    await page.goto(`${node.url}/bilan`);
    await look(page, `annual${suffix}`, { scripts });
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test(`an association fills the grid and compares, ${how}`, async () => {
    const { context, page, complaints } = await visitor(browser, { scripts, width, dark });
    await page.goto(`${node.url}/methodes/residence-d-immersion`);
    await page.getByRole("link", { name: "Remplir la grille d’auto-évaluation" }).click();
    await page.getByLabel("Ce que vous évaluez").fill("Notre résidence");
    await page.getByRole("link", { name: /Comparer à une autre/ }).click();
    await page.getByLabel("Ce que vous évaluez").fill("Notre résidence");
    for (const [criterion, first, second] of [["clarte", 2, 4], ["utilite", 3, 3], ["inclusion", 4, 1]]) {
      await page.locator(`input[name="m.${criterion}"][value="${first}"]`).check();
      await page.locator(`input[name="m2.${criterion}"][value="${second}"]`).check();
    }
    await page.getByRole("button", { name: "Voir le résultat" }).click();
    await page.getByRole("heading", { name: "Résultat" }).waitFor();
    await look(page, `grid${suffix}`, { scripts });
    const row = page.locator("table.result tr", { hasText: "C’était clair" });
    assert.match(await row.innerText(), /\+2/);
    assert.match(page.url(), /m\.clarte=2/);
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test("the card and the annual report are fit for paper", async () => {
  const { context, page } = await visitor(browser, { width: 1280 });
  for (const path of ["methodes/residence-d-immersion", "bilan"]) {
    await page.goto(`${node.url}/${path}`);
    const paper = await page.pdf({ format: "A4" });
    assert.ok(paper.length > 10_000);
    writeFileSync(join(import.meta.dirname, "screenshots", `${path.split("/").at(-1)}.pdf`), paper);
  }
  await context.close();
});

test("an editor looks at two tellings of one case", async () => {
  const { context, page, complaints } = await visitor(browser, { width: 1280 });
  node.run("account", "grant", "ana@example.org", "editor");
  await page.goto(`${node.url}/connexion`);
  await page.getByLabel(/adresse/i).fill("ana@example.org");
  await page.getByRole("main").getByRole("button").first().click();
  const line = await node.lineWith("/connexion/");
  await page.goto(/https?:\S+/.exec(line)?.[0] ?? "");
  await page.getByRole("main").getByRole("button").first().click();
  await page.waitForURL(/\/compte/);
  await page.getByLabel(/nom à créditer/i).fill("Ana");
  await page.getByRole("main").getByRole("button", { name: /continuer/i }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/compte/bienvenue"));
  await page.goto(`${node.url}/doublons`);
  await look(page, "duplicates");
  await page.locator("li", { hasText: "POTEs" }).getByRole("link", { name: /^Comparer/ }).first().click();
  await look(page, "duplicates-compare");
  await page.getByLabel("Faits divergents").fill("Population : 2,795 millions dans l’un, 2,821 millions dans l’autre.");
  await page.getByRole("button", { name: "Proposer cette note sur les deux fiches" }).click();
  await page.waitForURL(/\/propositions\/1/);
  assert.match(await page.getByRole("main").innerText(), /2,821 millions/);
  assert.deepEqual(complaints, []);
  await context.close();
});
