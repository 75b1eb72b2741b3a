// The life of a proposal, by three people in three browsers: an association proposes from a phone without scripts, two editors
// of two organisations read, ask, approve; meanwhile somebody publishes other words at the same place; it is published under
// the name of the one who proposed, who is told by mail.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, look, visitor } from "./look.mjs";
import { startMail } from "./mail.mjs";
import { startNode, starter } from "./node.mjs";

const CARD = "/outils/porteur-de-parole";
/** The words of people who use git: nobody else should have to learn them. */
const FOREIGN = /\b(commits?|merge|branche?s?|pull request|markdown|fork)\b/i;

/** @type {import("./node.mjs").Node} */
let node;
/** @type {import("playwright-core").Browser} */
let browser;
/** @type {string} */
let content;
/** @type {import("./mail.mjs").MailServer | undefined} */
let mail;

before(async () => {
  content = join(mkdtempSync(join(tmpdir(), "terreau-content-")), "content");
  cpSync(starter, content, { recursive: true });
  const settings = join(content, "commons.toml");
  const [words] = readFileSync(settings, "utf8").split("[[governance]]");
  const rule = [
    "[[governance]]",
    'name = "Deux regards"',
    'paths = ["**"]',
    "approvals = 2",
    "organisations = 2",
    'publishers = ["steward"]',
    'stewards = ["L’équipe"]',
  ];
  writeFileSync(settings, `${words}${rule.join("\n")}\n`);
  mail = await startMail();
  node = await startNode({ content, env: mail?.env });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await node?.stop();
  mail?.stop();
  rmSync(join(content, ".."), { recursive: true, force: true });
});

/**
 * Opens a browser of somebody who signs in for the first time.
 * @param {string} name
 * @param {string} organisation
 * @param {string} role
 * @param {{ scripts?: boolean, width?: number }} how
 */
async function enter(name, organisation, role, how) {
  const email = `${name.normalize("NFD").replace(/[^A-Za-z]/g, "").toLowerCase()}@example.org`;
  node.run("account", "grant", email, role);
  const { context, page, complaints } = await visitor(browser, how);
  await page.goto(`${node.url}/connexion`);
  await page.getByLabel(/adresse/i).fill(email);
  await page.getByRole("main").getByRole("button").first().click();
  const letter = mail ? await mail.letter(email, "/connexion/") : await node.lineWith("/connexion/");
  const link = /https?:\S+/.exec(letter)?.[0] ?? "";
  await page.goto(link);
  await page.getByRole("main").getByRole("button").first().click();
  await page.waitForURL(/\/compte/);
  await page.getByLabel(/nom à créditer/i).fill(name);
  await page.getByLabel(/organisation/i).fill(organisation);
  await page.getByRole("main").getByRole("button", { name: /continuer/i }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/compte/bienvenue"));
  return { context, page, complaints };
}

/** Says that no word of the page is one of git's. @param {import("playwright-core").Page} page */
async function plain(page) {
  const words = (await page.locator("body").innerText()).replace(/https?:\S+/g, "");
  assert.doesNotMatch(words, FOREIGN);
}

test("an association's change is read by two organisations and published under its name", async () => {
  const lea = await enter("Léa", "Les Haies vives", "contributor", { scripts: false, width: 360 });
  const karim = await enter("Karim", "La Traverse", "editor", { width: 1280 });
  const ines = await enter("Inès", "Solucracy", "editor", { width: 360 });

  // Léa proposes.
  await lea.page.goto(`${node.url}${CARD}/modifier`);
  await plain(lea.page);
  const vigilance = () => lea.page.getByLabel(/points de vigilance/i).first();
  const start = await vigilance().inputValue();
  const [first] = start.split("\n");
  await vigilance().fill(start.replace(first, `${first} Prévoir un abri contre le vent.`));
  await lea.page.getByLabel(/raison|changement|pourquoi/i).first().fill("Le vent de la place");
  await lea.page.getByRole("checkbox", { name: /CC BY-SA/ }).check();
  await lea.page.getByRole("button", { name: "Envoyer à la relecture" }).click();
  await lea.page.waitForURL(/\/propositions\/1\?fait=envoyee/);
  await look(lea.page, "proposal-sent-plain", { scripts: false });
  await plain(lea.page);
  assert.ok((await lea.page.locator("ins").allTextContents()).join(" ").includes("abri contre le vent"));

  // Karim finds it, asks about a paragraph, then asks for a change.
  await karim.page.goto(`${node.url}/propositions?liste=pour-moi`);
  await look(karim.page, "desk");
  await plain(karim.page);
  await karim.page.getByRole("link", { name: "Porteur de parole" }).first().click();
  await karim.page.waitForURL(/\/propositions\/1$/);
  await look(karim.page, "proposal");
  await karim.page.getByText(/Commenter ce paragraphe/).first().click();
  await karim.page.getByLabel("Votre remarque sur ce paragraphe").first().fill("Quel abri ? Un barnum s’envole.");
  await karim.page.getByRole("button", { name: "Envoyer la remarque" }).first().click();
  await karim.page.waitForLoadState();
  assert.ok((await karim.page.locator(".beside").allTextContents()).join(" ").includes("barnum"));
  await karim.page.getByLabel("Votre relecture").fill("Dites quel abri prévoir.");
  await karim.page.getByRole("button", { name: "Demander une modification" }).click();
  await karim.page.waitForURL(/fait=demandee/);

  // Meanwhile a steward publishes other words at the same place.
  node.run("account", "grant", "odile@example.org", "steward");
  const token = node.run("token", "create", "--account", "odile@example.org", "--scope", "card:write").split("\n").at(-1);
  const card = await (await fetch(`${node.url}${CARD}.md`)).text();
  const commons = await (await fetch(`${node.url}/api/v1/commons`)).json();
  const published = await fetch(`${node.url}/api/v1/cards${CARD}`, {
    method: "PUT",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ content: card.replace(first, `${first} Prévoir l’ombre en été.`), message: "L’ombre", base: commons.head }),
  });
  assert.equal(published.status, 200, await published.text());

  // Léa takes it up again, then joins her words with those published.
  await lea.page.goto(`${node.url}/propositions/1`);
  await plain(lea.page);
  assert.match((await lea.page.getByRole("main").textContent()) ?? "", /barnum/);
  await lea.page.getByRole("link", { name: "Réunir les deux textes" }).click();
  await lea.page.waitForURL(/\/propositions\/1\/conflit/);
  await look(lea.page, "proposal-conflict-plain", { scripts: false });
  await plain(lea.page);
  await lea.page
    .getByLabel(/ou écrivez autre chose/i)
    .first()
    .fill(`${first} Prévoir l’ombre en été, un mur ou une halle contre le vent.`);
  await lea.page.getByRole("checkbox", { name: /CC BY-SA/ }).check();
  await lea.page.getByRole("button", { name: "Garder ces choix dans la proposition" }).click();
  await lea.page.waitForURL(/fait=reunies/);

  // Both organisations approve, and Inès publishes.
  await karim.page.goto(`${node.url}/propositions/1`);
  await karim.page.getByRole("button", { name: "Accepter" }).click();
  await karim.page.waitForURL(/fait=acceptee/);
  assert.equal(await karim.page.getByRole("button", { name: "Publier" }).count(), 0, "one organisation is not enough");
  await ines.page.goto(`${node.url}/propositions/1`);
  await look(ines.page, "proposal-review");
  await ines.page.getByRole("button", { name: "Accepter" }).click();
  await ines.page.waitForURL(/fait=acceptee/);
  await ines.page.getByRole("button", { name: "Publier" }).click();
  await ines.page.waitForURL(/fait=publiee/);
  await look(ines.page, "proposal-published");
  if (mail) {
    assert.match(await mail.letter("lea@example.org", "demande une modification"), /\/propositions\/1/);
    assert.match(await mail.letter("lea@example.org", "a publié"), /\/propositions\/1/);
  }

  // Everyone reads it, under Léa's name.
  await lea.page.goto(`${node.url}${CARD}`);
  assert.match((await lea.page.getByRole("article").first().textContent()) ?? "", /un mur ou une halle contre le vent/);
  await lea.page.goto(`${node.url}${CARD}/historique`);
  assert.match((await lea.page.getByRole("main").textContent()) ?? "", /Léa/);
  const clone = join(node.folder, "clone");
  const cloned = spawnSync("git", ["clone", "--quiet", `${node.url}/commons.git`, clone], { encoding: "utf8" });
  assert.equal(cloned.status, 0, cloned.stderr);
  const said = spawnSync("git", ["-C", clone, "log", "-1", "--format=%an%n%B"], { encoding: "utf8" }).stdout;
  for (const line of ["Léa", "Proposal: 1", "Organisation: Les Haies vives", "Reviewed-by: Karim (La Traverse)", "Reviewed-by: Inès (Solucracy)"]) {
    assert.ok(said.split("\n").includes(line), `${line} in\n${said}`);
  }
  for (const { context, complaints } of [lea, karim, ines]) {
    // The page of a conflict says so by its status, which browsers write down.
    assert.deepEqual(complaints.filter((line) => !line.includes("409")), []);
    await context.close();
  }
});
