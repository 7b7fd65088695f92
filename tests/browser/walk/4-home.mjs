/** The host takes everything home. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ALL, event, step } from "../cast.mjs";
import { EPU, SCREENS } from "../setting.mjs";
import { sha256, unzipped } from "../zips.mjs";

step("Download all is one ZIP of exactly what was sent, and goes on where it was cut", async ({ host }) => {
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
  for (const name of ["cake 🎂🎉.jpg", "صورة العائلة.jpg"])
    assert.ok(names.includes(name), `${name} in ${names}`);
});

step("epu export writes the same archive", async () => {
  const path = join(SCREENS, "export.zip");
  const out = openSync(path, "w");
  execFileSync(EPU, ["export", event.code, "--to", "-"], { stdio: ["ignore", out, "inherit"] });
  closeSync(out);
  assert.equal(sha256(readFileSync(path)), sha256(readFileSync(event.zip)));
});
