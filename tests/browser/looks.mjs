/** How a page looks and whether everyone can use it. */
import assert from "node:assert/strict";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { SCREENS } from "./setting.mjs";

/** Keeps a screenshot and holds the page to WCAG 2.2 AA, as far as axe can tell. */
export async function looksRight(page, name) {
  await picture(page, name);
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  const told = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => node.html).join("\n  ")}`,
  );
  assert.deepEqual(told, [], `${name} (${page.url()})`);
  await fitsTheScreen(page, name);
}

export async function picture(page, name) {
  await page.screenshot({ path: join(SCREENS, `${name}.png`), animations: "disabled" });
}

async function fitsTheScreen(page, name) {
  const [content, screen] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    window.innerWidth,
  ]);
  assert.ok(content <= screen, `${name} is ${content} px wide on a screen of ${screen} px`);
}
