/** A guest comes in with the code and sends what the phone holds. */
import assert from "node:assert/strict";
import { ALL, event, step, until } from "../cast.mjs";
import { looksRight, picture } from "../looks.mjs";
import { expecting, network } from "../people.mjs";
import { party } from "../setting.mjs";

step("a guest types the code; a wrong password is told, the right one opens", async ({ guest }) => {
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
  await guest.getByLabel("Event password").fill(event.password);
  await guest.getByRole("button", { name: "Open" }).click();
  await guest.getByText("Add photos and videos").waitFor();
  assert.ok(
    (await guest.context().cookies()).some((cookie) => cookie.httpOnly),
    "the pass is HttpOnly",
  );
  await looksRight(guest, "guest-phone");
});

step(
  "30 photos and a video travel at once; a reload and a cut connection cost nothing",
  async ({ host, guest }) => {
    await host.goto(`/events/${event.id}`);
    await host.evaluate(() => {
      window.isTheSamePage = true;
    });
    await network(guest, 4);
    await guest.locator("input[data-choose]").setInputFiles(ALL.map((file) => file.path));
    await guest.getByText(`of ${ALL.length} sent`).first().waitFor();
    assert.equal(await guest.locator(".upload").count(), ALL.length, "a row for each");

    await until(async () => (await sent(host)) >= 0.4 * ALL.length);
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
  },
);

/** How many files the host's own gallery shows, whatever their state: what the server has received. */
const sent = (host) => host.locator("figure[data-id]").count();

step("the same photo under another name is told and kept once", async ({ guest }) => {
  await guest.locator("input[data-choose]").setInputFiles(party("duplicate").map((file) => file.path));
  await guest
    .getByText(/already here|sent this one earlier/i)
    .first()
    .waitFor({ state: "attached" });
});
