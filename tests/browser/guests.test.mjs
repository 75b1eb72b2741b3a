// Somebody without an account corrects a card from a phone without scripts, confirms by mail, and sees it wait for review; then
// somebody with an account stops halfway and goes on from another device.

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

/** Looks at a page as nobody, on a phone and a desk, by day and by night. @param {string} path @param {string} name */
async function everywhere(path, name) {
  for (const [width, dark] of /** @type {[number, boolean][]} */ ([[360, false], [1280, true]])) {
    const { context, page, complaints } = await visitor(browser, { width, dark });
    await page.goto(`${node.url}${path}`);
    await look(page, `${name}${dark ? "-dark" : ""}`);
    assert.deepEqual(complaints, [], `${name} at ${width} px`);
    await context.close();
  }
}

/** @param {string} email @param {{ scripts?: boolean, width?: number }} how */
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

test("a guest corrects a card from a phone without scripts", async () => {
  const { context, page } = await visitor(browser, { scripts: false, width: 360 });
  const began = Date.now();
  await page.goto(`${node.url}${CARD}`);
  await page.getByRole("link", { name: /proposer une modification/i }).first().click();
  await page.getByRole("heading", { name: /Pas besoin de compte/ }).waitFor();
  const vigilance = () => page.getByLabel(/points de vigilance/i).first();
  const start = await vigilance().inputValue();
  await vigilance().fill(`${start}\n\nPrévoir un abri contre le vent.`);
  await page.getByLabel("Qu’avez-vous changé, et pourquoi ?").fill("Le vent de la place");
  await page.getByRole("checkbox", { name: /CC BY-SA/ }).check();
  await page.getByRole("button", { name: "Envoyer ma correction" }).click();
  await page.getByRole("alert").waitFor();
  assert.ok((await vigilance().inputValue()).includes("abri contre le vent"));
  await look(page, "guest-problems-plain", { scripts: false });
  await page.getByRole("button", { name: "Voir mes changements" }).click();
  assert.ok((await page.locator("ins").allTextContents()).join(" ").includes("abri contre le vent"));
  await page.getByLabel("Nom à créditer").fill("Zoé");
  await page.getByLabel("Votre adresse de courriel").fill("zoe@example.org");
  // Nobody corrects a card in less than three seconds, but a browser that is driven.
  await page.waitForTimeout(Math.max(0, began + 6000 - Date.now()));
  await page.getByRole("button", { name: "Envoyer ma correction" }).click();
  await page.getByRole("heading", { name: "Regardez vos courriels" }).waitFor();

  const line = await node.lineWith("the letter to zoe@example.org would hold");
  const link = /https?:\S+/.exec(line)?.[0] ?? "";
  await everywhere(new URL(link).pathname, "guest-confirm");
  await page.goto(link);
  await page.getByRole("button", { name: "Confirmer et envoyer à la relecture" }).click();
  await page.waitForURL(/\/propositions\/suggestion\?issue=attend/);
  await page.getByRole("heading", { name: "Merci, c’est confirmé" }).waitFor();
  await look(page, "guest-done-plain", { scripts: false });
  assert.deepEqual(await context.cookies(), [], "nobody was signed in");
  await context.close();
  await everywhere(`${CARD}/modifier`, "guest-form");
  await everywhere("/propositions/suggestion", "guest-sent");
  await everywhere("/propositions/suggestion?issue=brouillon", "guest-kept");
});

test("a draft saves itself and is taken up on another device", async () => {
  const desk = await enter("lea@example.org", { width: 1280 });
  await desk.page.goto(`${node.url}${CARD}/modifier`);
  const vigilance = (/** @type {import("playwright-core").Page} */ page) => page.getByLabel(/points de vigilance/i).first();
  const start = await vigilance(desk.page).inputValue();
  await vigilance(desk.page).fill(`${start}\n\nPrévoir de l’ombre.`);
  await desk.page.getByText("Brouillon gardé dans votre compte.").waitFor();

  const phone = await enter("lea@example.org", { scripts: false, width: 360 });
  await phone.page.goto(`${node.url}/compte`);
  await phone.page.getByRole("heading", { name: "Vos brouillons" }).waitFor();
  await phone.page.goto(`${node.url}${CARD}/modifier`);
  await phone.page.getByText(/Vous aviez commencé à modifier cette fiche/).waitFor();
  await look(phone.page, "draft-offer-plain", { scripts: false });
  await phone.page.getByRole("link", { name: "Reprendre" }).click();
  assert.ok((await vigilance(phone.page).inputValue()).includes("Prévoir de l’ombre."));
  await vigilance(phone.page).fill(`${start}\n\nPrévoir de l’ombre et de l’eau.`);
  await phone.page.getByRole("button", { name: "Enregistrer le brouillon" }).click();
  await phone.page.getByText(/Votre brouillon est gardé/).waitFor();

  await desk.page.goto(`${node.url}${CARD}/modifier`);
  await look(desk.page, "draft-offer");
  await desk.page.getByRole("link", { name: "Reprendre" }).click();
  assert.ok((await vigilance(desk.page).inputValue()).includes("de l’eau"));
  await desk.page.goto(`${node.url}${CARD}/modifier`);
  await desk.page.getByRole("button", { name: "Abandonner" }).click();
  await desk.page.waitForURL(/\/modifier$/);
  assert.equal(await desk.page.getByText(/Vous aviez commencé/).count(), 0);
  assert.deepEqual(desk.complaints, []);
  await desk.context.close();
  await phone.context.close();
});
