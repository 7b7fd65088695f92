/** The same on a phone, and no complaint anywhere. */
import assert from "node:assert/strict";
import { event, signIn, step } from "../cast.mjs";
import { looksRight } from "../looks.mjs";
import { onPhone } from "../people.mjs";

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

step("no console complained and no policy was broken", async ({ host, guest, other }) => {
  assert.deepEqual([...host.mishaps, ...guest.mishaps, ...other.mishaps], []);
});
