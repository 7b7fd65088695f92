/**
 * The main job, end to end, as people do it: a host makes an event, a guest sends what a phone holds,
 * the host looks at it and takes it home, a stranger sees nothing. One step builds on the one before.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { looksRight, picture } from "./looks.mjs";
import { linkFromMail } from "./mails.mjs";
import { atDesk, closeBrowser, expecting, network, onPhone, openBrowser } from "./people.mjs";
import { BASE_URL, EPU, party, SCREENS } from "./setting.mjs";
import { unzipped } from "./zips.mjs";

const PASSWORD = "apple-river-42";
const ALL = [...party("photos"), ...party("video")];
const event = {};
let host;
let guest;
let other;
let hasFailed = false;

/** A step of the journey; the ones after a failed one are skipped, as they build on it. */
function step(name, act) {
  test(name, { timeout: 240_000 }, async (context) => {
    if (hasFailed) return context.skip("an earlier step failed");
    try {
      await act();
    } catch (error) {
      hasFailed = true;
      for (const [who, page] of Object.entries({ host, guest, other })) {
        if (page) await picture(page, `failed-${who}`).catch(() => {});
      }
      throw error;
    }
  });
}

before(async () => {
  await openBrowser();
  host = await atDesk();
  guest = await onPhone();
  other = await onPhone();
});
after(closeBrowser);

async function signUp(page, name, email) {
  await page.goto("/sign-up");
  await page.getByLabel("First name").fill(name);
  await page.getByLabel("Last name").fill("Journey");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill("a quiet place by the river");
  await page.getByRole("button", { name: "Create the account" }).click();
  await page.waitForURL("**/sign-up/sent");
  await page.goto(await linkFromMail(email, "/verify/"));
  await page.getByRole("button", { name: "Confirm" }).click();
  await page.waitForLoadState();
  if (new URL(page.url()).pathname !== "/events") await signIn(page, email);
}

async function signIn(page, email) {
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill("a quiet place by the river");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/events");
}

step("a newcomer finds the front page and the forms in order", async () => {
  for (const [path, name] of [["/", "home"], ["/join", "join"], ["/sign-up", "sign-up"], ["/sign-in", "sign-in"], ["/forgot", "forgot"]]) {
    await other.goto(path);
    await looksRight(other, `${name}-phone`);
  }
  const answer = await other.request.get("/");
  assert.match(answer.headers()["content-security-policy"] ?? "", /script-src/);
});

step("a host signs up and confirms the address from the mail", async () => {
  await signUp(host, "Mara", "mara@journey.example");
  await host.goto("/events");
  await looksRight(host, "events-empty-desk");
});

step("the host makes an event with a password and publishes it", async () => {
  await host.goto("/events/new");
  await looksRight(host, "event-new-desk");
  await host.getByLabel("Name").fill("Mara & Jonas");
  await host.getByLabel(/^Date/).fill("2026-07-18");
  await host.getByLabel("Time zone").selectOption("Europe/Berlin");
  await host.getByLabel(/^Event password/).fill(PASSWORD);
  await host.getByRole("button", { name: "Make the event" }).click();
  await host.waitForURL(/\/events\/[0-9a-z]{16}/);
  event.id = host.url().match(/\/events\/([0-9a-z]{16})/)[1];
  await host.goto(`/events/${event.id}`);
  await host.getByRole("button", { name: /publish/i }).first().click();
  await host.waitForLoadState();
});

step("the host sees code, link, password and QR", async () => {
  await host.goto(`/events/${event.id}/share`);
  await looksRight(host, "share-desk");
  const words = await host.locator("main").innerText();
  event.code = words.match(/\/g\/([0-9A-Z]{8})/)[1];
  event.typed = `${event.code.slice(0, 4)} ${event.code.slice(4)}`.toLowerCase();
  assert.ok(words.includes(PASSWORD), words);
  for (const [kind, start] of [["svg", "<"], ["png", "\x89PNG"]]) {
    const answer = await host.request.get(`/events/${event.id}/qr.${kind}`);
    assert.equal(answer.status(), 200);
    assert.match(answer.headers()["content-type"], new RegExp(`^image/${kind}`));
    assert.ok((await answer.body()).toString("latin1").startsWith(start));
  }
});

step("a guest types the code; a wrong password is told, the right one opens", async () => {
  await guest.goto("/join");
  await guest.getByLabel("Code").fill(event.typed);
  await guest.getByRole("button", { name: "Go to the event" }).click();
  await guest.waitForURL(`**/g/${event.code}`);
  await looksRight(guest, "guest-password-phone");
  await expecting(guest, /status of 4\d\d/, async () => {
    await guest.getByLabel("Event password").fill("apple-lake-42");
    await guest.getByRole("button", { name: "Open" }).click();
    await guest.getByText("That is not the password").waitFor();
  });
  await guest.getByLabel("Event password").fill(PASSWORD);
  await guest.getByRole("button", { name: "Open" }).click();
  await guest.getByText("Add photos and videos").waitFor();
  assert.ok((await guest.context().cookies()).some((cookie) => cookie.httpOnly), "the pass is HttpOnly");
  await looksRight(guest, "guest-phone");
});

step("30 photos and a video travel at once; a reload and a cut connection cost nothing", async () => {
  await host.goto(`/events/${event.id}`);
  await host.evaluate(() => {
    window.isTheSamePage = true;
  });
  await network(guest, 4);
  await guest.locator("input[data-choose]").setInputFiles(ALL.map((file) => file.path));
  await guest.getByText(`of ${ALL.length} sent`).first().waitFor();
  assert.equal(await guest.locator(".upload").count(), ALL.length, "a row for each");

  await until(async () => (await sent()) >= 0.4 * ALL.length);
  await picture(guest, "guest-sending-phone");
  await expecting(guest, /ERR_|Failed to fetch/, () => guest.reload());
  await guest.getByText("still to send").waitFor();

  await expecting(guest, /ERR_|Failed to fetch/, async () => {
    await network(guest, 0);
    await guest.getByText("It goes on by itself").waitFor();
    await picture(guest, "guest-offline-phone");
    await network(guest, Number.POSITIVE_INFINITY);
    await guest.getByText("All sent. Thank you!").first().waitFor({ timeout: 120_000 });
  });
  await looksRight(guest, "guest-done-phone");
});

/** How many files the host's own gallery shows, whatever their state: what the server has received. */
const sent = () => host.locator("figure[data-id]").count();

async function until(isTrue, seconds = 120) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
    if (await isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`not within ${seconds} s: ${isTrue}`);
}

step("the same photo under another name is told and kept once", async () => {
  await guest.locator("input[data-choose]").setInputFiles(party("duplicate").map((file) => file.path));
  await guest.getByText(/already here|sent this one earlier/i).first().waitFor({ state: "attached" });
});

step("the host's gallery has filled itself, without a reload, in capture order", async () => {
  const figures = host.locator("figure[data-id]");
  await until(async () => (await figures.count()) === ALL.length, 60);
  await until(async () => (await host.locator('figure[data-state="received"]').count()) === 0, 180);
  assert.ok(await host.evaluate(() => window.isTheSamePage), "the page was never reloaded");

  const shown = await figures.evaluateAll((all) => all.map(({ dataset }) => ({ ...dataset })));
  const photos = shown.filter((figure) => figure.kind === "photo");
  assert.deepEqual(photos.filter((figure) => figure.state !== "ready"), []);
  assert.deepEqual(
    photos.map((figure) => figure.taken ?? "").filter(Boolean),
    party("photos").map((file) => file.taken).filter(Boolean).sort(),
  );
  assert.deepEqual(photos.map((figure) => figure.name).sort(), party("photos").map((file) => file.name).sort());
  for (const figure of photos.filter(({ name }) => /^IMG_402[4-7]\.jpg$/.test(name))) {
    assert.deepEqual([figure.w, figure.h], ["3024", "4032"], `${figure.name} stands upright`);
  }
  await everyPictureLoads(figures);
  await looksRight(host, "gallery-desk");
});

async function everyPictureLoads(figures) {
  for (const figure of await figures.all()) {
    await figure.scrollIntoViewIfNeeded();
    const image = figure.locator("img").first();
    if ((await figure.getAttribute("data-kind")) === "video") continue;
    await until(() => image.evaluate((element) => element.complete && element.naturalWidth > 0), 20);
  }
}

step("the lightbox opens, follows the keys and closes", async () => {
  await host.evaluate(() => scrollTo(0, 0));
  await host.locator("figure[data-id] a").first().click();
  const box = host.getByRole("dialog");
  await box.getByText(`1 of ${ALL.length}`).waitFor();
  await host.keyboard.press("ArrowRight");
  await host.keyboard.press("ArrowRight");
  await box.getByText(`3 of ${ALL.length}`).waitFor();
  await host.keyboard.press("ArrowLeft");
  await box.getByText(`2 of ${ALL.length}`).waitFor();
  await looksRight(host, "lightbox-desk");
  await host.keyboard.press("Escape");
  await box.waitFor({ state: "hidden" });
});

step("the video plays by ranges", async () => {
  const original = await host.locator('figure[data-kind="video"]').getAttribute("data-original");
  const part = await host.request.get(original, { headers: { range: "bytes=10-19" } });
  assert.equal(part.status(), 206);
  assert.equal(part.headers()["content-range"], `bytes 10-19/${party("video")[0].bytes}`);
  assert.equal((await part.body()).length, 10);
  await host.locator('figure[data-kind="video"] a').click();
  await until(() => host.locator("video").first().evaluate((video) => video.readyState >= 2 && video.videoWidth === 1280), 20);
  await host.keyboard.press("Escape");
});

step("a photo goes to the trash and comes back", async () => {
  const figures = host.locator("figure[data-id]");
  await host.getByRole("checkbox", { name: "Select IMG_4023.jpg" }).check({ force: true });
  await host.getByRole("button", { name: "Trash" }).click();
  await until(async () => (await figures.count()) === ALL.length - 1, 20);
  await host.goto(`/events/${event.id}?filter=trash`);
  await looksRight(host, "trash-desk");
  await host.getByRole("checkbox", { name: "Select IMG_4023.jpg" }).check({ force: true });
  await host.getByRole("button", { name: "Restore" }).click();
  await until(async () => (await figures.count()) === 0, 20);
  await host.goto(`/events/${event.id}`);
  await until(async () => (await figures.count()) === ALL.length, 20);
});

step("Download all is one ZIP of exactly what was sent, and goes on where it was cut", async () => {
  const path = await host.getByRole("link", { name: "Download all" }).getAttribute("href");
  const whole = await host.request.head(path);
  const length = Number(whole.headers()["content-length"]);
  const { etag } = whole.headers();
  assert.ok(etag?.startsWith('"'), `a strong ETag: ${etag}`);
  const cut = Math.floor(length / 3);
  const first = await host.request.get(path, { headers: { range: `bytes=0-${cut - 1}` } });
  const rest = await host.request.get(path, { headers: { range: `bytes=${cut}-`, "if-range": etag } });
  assert.deepEqual([first.status(), rest.status()], [206, 206]);
  const changed = await host.request.get(path, { headers: { range: "bytes=0-9", "if-range": '"another"' } });
  assert.equal(changed.status(), 200);

  const archive = Buffer.concat([await first.body(), await rest.body()]);
  assert.equal(archive.length, length);
  assert.equal(sha256(archive), sha256(await changed.body()));
  event.zip = join(SCREENS, "download-all.zip");
  writeFileSync(event.zip, archive);
  const files = unzipped(event.zip);
  assert.deepEqual(files.map((file) => file.sha256).sort(), ALL.map((file) => file.sha256).sort());
  const names = files.map((file) => file.name.split("/").pop());
  assert.equal(new Set(names).size, names.length, "every name once");
  for (const name of ["cake 🎂🎉.jpg", "صورة العائلة.jpg"]) assert.ok(names.includes(name), `${name} in ${names}`);
});

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

step("epu export writes the same archive", async () => {
  const path = join(SCREENS, "export.zip");
  const out = openSync(path, "w");
  execFileSync(EPU, ["export", event.code, "--to", "-"], { stdio: ["ignore", out, "inherit"] });
  closeSync(out);
  assert.equal(sha256(readFileSync(path)), sha256(readFileSync(event.zip)));
});

step("bad files are told in clear words, and none is lost", async () => {
  const send = (name) => guest.locator("input[data-choose]").setInputFiles(party("bad").find((file) => file.name === name).path);
  const row = (name) => guest.locator(".upload", { hasText: name }).last();
  await expecting(guest, /status of 4\d\d/, async () => {
    await send("page.jpg");
    await row("page.jpg").getByText("Only photos and videos").waitFor();
    await send("empty.jpg");
    await row("empty.jpg").getByText("empty").waitFor();
  });
  for (const name of ["corrupt.jpg", "bomb.png"]) {
    await send(name);
    const figure = host.locator(`figure[data-name="${name}"][data-state="failed"]`);
    await figure.waitFor({ timeout: 90_000 });
    const original = await host.request.get(await figure.getAttribute("data-original"));
    assert.equal(sha256(await original.body()), party("bad").find((file) => file.name === name).sha256);
  }
  await picture(guest, "guest-bad-phone");
});

step("a stranger, and another host, get nothing of it", async () => {
  const original = await host.locator("figure[data-id]").first().getAttribute("data-original");
  const thumb = await host.locator("figure[data-src400]").first().getAttribute("data-src400");
  const pages = ["", "/edit", "/share", "/items?filter=all", "/changes?since=0", "/stream", "/export.zip", "/qr.svg", "/qr.png"];
  const hosts = pages.map((page) => `/events/${event.id}${page}`);
  const files = [original, thumb];
  const guests = ["/gallery", "/items", "/stream"].map((page) => `/g/${event.code}${page}`);
  const stranger = await onPhone();
  for (const path of [...hosts, ...files, ...guests]) {
    const answer = await stranger.request.get(path, { maxRedirects: 0, timeout: 5_000 });
    const isWalled = [401, 403, 404].includes(answer.status()) || (answer.status() === 303 && /\/(sign-in|g\/)/.test(answer.headers().location));
    assert.ok(isWalled, `${path} answers a stranger ${answer.status()}`);
  }
  await stranger.goto(`/g/${event.code}`);
  await stranger.getByLabel("Event password").waitFor();
  assert.equal(await stranger.locator("photo-uploader").count(), 0);

  await signUp(other, "Otto", "otto@journey.example");
  for (const path of [...hosts, ...files]) {
    const answer = await other.request.get(path, { maxRedirects: 0, timeout: 5_000 });
    assert.equal(answer.status(), 404, `${path} answers another host ${answer.status()}`);
  }
  const upload = await stranger.request.post(`/g/${event.code}/uploads`, {
    headers: { "tus-resumable": "1.0.0", "upload-length": "10", origin: BASE_URL },
  });
  assert.ok(upload.status() >= 400 && upload.status() < 500, `an upload without the password answers ${upload.status()}`);
});

step("the host sees the same gallery on a phone", async () => {
  const pocket = await onPhone();
  await signIn(pocket, "mara@journey.example");
  await looksRight(pocket, "events-phone");
  await pocket.goto(`/events/${event.id}`);
  await pocket.locator("figure[data-id] img").first().waitFor();
  await looksRight(pocket, "gallery-phone");
  await pocket.goto(`/events/${event.id}/share`);
  await looksRight(pocket, "share-phone");
  assert.deepEqual(pocket.mishaps, []);
});

step("no console complained and no policy was broken", async () => {
  assert.deepEqual([...host.mishaps, ...guest.mishaps, ...other.mishaps], []);
});
