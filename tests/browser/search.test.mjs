// The councillor's journey on a phone: type a word, narrow it, undo it, begin with five questions, compare, print. Once
// with scripts and once without; every page is looked at.

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

/**
 * Returns how many cards the page says it found.
 * @param {import("playwright-core").Page} page
 */
async function found(page) {
  const heading = (await page.getByRole("heading", { level: 1 }).textContent()) ?? "";
  return Number.parseInt(heading, 10) || 0;
}

for (const { scripts, width, dark } of [
  { scripts: true, width: 360, dark: false },
  { scripts: true, width: 1280, dark: true },
  { scripts: false, width: 360, dark: false },
]) {
  const how = `${scripts ? "with" : "without"} scripts at ${width} px${dark ? " in the dark" : ""}`;
  const suffix = scripts ? "" : "-plain";

  test(`a councillor narrows a search and finds the way back, ${how}`, async () => {
    const { context, page, complaints } = await visitor(browser, { scripts, width, dark });
    await page.goto(`${node.url}/`);
    await page.locator("input[name=q]").first().fill("eau");
    await page.locator("input[name=q]").first().press("Enter");
    await page.waitForURL(/\/recherche\?q=eau/);
    await look(page, `find${suffix}`, { scripts });
    const all = await found(page);
    assert.ok(all > 5, `${all} cards`);

    const filters = page.getByRole("main").locator("details.filters");
    if (width < 600) await filters.locator("summary").first().click();
    const choice = filters.getByRole("link", { name: /de 1 à 3 heures/ });
    const count = Number.parseInt(/\d+$/.exec((await choice.innerText()).trim())?.[0] ?? "0", 10);
    await choice.click();
    await page.waitForURL(/duration=1-to-3h/);
    await look(page, `find-narrowed${suffix}`, { scripts });
    assert.equal(await found(page), count, "the count is what choosing gives");
    assert.ok(count <= all);

    if (width < 600) await filters.locator("summary").first().click();
    await filters.getByText("Plus de filtres").click();
    await filters.getByRole("link", { name: /^Outils/ }).click();
    await page.waitForURL(/kind=tool/);
    await look(page, `find-twice${suffix}`, { scripts });
    const chips = page.getByRole("list", { name: "Filtres choisis" });
    await chips.getByRole("link", { name: /Outils/ }).click();
    await page.waitForURL((url) => !url.search.includes("kind"));
    assert.equal(await found(page), count);
    await page.getByRole("link", { name: "Tout effacer" }).click();
    await page.waitForURL((url) => !url.search.includes("duration"));
    assert.equal(await found(page), all);

    await page.getByRole("link", { name: "Les plus récentes" }).click();
    await page.waitForURL(/sort=newest/);
    assert.equal(await found(page), all);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test(`a councillor is never left before an empty page, ${how}`, async () => {
    const { context, page, complaints } = await visitor(browser, { scripts, width, dark });
    await page.goto(`${node.url}/recherche?q=zorglubien&kind=tool`);
    await look(page, `find-nothing${suffix}`, { scripts });
    const ways = page.getByRole("main").locator(".nothing").getByRole("link");
    assert.ok((await ways.count()) >= 3, "there are ways out");
    await page.getByRole("link", { name: /Parcourir/ }).click();
    await page.waitForURL(/\/parcourir/);
    await look(page, `browse${suffix}`, { scripts });
    await page.getByRole("link", { name: "Résilience alimentaire" }).click();
    await page.waitForURL(/axis=alimentaire/);
    assert.ok((await found(page)) > 0);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  test(`a councillor begins with a few answers, compares and prints, ${how}`, async () => {
    const { context, page, complaints } = await visitor(browser, { scripts, width, dark });
    await page.goto(`${node.url}/`);
    await page.getByRole("link", { name: /Je débute/ }).click();
    await page.waitForURL(/\/commencer/);
    await look(page, `begin${suffix}`, { scripts });
    await page.getByLabel("Qui êtes-vous ?").selectOption({ label: "Élues et élus" });
    await page.getByLabel("Votre commune compte…").selectOption("500-to-2000");
    await page.getByLabel(/combien de temps/).selectOption("1-to-3h");
    await page.getByLabel(/sujet du quotidien/).selectOption("eau");
    await page.getByRole("button", { name: "Proposer un point de départ" }).click();
    await page.waitForURL(/topic=eau/);
    await look(page, `begin-answered${suffix}`, { scripts });
    const reasons = page.getByRole("main").getByText("Parce que vous avez dit");
    assert.ok((await reasons.count()) >= 3, "each offer says why");
    await page.emulateMedia({ media: "print" });
    assert.ok(!(await page.getByRole("button", { name: "Proposer un point de départ", includeHidden: true }).isVisible()));
    await page.emulateMedia({ media: "screen" });

    await page.getByRole("link", { name: "Les comparer dans un tableau" }).click();
    await page.waitForURL(/\/comparer\?fiche=/);
    await look(page, `compare-cards${suffix}`, { scripts });
    assert.equal(await page.getByRole("columnheader").count(), 3);
    await page.getByRole("link", { name: /^retirer/ }).first().click();
    await page.waitForLoadState();
    assert.equal(await page.getByRole("columnheader").count(), 2);
    await page.getByRole("link", { name: "Ajouter une fiche" }).click();
    await page.waitForURL(/\/recherche\?.*comparer=/);
    await page.getByRole("link", { name: "Comparer aussi celle-ci" }).first().click();
    await page.waitForURL(/\/comparer\?fiche=/);
    assert.equal(await page.getByRole("columnheader").count(), 3);
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test("the search field completes what is typed", async () => {
  const { context, page, complaints } = await visitor(browser, { width: 360 });
  await page.goto(`${node.url}/recherche`);
  await page.locator("input[name=q]").first().pressSequentially("porteur");
  await page.locator("datalist option").first().waitFor({ state: "attached" });
  assert.ok((await page.locator("datalist option").count()) > 0);
  assert.deepEqual(complaints, []);
  await context.close();
});
