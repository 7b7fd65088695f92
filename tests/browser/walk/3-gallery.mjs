/** The host looks at it. */
import assert from "node:assert/strict";
import { ALL, event, step, until } from "../cast.mjs";
import { looksRight } from "../looks.mjs";
import { party } from "../setting.mjs";

step("the host's gallery has filled itself, without a reload, in capture order", async ({ host }) => {
  const figures = host.locator("figure[data-id]");
  await until(async () => (await figures.count()) === ALL.length, 60);
  await until(async () => (await host.locator('figure[data-state="received"]').count()) === 0, 180);
  assert.ok(await host.evaluate(() => window.isTheSamePage), "the page was never reloaded");

  const shown = await figures.evaluateAll((all) => all.map(({ dataset }) => ({ ...dataset })));
  const photos = shown.filter((figure) => figure.kind === "photo");
  assert.deepEqual(
    photos.filter((figure) => figure.state !== "ready"),
    [],
  );
  assert.deepEqual(
    photos.map((figure) => figure.taken ?? "").filter(Boolean),
    party("photos")
      .map((file) => file.taken)
      .filter(Boolean)
      .sort(),
  );
  assert.deepEqual(
    photos.map((figure) => figure.name).sort(),
    party("photos")
      .map((file) => keptName(file.name))
      .sort(),
  );
  for (const figure of photos.filter(({ name }) => /^IMG_402[4-7]\.jpg$/.test(name))) {
    assert.deepEqual([figure.w, figure.h], ["3024", "4032"], `${figure.name} stands upright`);
  }
  await everyPictureLoads(figures);
  await looksRight(host, "gallery-desk");
});

/** A name as EPU keeps it: without what Windows refuses, and short enough for every file system. */
function keptName(name) {
  const [, stem, extension] = name.replace(/[<>:"|?*]/g, "").match(/^(.*)(\.[^.]*)$/);
  return stem.slice(0, 200) + extension;
}

async function everyPictureLoads(figures) {
  for (const figure of await figures.all()) {
    await figure.scrollIntoViewIfNeeded();
    const image = figure.locator("img").first();
    if ((await figure.getAttribute("data-kind")) === "video") continue;
    await until(() => image.evaluate((element) => element.complete && element.naturalWidth > 0), 20);
  }
}

step("the lightbox opens, follows the keys and closes", async ({ host }) => {
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

step("the video plays by ranges", async ({ host }) => {
  const original = await host.locator('figure[data-kind="video"]').getAttribute("data-original");
  const part = await host.request.get(original, { headers: { range: "bytes=10-19" } });
  assert.equal(part.status(), 206);
  assert.equal(part.headers()["content-range"], `bytes 10-19/${party("video")[0].bytes}`);
  assert.equal((await part.body()).length, 10);
  await host.locator('figure[data-kind="video"] a').click();
  await until(
    () =>
      host
        .locator("video")
        .first()
        .evaluate((video) => video.readyState >= 2 && video.videoWidth === 1280),
    20,
  );
  await host.keyboard.press("Escape");
});

step("a photo goes to the trash and comes back", async ({ host }) => {
  const figures = host.locator("figure[data-id]");
  await choose(host, "IMG_4023.jpg");
  await host.getByRole("button", { name: "Trash", exact: true }).click();
  await until(async () => (await figures.count()) === ALL.length - 1, 20);
  await host.goto(`/events/${event.id}?filter=trash`);
  await looksRight(host, "trash-desk");
  await choose(host, "IMG_4023.jpg");
  await host.getByRole("button", { name: "Restore", exact: true }).click();
  await until(async () => (await figures.count()) === 0, 20);
  await host.goto(`/events/${event.id}`);
  await until(async () => (await figures.count()) === ALL.length, 20);
});

/** Presses the corner button that a figure shows under the pointer. */
async function choose(page, name) {
  const figure = page.locator(`figure[data-name="${name}"]`);
  await figure.hover();
  await figure.getByRole("button", { name: `Select ${name}` }).click();
}
