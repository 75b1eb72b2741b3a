// Somebody who does not know how rules are written proposes another one from a phone without scripts; somebody hides their name;
// a change is undone. Each page is looked at in both lights.

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
});

after(async () => {
  await browser?.close();
  await node?.stop();
});

/** @param {string} name @param {string} role @param {{ scripts?: boolean, width?: number }} how */
async function enter(name, role, how) {
  const email = `${name.normalize("NFD").replace(/[^A-Za-z]/g, "").toLowerCase()}@example.org`;
  node.run("account", "grant", email, role);
  const { context, page } = await visitor(browser, how);
  await page.goto(`${node.url}/connexion`);
  await page.getByLabel(/adresse/i).fill(email);
  await page.getByRole("main").getByRole("button").first().click();
  const line = await node.lineWith(`the letter to ${email} would hold`);
  await page.goto(/https?:\S+/.exec(line)?.[0] ?? "");
  await page.getByRole("main").getByRole("button").first().click();
  await page.waitForURL(/\/compte/);
  await page.getByLabel(/nom à créditer/i).fill(name);
  await page.getByRole("main").getByRole("button", { name: /continuer/i }).click();
  return { context, page };
}

/**
 * Looks at a page on a phone and a desk, by day and by night.
 * @param {import("playwright-core").BrowserContext} from whose session it is
 * @param {string} path
 * @param {string} name
 */
async function everywhere(from, path, name) {
  for (const [width, dark] of /** @type {[number, boolean][]} */ ([[360, false], [1280, true]])) {
    const { context, page, complaints } = await visitor(browser, { width, dark });
    await context.addCookies(await from.cookies());
    await page.goto(`${node.url}${path}`);
    await look(page, `${name}${dark ? "-dark" : ""}`);
    assert.deepEqual(complaints, [], `${name} at ${width} px`);
    await context.close();
  }
}

test("a rule is proposed without knowing how it is written", async () => {
  const { context, page } = await enter("Léa", "contributor", { scripts: false, width: 360 });
  await page.goto(`${node.url}/a-propos`);
  await page.getByRole("link", { name: "Lire les règles, en proposer un changement" }).click();
  await page.getByLabel("Nombre d’accords").first().fill("2");
  await page.getByRole("button", { name: "Voir mes changements" }).last().click();
  await page.locator("ins", { hasText: "2" }).waitFor();
  await look(page, "rules-changes-plain", { scripts: false });
  await page.getByLabel(/pourquoi/).fill("Deux regards valent mieux qu’un");
  await page.getByRole("button", { name: "Envoyer à la relecture" }).click();
  await page.waitForURL(/\/propositions\/1\?fait=envoyee/);
  await everywhere(context, "/a-propos/regles", "rules");
  await everywhere(context, "/a-propos/regles?vue=source", "rules-source");
  await everywhere(context, "/propositions/1", "rules-proposal");
  await everywhere(context, "/propositions?tri=grandes", "desk-sorted");
  await context.close();
});

test("a change is undone, and a name hidden, without scripts", async () => {
  const { context, page } = await enter("Inès Maire", "steward", { scripts: false });
  await page.goto(`${node.url}${CARD}/modifier`);
  const summary = page.getByLabel(/résumé/i).first();
  await summary.fill("Un résumé trop court.");
  await page.getByLabel(/pourquoi/).fill("Plus court");
  await page.getByRole("checkbox", { name: /CC BY-SA/ }).check();
  await page.getByRole("button", { name: "Publier" }).click();
  await page.waitForURL(/fait=publiee/);
  await page.goto(`${node.url}${CARD}/comparer`);
  await page.getByRole("link", { name: "Annuler ce changement" }).click();
  const undo = new URL(page.url()).pathname;
  await everywhere(context, undo, "undo");
  await page.getByRole("button", { name: "Annuler ce changement" }).click();
  await page.getByText("Le changement est annulé").waitFor();

  await page.goto(`${node.url}/compte`);
  await page.getByRole("button", { name: "Masquer mon nom" }).click();
  await page.getByText(/Votre nom est masqué/).waitFor();
  await everywhere(context, "/compte", "compte-masque");
  await everywhere(context, `${CARD}/historique`, "historique-masque");
  await page.goto(`${node.url}${CARD}/historique`);
  const said = (await page.getByRole("main").textContent()) ?? "";
  assert.match(said, /Une personne du commun/);
  assert.doesNotMatch(said, /Inès Maire/);
  await context.close();
});
