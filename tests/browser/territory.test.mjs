// Saying where, with and without scripts; the map and the pages of territories, looked at on a phone and on a desk.

import assert from "node:assert/strict";
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

for (const { scripts, width, dark } of [
  { scripts: true, width: 360, dark: false },
  { scripts: true, width: 1280, dark: true },
  { scripts: false, width: 360, dark: false },
]) {
  const how = `${scripts ? "with" : "without"} scripts at ${width} px${dark ? " in the dark" : ""}`;
  const suffix = scripts ? "" : "-plain";

  test(`a councillor reads the map and goes to a territory, ${how}`, async () => {
    const { context, page, complaints } = await visitor(browser, { scripts, width, dark });
    await page.goto(`${node.url}/recherche?q=transition`);
    await page.getByRole("link", { name: "Voir ces fiches sur la carte" }).click();
    await page.waitForURL(/\/carte\?q=transition/);
    await look(page, `map-found${suffix}`, { scripts });
    await page.getByRole("link", { name: "Voir la liste des fiches" }).first().click();
    await page.waitForURL(/\/recherche\?q=transition/);

    await page.goto(`${node.url}/carte`);
    await look(page, `map${suffix}`, { scripts });
    const department = page.getByRole("link", { name: /^Nièvre \(58\) : / }).first();
    await department.focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/#d-58$/);
    await page.locator("#d-58").getByRole("link", { name: "Nièvre (58)" }).first().click();
    await page.waitForURL(/\/territoires\/nievre$/);
    await look(page, `territory-card${suffix}`, { scripts });

    await page.goto(`${node.url}/territoires/departement/86`);
    await look(page, `territory-department${suffix}`, { scripts });
    await page.getByRole("link", { name: "Nouvelle-Aquitaine" }).first().click();
    await page.waitForURL(/\/territoires\/nouvelle-aquitaine$/);
    await page.goto(`${node.url}/territoires/insee/86194`);
    await look(page, `territory${suffix}`, { scripts });
    await page.goto(`${node.url}/organisations/la-traverse`);
    await look(page, `organisation${suffix}`, { scripts });
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test("the map prints without what is for the screen", async () => {
  const { context, page, complaints } = await visitor(browser, { width: 1280 });
  await page.goto(`${node.url}/carte`);
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator("figure.map svg").first().isVisible());
  assert.ok(!(await page.locator("form.search").first().isVisible()));
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a territory is completed by the register, with the keyboard alone", async () => {
  const { context, page, complaints } = await visitor(browser, { width: 360 });
  await page.goto(`${node.url}/experiences/accueil-massif-central/modifier`);
  const input = page.locator('input[name="f.territories.1.name"]');
  await input.evaluate((element) => {
    for (let fold = element.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) fold.open = true;
  });
  await input.pressSequentially("lunas");
  const list = page.getByRole("listbox", { name: "Territoires proposés" });
  await list.waitFor();
  assert.equal(await input.getAttribute("role"), "combobox");
  assert.equal(await input.getAttribute("aria-expanded"), "true");
  await look(page, "territory-completed");
  assert.ok(await list.getByRole("option", { name: "Lunas → Lunas-les-Châteaux (34, Hérault)" }).isVisible());
  assert.ok(await list.getByRole("option", { name: "Lunas (24, Dordogne)" }).isVisible());
  for (let step = 0; step < 10; step += 1) {
    await input.press("ArrowDown");
    const active = await input.getAttribute("aria-activedescendant");
    const option = page.locator(`[id="${active}"]`);
    if ((await option.textContent())?.includes("Hérault")) break;
  }
  await input.press("Enter");
  assert.equal(await list.isVisible(), false);
  assert.equal(await input.inputValue(), "Lunas-les-Châteaux");
  assert.equal(await page.locator('input[name="f.territories.1.insee"]').inputValue(), "34144");
  assert.equal(await page.locator('input[name="f.territories.1.department"]').inputValue(), "Hérault");
  await input.fill("Combl");
  await list.waitFor();
  await input.press("Escape");
  assert.equal(await list.isVisible(), false);
  assert.equal(await input.inputValue(), "Combl");
  assert.deepEqual(complaints, []);
  await context.close();
});
