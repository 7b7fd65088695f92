/** Who takes part in the journey, what they know of the event, and the frame of each step. */
import { test } from "node:test";
import { picture } from "./looks.mjs";
import { linkFromMail } from "./mails.mjs";
import { party } from "./setting.mjs";

/** Everything the guest sends at first: 30 photos and a video. */
export const ALL = [...party("photos"), ...party("video")];
/** Pages by role, made in journey.mjs: `host` at a desk, `guest` and `other` on phones. */
export const cast = {};
/** The event of the journey: id, code and password, as far as known. */
export const event = { password: "apple-river-42" };

const PASSWORD = "a quiet place by the river";
let hasFailed = false;

/** A step of the journey; the ones after a failed one are skipped, as they build on it. */
export function step(name, act) {
  test(name, { timeout: 240_000 }, async (context) => {
    if (hasFailed) return context.skip("an earlier step failed");
    try {
      await act(cast);
    } catch (error) {
      hasFailed = true;
      for (const [who, page] of Object.entries(cast)) await picture(page, `failed-${who}`).catch(() => {});
      throw error;
    }
  });
}

export async function signUp(page, name, email) {
  await page.goto("/sign-up");
  await page.getByLabel("First name").fill(name);
  await page.getByLabel("Last name").fill("Journey");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create the account" }).click();
  await page.waitForURL("**/sign-up/sent");
  await page.goto(await linkFromMail(email, "/verify/"));
  await page.getByRole("button", { name: "Confirm" }).click();
  await page.waitForLoadState();
  if (new URL(page.url()).pathname !== "/events") await signIn(page, email);
}

export async function signIn(page, email) {
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/events");
}

export async function until(isTrue, seconds = 120) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
    if (await isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`not within ${seconds} s: ${isTrue}`);
}
