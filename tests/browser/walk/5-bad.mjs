/** Files that are not what they seem, and people to whom nothing belongs. */
import assert from "node:assert/strict";
import { event, signUp, step } from "../cast.mjs";
import { picture } from "../looks.mjs";
import { expecting, onPhone } from "../people.mjs";
import { BASE_URL, party } from "../setting.mjs";
import { sha256 } from "../zips.mjs";

step("bad files are told in clear words, and none is lost", async ({ host, guest }) => {
  const send = (name) =>
    guest.locator("input[data-choose]").setInputFiles(party("bad").find((file) => file.name === name).path);
  const row = (name) => guest.locator(".upload", { hasText: name }).last();
  await expecting(guest, /status of 4\d\d/, async () => {
    await send("page.jpg");
    await row("page.jpg").getByText("Only photos and videos").waitFor();
    await send("empty.jpg");
    await row("empty.jpg").getByText("This file is empty").waitFor();
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

step("a stranger, and another host, get nothing of it", async ({ host, other }) => {
  const original = await host.locator("figure[data-id]").first().getAttribute("data-original");
  const thumb = await host.locator("figure[data-src400]").first().getAttribute("data-src400");
  const pages = [
    "",
    "/edit",
    "/share",
    "/items?filter=all",
    "/changes?since=0",
    "/stream",
    "/export.zip",
    "/qr.svg",
    "/qr.png",
  ];
  const hosts = pages.map((page) => `/events/${event.id}${page}`);
  const files = [original, thumb];
  const guests = ["/gallery", "/items", "/stream"].map((page) => `/g/${event.code}${page}`);
  const stranger = await onPhone();
  for (const path of [...hosts, ...files, ...guests]) {
    const answer = await stranger.request.get(path, { maxRedirects: 0, timeout: 5_000 });
    const isWalled =
      [401, 403, 404].includes(answer.status()) ||
      (answer.status() === 303 && /\/(sign-in|g\/)/.test(answer.headers().location));
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
  assert.ok(
    upload.status() >= 400 && upload.status() < 500,
    `an upload without the password answers ${upload.status()}`,
  );
});
