/** A host signs up, makes an event and publishes it. */
import assert from "node:assert/strict";
import { event, signUp, step } from "../cast.mjs";
import { looksRight } from "../looks.mjs";

step("a newcomer finds the front page and the forms in order", async ({ other }) => {
  for (const [path, name] of [
    ["/", "home"],
    ["/join", "join"],
    ["/sign-up", "sign-up"],
    ["/sign-in", "sign-in"],
    ["/forgot", "forgot"],
  ]) {
    await other.goto(path);
    await looksRight(other, `${name}-phone`);
  }
  const answer = await other.request.get("/");
  assert.match(answer.headers()["content-security-policy"] ?? "", /script-src/);
});

step("a host signs up and confirms the address from the mail", async ({ host }) => {
  await signUp(host, "Mara", "mara@journey.example");
  await host.goto("/events");
  await looksRight(host, "events-empty-desk");
});

step("the host makes an event with a password and publishes it", async ({ host }) => {
  await host.goto("/events/new");
  await looksRight(host, "event-new-desk");
  await host.getByLabel("Name").fill("Mara & Jonas");
  await host.getByLabel(/^Date/).fill("2026-07-18");
  await host.getByLabel("Time zone").selectOption("Europe/Berlin");
  await host.getByLabel(/^Event password/).fill(event.password);
  await host.getByRole("button", { name: "Make the event" }).click();
  await host.waitForURL(/\/events\/[0-9a-z]{16}/);
  event.id = host.url().match(/\/events\/([0-9a-z]{16})/)[1];
  await host.goto(`/events/${event.id}`);
  await host
    .getByRole("button", { name: /publish/i })
    .first()
    .click();
  await host.waitForLoadState();
});

step("the host sees code, link, password and QR", async ({ host }) => {
  await host.goto(`/events/${event.id}/share`);
  await looksRight(host, "share-desk");
  const words = await host.locator("main").textContent();
  event.code = words.match(/\/g\/([0-9A-Z]{8})/)[1];
  event.typed = `${event.code.slice(0, 4)} ${event.code.slice(4)}`.toLowerCase();
  assert.ok(words.includes(event.password), words);
  for (const [kind, start] of [
    ["svg", "<"],
    ["png", "\x89PNG"],
  ]) {
    const answer = await host.request.get(`/events/${event.id}/qr.${kind}`);
    assert.equal(answer.status(), 200);
    assert.match(answer.headers()["content-type"], new RegExp(`^image/${kind}`));
    assert.ok((await answer.body()).toString("latin1").startsWith(start));
  }
});
