// The life of accounts: a steward invites, gives a role, suspends and stops all changes; somebody reads their notices, chooses
// how they come, takes their data and leaves. Each form is used once without scripts; each page is looked at in both lights.

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
  process.env.TERREAU__SITE__NOTICES_EVERY_S = "1";
  node = await startNode();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await node?.stop();
});

/**
 * Signs somebody in who has an account, through the link in the log.
 * @param {string} email
 * @param {string} name
 * @param {{ scripts?: boolean, width?: number, dark?: boolean }} how
 */
async function enter(email, name, how) {
  const { context, page, complaints } = await visitor(browser, how);
  await page.goto(`${node.url}/connexion`);
  await page.getByLabel(/adresse/i).fill(email);
  await page.getByRole("main").getByRole("button").first().click();
  const line = await node.lineWith(`the letter to ${email} would hold`);
  await page.goto(/https?:\S+/.exec(line)?.[0] ?? "");
  await page.getByRole("main").getByRole("button").first().click();
  await page.waitForURL(/\/compte/);
  await page.getByLabel(/nom à créditer/i).fill(name);
  await page.getByRole("main").getByRole("button", { name: /continuer/i }).click();
  return { context, page, complaints };
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

test("a steward looks after people, without scripts", async () => {
  node.run("account", "grant", "maire@example.org", "steward");
  const { context, page } = await enter("maire@example.org", "Inès Maire", { scripts: false });
  await page.goto(`${node.url}/compte`);
  await page.getByRole("link", { name: "Administration" }).click();
  await page.getByLabel("Adresse de courriel").fill("zoe@example.org");
  await page.getByRole("button", { name: "Inviter" }).click();
  await page.getByText("L’invitation est partie.").waitFor();

  const line = await node.lineWith("the letter to zoe@example.org would hold");
  const zoe = await visitor(browser, { scripts: false });
  await zoe.page.goto(/https?:\S+/.exec(line)?.[0] ?? "");
  await zoe.page.getByText(/invité·e/).waitFor();
  await zoe.page.getByRole("main").getByRole("button").first().click();
  await zoe.page.getByLabel(/nom à créditer/i).fill("Zoé");
  await zoe.page.getByRole("main").getByRole("button", { name: /continuer/i }).click();

  await page.goto(`${node.url}/administration`);
  await page.getByRole("link", { name: "Zoé" }).click();
  const one = new URL(page.url()).pathname;
  await page.getByLabel("Nouveau rôle").selectOption("contributor");
  await page.getByRole("button", { name: "Donner ce rôle" }).click();
  await page.getByText("Le rôle est changé.").waitFor();
  await page.getByRole("button", { name: "Suspendre ce compte" }).click();
  await page.getByText("Le compte est suspendu").waitFor();
  await zoe.page.goto(`${node.url}/compte`);
  assert.match(zoe.page.url(), /connexion/);

  await page.goto(`${node.url}/administration`);
  await page.getByRole("button", { name: "Passer en lecture seule" }).click();
  await page.getByText("Le commun est en lecture seule").waitFor();
  await everywhere(context, "/administration", "administration");
  await page.getByRole("button", { name: "Laisser les changements reprendre" }).click();
  await everywhere(context, one, "administration-compte");
  await page.getByRole("link", { name: "Journal" }).click();
  await page.getByText("a passé le commun en lecture seule").waitFor();
  await everywhere(context, "/administration/journal", "journal");
  await context.close();
  await zoe.context.close();
});

test("somebody reads what is told, takes their data and leaves, without scripts", async () => {
  const { context, page } = await enter("nadia@example.org", "Nadia B.", { scripts: false });
  await page.goto(`${node.url}${CARD}`);
  await page.getByRole("button", { name: "Suivre cette fiche" }).click();
  await page.getByRole("button", { name: "Ne plus suivre cette fiche" }).waitFor();

  node.run("account", "grant", "ali@example.org", "editor");
  const ali = await enter("ali@example.org", "Ali", { scripts: false });
  await ali.page.goto(`${node.url}${CARD}/archiver`);
  await ali.page.getByRole("textbox").last().fill("Plus utilisé");
  await ali.page.getByRole("main").getByRole("button").first().click();
  await ali.context.close();

  await node.lineWith("une fiche que vous suivez");
  await page.goto(`${node.url}/recherche`);
  await page.getByRole("link", { name: /Avis\s*, 1 nouveau/ }).click();
  await page.getByRole("link", { name: /Ali a modifié une fiche que vous suivez/ }).waitFor();
  await everywhere(context, "/compte/avis", "avis");
  await everywhere(context, "/compte", "compte");

  await page.goto(`${node.url}/compte`);
  await page.getByLabel("Avis par courriel").selectOption("daily");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  assert.equal(await page.getByLabel("Avis par courriel").inputValue(), "daily");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Télécharger mes données" }).click(),
  ]);
  assert.match(download.suggestedFilename(), /^terreau-.*\.json$/);

  await everywhere(context, "/compte/supprimer", "compte-supprimer");
  await page.goto(`${node.url}/compte/supprimer`);
  await page.getByLabel(/écrivez votre nom/).fill("Nadia");
  await page.getByRole("button", { name: "Supprimer mon compte" }).click();
  await page.getByRole("alert").waitFor();
  await page.getByLabel(/écrivez votre nom/).fill("Nadia B.");
  await page.getByRole("button", { name: "Supprimer mon compte" }).click();
  await page.getByRole("heading", { name: "Votre compte est supprimé" }).waitFor();
  await page.goto(`${node.url}/compte`);
  assert.match(page.url(), /connexion/);
  await context.close();
});
