/**
 * The main job, end to end, as people do it: a host makes an event, a guest sends what a phone holds,
 * the host looks at it and takes it home, a stranger sees nothing. One step builds on the one before.
 */
import { after, before } from "node:test";
import { cast } from "./cast.mjs";
import { atDesk, closeBrowser, onPhone, openBrowser } from "./people.mjs";

before(async () => {
  await openBrowser();
  cast.host = await atDesk();
  cast.guest = await onPhone();
  cast.other = await onPhone();
});
after(closeBrowser);

await import("./walk/1-host.mjs");
await import("./walk/2-guest.mjs");
await import("./walk/3-gallery.mjs");
await import("./walk/4-home.mjs");
await import("./walk/5-bad.mjs");
await import("./walk/6-end.mjs");
