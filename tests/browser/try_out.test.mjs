// An association tells in two minutes, on a phone without scripts and without an account, what a method gave; completes it from
// the mailed link; an editor reads it and publishes it; the method's page tells it.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, look, visitor } from "./look.mjs";
import { startNode } from "./node.mjs";

const CARD = "/outils/porteur-de-parole";
/** A photo as a telephone takes it: on its side, with where it was. */
const PHOTO = join(import.meta.dirname, "../fixtures/photo.jpg");

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

/** Returns the mailed link of an address, as the log holds it. @param {string} email */
async function link(email) {
  const line = await node.lineWith(`the letter to ${email} would hold`);
  return /https?:\S+/.exec(line)?.[0] ?? "";
}

/** Tells of a quiet evening, and returns the link to complete it. @param {import("playwright-core").Page} page @param {string} email */
async function told(page, email) {
  const began = Date.now();
  await page.goto(`${node.url}/essais/nouveau?fiche=${CARD.slice(1)}`);
  await page.getByLabel("Commune ou territoire").fill("Combloux");
  await page.getByLabel("Que s’est-il passé ?").fill("Une soirée calme.");
  await page.getByLabel("Nom à créditer").fill("Zoé");
  await page.getByLabel("Votre adresse de courriel").fill(email);
  await page.getByRole("checkbox", { name: /CC BY-SA/ }).check();
  await page.waitForTimeout(Math.max(0, began + 6000 - Date.now()));
  await page.getByRole("button", { name: "Envoyer" }).click();
  await page.getByRole("heading", { name: "Regardez vos courriels" }).waitFor();
  return link(email);
}

/** Waits until a picture is there, upright. @param {import("playwright-core").Page} page @param {string} alt */
async function shown(page, alt) {
  const picture = page.getByRole("img", { name: alt });
  await picture.scrollIntoViewIfNeeded();
  const box = await picture.boundingBox();
  assert.ok(box && box.width > box.height && box.height > 50, `${alt}: ${JSON.stringify(box)}`);
}

/** @param {string} email @param {{ scripts?: boolean, width?: number, dark?: boolean }} how */
async function enter(email, how) {
  const { context, page, complaints } = await visitor(browser, how);
  await page.goto(`${node.url}/connexion`);
  await page.getByLabel(/adresse/i).fill(email);
  await page.getByRole("main").getByRole("button").first().click();
  await page.goto(await link(email));
  await page.getByRole("main").getByRole("button").first().click();
  await page.waitForURL(/\/compte|\/$/);
  return { context, page, complaints };
}

test("two minutes on a phone without scripts, then an editor publishes it", async () => {
  const { context, page } = await visitor(browser, { scripts: false, width: 360 });
  const began = Date.now();
  await page.goto(`${node.url}${CARD}`);
  await page.getByRole("link", { name: "J’ai essayé" }).first().click();
  await look(page, "try-out-form-plain", { scripts: false });
  await page.getByLabel("Commune ou territoire").fill("Lunas");
  await page.getByLabel("Que s’est-il passé ?").fill("Une vingtaine de personnes se sont arrêtées le jour du marché.");
  await page.getByLabel("Année").fill("2025");
  await page.getByLabel("Combien de personnes ont participé ?").fill("22");
  await page.getByRole("radiogroup", { name: "C’était clair" }).getByRole("radio", { name: "4 sur 4" }).check();
  await page.getByLabel("Une astuce pour celles et ceux qui suivront").fill("Choisir une seule question.");
  await page.getByLabel("Oui, en l’adaptant").check();
  await page.getByLabel("Nom à créditer").fill("Foyer rural de Lunas");
  await page.getByLabel("Votre adresse de courriel").fill("foyer@example.org");
  await page.getByRole("checkbox", { name: /CC BY-SA/ }).check();
  // Nobody tells anything in less than three seconds, but a browser that is driven.
  await page.waitForTimeout(Math.max(0, began + 6000 - Date.now()));
  await page.getByRole("button", { name: "Envoyer" }).click();
  // Two territories bear this name or bore it.
  await page.getByRole("alert").waitFor();
  await page.getByRole("radio", { name: /Lunas-les-Châteaux/ }).check();
  await look(page, "try-out-choice-plain", { scripts: false });
  await page.getByRole("button", { name: "Envoyer" }).click();
  await page.getByRole("heading", { name: "Regardez vos courriels" }).waitFor();
  await look(page, "try-out-sent-plain", { scripts: false });

  const own = await link("foyer@example.org");
  await page.goto(own);
  await page.getByRole("button", { name: "Confirmer mon récit" }).click();
  await page.getByText(/attend d’être lu/).waitFor();
  await look(page, "try-out-own-plain", { scripts: false });
  await page.getByRole("link", { name: "Ce que cela a donné" }).click();
  await look(page, "try-out-step-plain", { scripts: false });
  await page.getByRole("group", { name: /Obstacles/ }).getByRole("textbox").first().fill("Le vent");
  await page.getByRole("button", { name: "Garder et continuer" }).click();
  await page.getByRole("heading", { name: "Le bilan et le crédit", level: 1 }).waitFor();
  await page.getByRole("button", { name: "Garder et continuer" }).click();
  await page.getByRole("heading", { name: "Photos et documents", level: 1 }).waitFor();
  await look(page, "try-out-attachments-empty-plain", { scripts: false });
  await page.getByLabel("Photo ou document").setInputFiles(PHOTO);
  await page.getByLabel("Ce que montre la photo, ou le titre du document").fill("Des passants lisent des phrases suspendues à un fil.");
  await page.getByRole("checkbox", { name: /J’ai le droit de partager/ }).check();
  await page.getByRole("button", { name: "Joindre ce fichier" }).click();
  await page.getByText("Le fichier est joint.").waitFor();
  await shown(page, "Des passants lisent");
  await look(page, "try-out-attachments-plain", { scripts: false });
  await page.getByRole("link", { name: "Revenir à mon récit" }).click();
  assert.deepEqual(await context.cookies(), [], "nobody was signed in");

  node.run("account", "grant", "lou@example.org", "editor");
  const desk = await enter("lou@example.org", { width: 1280, dark: true });
  await desk.page.goto(`${node.url}/moderation`);
  await look(desk.page, "moderation-try-outs-dark");
  await desk.page.getByRole("link", { name: /Porteur de parole, Lunas/ }).click();
  await desk.page.getByText("Le vent").waitFor();
  await shown(desk.page, "Des passants lisent");
  await look(desk.page, "moderation-try-out-dark");
  await desk.page.getByRole("button", { name: "Publier ce récit" }).click();
  await desk.page.waitForURL(/\/propositions\/1/);
  assert.deepEqual(desk.complaints, []);
  await desk.context.close();

  await page.goto(own);
  await page.getByRole("link", { name: "Lire la fiche publiée" }).click();
  await page.getByRole("heading", { level: 1, name: /Porteur de parole, Lunas/ }).waitFor();
  await page.getByRole("heading", { name: "Photos et documents" }).waitFor();
  await shown(page, "Des passants lisent");
  await look(page, "try-out-published-plain", { scripts: false });
  await page.goto(`${node.url}${CARD}`);
  // A page that was just read may be shown again for a moment without asking.
  await page.reload();
  await page.getByRole("heading", { name: "Expérimentée une fois" }).waitFor();
  await look(page, "try-out-told-plain", { scripts: false });
  await context.close();
});

test("a large photo is made smaller before it is sent", async () => {
  const { context, page, complaints } = await visitor(browser, { width: 360 });
  await page.goto(`${await told(page, "nour@example.org")}/completer/photos`);
  const large = await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [3200, 2400];
    const context = canvas.getContext("2d");
    for (let stripe = 0; stripe < 3200; stripe += 2) {
      if (!context) return "";
      context.fillStyle = `hsl(${(stripe * 37) % 360} 80% ${30 + (stripe % 40)}%)`;
      context.fillRect(stripe, 0, 2, 2400);
    }
    return canvas.toDataURL("image/jpeg", 1).split(",")[1] ?? "";
  });
  const buffer = Buffer.from(large, "base64");
  assert.ok(buffer.length > 600_000, `${buffer.length} bytes`);
  const input = page.getByLabel("Photo ou document");
  await input.setInputFiles({ name: "la place.jpg", mimeType: "image/jpeg", buffer });
  await page.getByLabel("Ce que montre la photo, ou le titre du document").fill("Des rayures de toutes les couleurs.");
  await page.getByRole("checkbox", { name: /J’ai le droit de partager/ }).check();
  const sent = page.waitForRequest((request) => request.method() === "POST");
  await page.getByRole("button", { name: "Joindre ce fichier" }).click();
  const bytes = Number(await (await sent).headerValue("content-length"));
  assert.ok(bytes < buffer.length / 2, `${bytes} of ${buffer.length} bytes were sent`);
  await page.getByText("Le fichier est joint.").waitFor();
  const image = page.getByRole("img", { name: "Des rayures" });
  assert.equal(await image.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth), 2000);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a place is completed while it is typed", async () => {
  const { context, page, complaints } = await visitor(browser, { width: 1280 });
  await page.goto(`${node.url}/essais/nouveau?fiche=${CARD.slice(1)}`);
  await page.getByLabel("Commune ou territoire").pressSequentially("combl");
  await page.getByRole("option", { name: /Combloux/ }).click();
  assert.match(await page.getByLabel("Commune ou territoire").inputValue(), /Combloux/);
  await look(page, "try-out-form");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a photo is attached with a keyboard, and a wrong file is told about", async () => {
  const { context, page, complaints } = await visitor(browser, { width: 360, dark: true });
  await page.goto(`${await told(page, "zoe@example.org")}/completer/photos`);
  await look(page, "attachments-empty-dark");
  await page.getByLabel("Photo ou document").setInputFiles({ name: "photo.jpg", mimeType: "image/jpeg", buffer: Buffer.from("<svg/>") });
  await page.getByLabel("Ce que montre la photo, ou le titre du document").fill("Le soir tombe sur la place.");
  await page.getByRole("checkbox", { name: /J’ai le droit de partager/ }).check();
  await page.getByRole("button", { name: "Joindre ce fichier" }).click();
  await page.getByRole("alert").getByText("ni une photo en JPEG").waitFor();
  assert.equal(await page.getByLabel("Ce que montre la photo, ou le titre du document").inputValue(), "Le soir tombe sur la place.");
  await look(page, "attachments-refused-dark");
  await page.getByLabel("Photo ou document").setInputFiles(PHOTO);
  await page.getByRole("button", { name: "Joindre ce fichier" }).click();
  await page.getByText("Le fichier est joint.").waitFor();
  await page.getByText("Corriger ou retirer").press("Enter");
  await look(page, "attachments-dark");
  // The browser complains of answers that say 422.
  assert.deepEqual(complaints.filter((one) => !one.includes("422")), []);
  await context.close();
});
