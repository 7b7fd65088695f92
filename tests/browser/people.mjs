/** Persons with a browser of their own, watched for errors that nobody expects. */
import { chromium } from "playwright-core";
import { BASE_URL } from "./setting.mjs";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const DESKTOP = { viewport: { width: 1280, height: 800 } };

let browser;

export async function openBrowser() {
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
}

export async function closeBrowser() {
  await browser?.close();
}

export const onPhone = () => person(PHONE);
export const atDesk = () => person(DESKTOP);

/** A page in a fresh context; `page.mishaps` collects what its console and scripts complain about. */
async function person(device) {
  const context = await browser.newContext({
    ...device,
    baseURL: BASE_URL,
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  page.mishaps = [];
  page.on("console", (message) => {
    if (message.type() === "error")
      page.mishaps.push(`${page.url()}: ${message.text()} ${message.location().url}`);
  });
  page.on("pageerror", (error) => page.mishaps.push(`${page.url()}: ${error.stack}`));
  page.on("dialog", (dialog) => dialog.accept());
  return page;
}

/** Runs `act`, in which complaints that match `expected` are no mishap. */
export async function expecting(page, expected, act) {
  const before = page.mishaps.length;
  const result = await act();
  const since = page.mishaps.splice(before);
  page.mishaps.push(...since.filter((mishap) => !expected.test(mishap)));
  return result;
}

/** The network of this page: megabytes a second upwards, or `0` for none at all. */
export async function network(page, megabytes_s) {
  page.wire ??= await page.context().newCDPSession(page);
  await page.wire.send("Network.enable");
  await page.wire.send("Network.emulateNetworkConditions", {
    offline: megabytes_s === 0,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: Number.isFinite(megabytes_s) && megabytes_s > 0 ? megabytes_s * 1e6 : -1,
  });
}
