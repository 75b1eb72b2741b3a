// The journey of Terreau's main job, once with scripts and once without: find, read, sign in, edit, see the version, its
// author and what changed, and clone the commons that holds it.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, look, visitor } from "./look.mjs";
import { startNode } from "./node.mjs";

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

for (const { scripts, width } of [
  { scripts: true, width: 360 },
  { scripts: true, width: 1280 },
  { scripts: false, width: 360 },
]) {
  const how = `${scripts ? "with" : "without"} scripts at ${width} px`;
  const suffix = scripts ? "" : "-plain";

  test(`a volunteer finds a tool, corrects it, and the correction is theirs, ${how}`, async () => {
    const email = `nadia-${width}-${scripts}@example.org`;
    node.run("account", "grant", email, "editor");
    const { context, page, complaints } = await visitor(browser, { scripts, width });
    const word = `vire-vent ${width}${suffix}`;

    await page.goto(`${node.url}/`);
    await look(page, `home${suffix}`, { scripts });
    await page.locator("input[name=q]").first().fill("porteur de parole");
    await page.locator("input[name=q]").first().press("Enter");
    await page.waitForURL(/\/recherche/);
    await look(page, `search${suffix}`, { scripts });
    await page.getByRole("main").getByRole("link", { name: "Porteur de parole" }).first().click();
    await page.waitForURL(/\/outils\/porteur-de-parole$/);
    assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), "Porteur de parole");
    await look(page, `card${suffix}`, { scripts });

    await page.getByRole("link", { name: /modif/i }).first().click();
    await page.waitForURL(/\/modifier$/);
    await page.getByRole("main").getByRole("link", { name: /déjà un compte/i }).first().click();
    await page.waitForURL(/\/connexion/);
    await look(page, `sign-in${suffix}`, { scripts });
    await page.getByLabel(/adresse/i).fill(email);
    await page.getByRole("main").getByRole("button").click();
    const line = await node.lineWith(`/connexion/`);
    const link = /https?:\S+/.exec(line)?.[0] ?? "";
    await page.goto(link);
    await look(page, `sign-in-confirm${suffix}`, { scripts });
    await page.getByRole("main").getByRole("button").first().click();
    await page.waitForURL(/\/compte/);
    await look(page, `account${suffix}`, { scripts });
    await page.getByLabel(/nom/i).first().fill("Nadia B.");
    await page.getByRole("main").getByRole("button", { name: /continuer/i }).click();
    await page.waitForURL(/\/modifier/);

    await page.goto(`${node.url}/outils/porteur-de-parole/modifier`);
    await look(page, `edit${suffix}`, { scripts });
    const vigilance = page.getByLabel(/points de vigilance/i).first();
    const before = await vigilance.inputValue();
    await vigilance.fill(`${before}\n\nPrévoir un abri contre le ${word}.`);
    await page.getByLabel(/raison|changement|pourquoi/i).first().fill("Le vent");
    await page.getByRole("checkbox", { name: /CC BY-SA/ }).check();
    await page.getByRole("button", { name: /publier|enregistrer/i }).first().click();
    await page.waitForURL(/\/outils\/porteur-de-parole(\?|$)/);
    assert.ok((await page.getByRole("article").first().textContent())?.includes(word));

    await page.getByRole("link", { name: /historique|version/i }).first().click();
    await page.waitForURL(/historique/);
    await look(page, `history${suffix}`, { scripts });
    const main = (await page.getByRole("main").textContent()) ?? "";
    assert.ok(main.includes("Le vent") && main.includes("Nadia B."), main);
    const versions = await (await fetch(`${node.url}/api/v1/cards/outils/porteur-de-parole/history`)).json();
    const [newest, previous] = versions.versions;
    await page.goto(`${node.url}/outils/porteur-de-parole/comparer?de=${previous.commit}&a=${newest.commit}`);
    await look(page, `compare${suffix}`, { scripts });
    assert.ok((await page.locator("ins").allTextContents()).join(" ").includes("abri"));

    const clone = join(node.folder, `clone-${width}${suffix}`);
    const cloned = spawnSync("git", ["clone", "--quiet", `${node.url}/commons.git`, clone], { encoding: "utf8" });
    assert.equal(cloned.status, 0, cloned.stderr);
    const text = readFileSync(join(clone, "outils/porteur-de-parole.md"), "utf8");
    assert.ok(text.includes(word));
    const log = spawnSync("git", ["-C", clone, "log", "-1", "--format=%an: %s"], { encoding: "utf8" }).stdout;
    assert.equal(log.trim(), "Nadia B.: Le vent");
    assert.deepEqual(complaints, []);
    await context.close();
  });
}
