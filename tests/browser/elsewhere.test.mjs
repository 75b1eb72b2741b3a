// From the search of cards to proposals, comments and people with the same words, on a phone without scripts and on a screen.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, look, visitor } from "./look.mjs";
import { startNode } from "./node.mjs";

const CARD = "/outils/porteur-de-parole";

/** @type {import("./node.mjs").Node} */
let node;
/** @type {import("playwright-core").Browser} */
let browser;

before(async () => {
  node = await startNode();
  browser = await launch();
  await begin();
});

after(async () => {
  await browser?.close();
  await node?.stop();
});

/** An editor says something, publishes something, and proposes something. */
async function begin() {
  node.run("account", "grant", "lea@example.org", "editor");
  const { context, page } = await visitor(browser, { scripts: false, width: 1280 });
  await page.goto(`${node.url}/connexion`);
  await page.getByLabel(/adresse/i).fill("lea@example.org");
  await page.getByRole("main").getByRole("button").first().click();
  const line = await node.lineWith("the letter to lea@example.org would hold");
  await page.goto(/https?:\S+/.exec(line)?.[0] ?? "");
  await page.getByRole("main").getByRole("button").first().click();
  await page.waitForURL(/\/compte|\/$/);
  const send = (/** @type {string} */ path, /** @type {Record<string, string>} */ form) =>
    page.request.post(`${node.url}${path}`, { form, headers: { origin: node.url } });
  assert.ok((await send("/compte", { nom: "Léa Müller", organisation: "Les Haies vives de la vallée", langue: "fr" })).ok());
  assert.ok((await send(`${CARD}/commentaires`, { mots: "Par temps d’été, la façade de la médiathèque donne de l’ombre.\n\nVoir https://example.org/ombre." })).ok());
  for (const gesture of ["publier", "proposer"]) {
    const text = await (await page.request.get(`${node.url}${CARD}.md`)).text();
    const { head } = await (await page.request.get(`${node.url}/api/v1/commons`)).json();
    const fields = { source: `${text}\nUne ligne à ${gesture}.\n`, geste: gesture, motif: "De l’ombre en été", accord: "oui", base: head, fin: "1" };
    assert.ok((await send(`${CARD}/modifier?vue=source`, fields)).ok(), gesture);
  }
  await context.close();
}

for (const { scripts, width, dark } of [
  { scripts: true, width: 360, dark: false },
  { scripts: true, width: 1280, dark: true },
  { scripts: false, width: 360, dark: false },
]) {
  const how = `${scripts ? "with" : "without"} scripts at ${width} px${dark ? " in the dark" : ""}`;
  const suffix = `${scripts ? "" : "-plain"}${dark ? "-dark" : ""}`;

  test(`words are looked for in proposals, comments and people, ${how}`, async () => {
    const { context, page, complaints } = await visitor(browser, { scripts, width, dark });
    const main = page.getByRole("main");
    const search = `${node.url}/recherche?q=muller`;
    for (const [link, place] of [
      ["les propositions", "propositions"],
      ["les commentaires", "commentaires"],
      ["les personnes", "personnes"],
    ]) {
      await page.goto(search);
      await main.getByRole("link", { name: link }).click();
      await page.waitForURL(new RegExp(`/${place}\\?q=muller`));
      await main.getByText("Léa Müller").first().waitFor();
      await look(page, `elsewhere-${place}${suffix}`, { scripts });
      const field = main.getByRole("searchbox");
      assert.equal(await field.inputValue(), "muller");
      await field.fill("introuvable");
      await field.press("Enter");
      await page.waitForURL(/q=introuvable/);
      await main.getByRole("heading", { level: 2 }).waitFor();
      await look(page, `elsewhere-${place}-nothing${suffix}`, { scripts });
    }
    await page.goto(search);
    await look(page, `elsewhere-search${suffix}`, { scripts });
    assert.deepEqual(complaints, []);
    await context.close();
  });
}
