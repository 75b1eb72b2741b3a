// Somebody new comments from a phone without scripts; a moderator shows it; it is answered, reported and kept.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, look, visitor } from "./look.mjs";
import { startNode } from "./node.mjs";

const CARD = "/outils/porteur-de-parole";
const TALK = `${CARD}/commentaires`;

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

/** @param {string} email @param {{ scripts?: boolean, width?: number, dark?: boolean }} how */
async function enter(email, how) {
  const { context, page, complaints } = await visitor(browser, how);
  await page.goto(`${node.url}/connexion`);
  await page.getByLabel(/adresse/i).fill(email);
  await page.getByRole("main").getByRole("button").first().click();
  const line = await node.lineWith(`the letter to ${email} would hold`);
  await page.goto(/https?:\S+/.exec(line)?.[0] ?? "");
  await page.getByRole("main").getByRole("button").first().click();
  await page.waitForURL(/\/compte|\/$/);
  return { context, page, complaints };
}

test("a newcomer's comment waits, is shown, answered and reported", async () => {
  node.run("account", "grant", "lea@example.org", "editor");
  const phone = await enter("zoe@example.org", { scripts: false, width: 360 });
  await phone.page.goto(`${node.url}${CARD}`);
  await phone.page.getByRole("link", { name: /Aucun commentaire/ }).click();
  await phone.page.getByLabel("Votre commentaire").fill("Sur la place, appelez le 06 12 34 56 78.");
  await phone.page.getByRole("button", { name: "Publier mon commentaire" }).click();
  await phone.page.getByRole("alert").getByText(/coordonnées personnelles/).waitFor();
  await look(phone.page, "comments-private-plain", { scripts: false });
  await phone.page.getByLabel("Votre commentaire").fill("Sur la place du marché, le vent emporte les panneaux.\n\nVoir https://example.org/vent.");
  await phone.page.getByRole("button", { name: "Publier mon commentaire" }).click();
  await phone.page.getByText(/Votre commentaire attend/).waitFor();
  await look(phone.page, "comments-waiting-plain", { scripts: false });

  const desk = await enter("lea@example.org", { width: 1280, dark: true });
  await desk.page.goto(`${node.url}${CARD}`);
  await desk.page.getByRole("link", { name: /^Modération/ }).click();
  await desk.page.getByText("le vent emporte les panneaux").waitFor();
  await desk.page.getByText("Autre décision").first().click();
  await look(desk.page, "moderation-dark");
  await desk.page.setViewportSize({ width: 360, height: 740 });
  await look(desk.page, "moderation-dark");
  await desk.page.setViewportSize({ width: 1280, height: 900 });
  await desk.page.getByRole("button", { name: "Publier" }).click();
  await desk.page.getByText("Le commentaire est publié.").waitFor();
  await desk.page.goto(`${node.url}${TALK}`);
  await desk.page.getByText("Répondre", { exact: true }).click();
  await desk.page.getByLabel("Votre réponse").fill("Des pinces à linge suffisent.");
  await desk.page.getByRole("button", { name: "Envoyer la réponse" }).click();
  await desk.page.getByText("Des pinces à linge suffisent.").waitFor();
  await look(desk.page, "comments-dark");

  await phone.page.goto(`${node.url}/compte/avis`);
  await phone.page.getByRole("link", { name: /a répondu à votre commentaire/ }).click();
  await phone.page.getByText("Des pinces à linge suffisent.").waitFor();
  await look(phone.page, "comments-answered-plain", { scripts: false });

  const nobody = await visitor(browser, { width: 360 });
  await nobody.page.goto(`${node.url}${CARD}`);
  await nobody.page.getByRole("button", { name: "Cette fiche m’a été utile" }).click();
  await nobody.page.getByText(/Merci, c’est noté/).waitFor();
  await nobody.page.getByRole("link", { name: "2 commentaires" }).click();
  await nobody.page.getByText("Signaler", { exact: true }).last().click();
  await nobody.page.getByLabel(/Qu’est-ce qui ne va pas/).last().fill("Ce n’est pas vrai.");
  await look(nobody.page, "comments");
  await nobody.page.getByRole("button", { name: "Signaler à la modération" }).last().click();
  await nobody.page.getByText(/quelqu’un de la modération va lire/).waitFor();
  await nobody.page.getByText(/Le dire en privé/).click();
  await look(nobody.page, "comments-private");
  assert.deepEqual(await nobody.context.cookies(), [], "nobody is followed");

  await desk.page.goto(`${node.url}/moderation`);
  await desk.page.getByText("Ce n’est pas vrai.").waitFor();
  await desk.page.getByRole("button", { name: "Garder ce commentaire" }).click();
  await desk.page.getByText(/les signalements sont réglés/).waitFor();
  await look(desk.page, "moderation-empty-dark");
  for (const one of [desk, nobody]) assert.deepEqual(one.complaints, []);
  await Promise.all([phone.context.close(), desk.context.close(), nobody.context.close()]);
});
