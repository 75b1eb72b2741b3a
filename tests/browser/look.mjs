// What every page must pass, whatever it shows: axe, no sideways scrolling, nothing from elsewhere, no error in the console.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const axe = require.resolve("axe-core/axe.min.js");
const screenshots = join(import.meta.dirname, "screenshots");

/** The tags of axe's rules that pages must pass. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "RGAAv4"];

/** Launches Chromium without asking anything of the network. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
  });
}

/**
 * Opens a window of someone who reads French.
 * @param {import("playwright-core").Browser} browser
 * @param {{ scripts?: boolean, width?: number, dark?: boolean }} [who]
 */
export async function visitor(browser, { scripts = true, width = 360, dark = false } = {}) {
  const context = await browser.newContext({
    locale: "fr-FR",
    javaScriptEnabled: scripts,
    viewport: { width, height: width < 600 ? 740 : 900 },
    colorScheme: dark ? "dark" : "light",
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  /** @type {string[]} */
  const complaints = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  return { context, page, complaints };
}

/**
 * Checks the page that is open; takes its picture.
 * @param {import("playwright-core").Page} page
 * @param {string} name
 * @param {{ scripts?: boolean }} [how]
 */
export async function look(page, name, { scripts = true } = {}) {
  mkdirSync(screenshots, { recursive: true });
  const width = page.viewportSize()?.width ?? 0;
  await page.screenshot({ path: join(screenshots, `${name}-${width}.png`), fullPage: true });
  if (!scripts) return;
  const scrolled = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(scrolled <= 0, `${name} at ${width} px scrolls sideways by ${scrolled} px`);
  const found = await violations(page);
  assert.deepEqual(found, [], `${name} at ${width} px: axe`);
}

/**
 * Runs axe in a world of its own, so that the page's content security policy stays as it is.
 * @param {import("playwright-core").Page} page
 * @returns {Promise<string[]>}
 */
async function violations(page) {
  const { readFile } = await import("node:fs/promises");
  await page.evaluate(await readFile(axe, "utf8"));
  return page.evaluate(async (tags) => {
    // @ts-ignore axe puts itself on the window
    const results = await window.axe.run(document, { runOnly: { type: "tag", values: tags } });
    return results.violations.map(
      (/** @type {{ id: string, help: string, nodes: { html: string }[] }} */ one) => `${one.id}: ${one.help}: ${one.nodes.map((node) => node.html).join(" | ")}`,
    );
  }, TAGS);
}
