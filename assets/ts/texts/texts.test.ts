import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import english from "../../texts/en/browser.ftl";
import { speaker } from "./texts";

const say = speaker([{ locale: "en", source: english }]);
const german =
  "upload-waiting = wartet\nupload-still = { $count ->\n    [one] Noch ein Foto\n   *[other] Noch { $count } Fotos\n }\n";

test("numbers have their plural", () => {
  assert.equal(say("upload-still", { count: 1 }), "One photo still to send");
  assert.equal(say("upload-still", { count: 3 }), "3 photos still to send");
  assert.equal(say("upload-sum", { sent: 12, total: 30 }), "12 of 30 sent");
});

test("what a translation lacks is said in English", () => {
  const sagen = speaker([
    { locale: "de", source: german },
    { locale: "en", source: english },
  ]);
  assert.equal(sagen("upload-still", { count: 3 }), "Noch 3 Fotos");
  assert.equal(sagen("upload-paused"), "paused");
});

test("every key the scripts name is there", () => {
  // Tests run in assets/.
  const sources = readdirSync("ts", { recursive: true, encoding: "utf8" }).filter((path) =>
    /(?<!\.test)\.ts$/.test(path),
  );
  for (const path of sources) {
    const source = readFileSync(join("ts", path), "utf8");
    for (const [, key] of source.matchAll(
      /"((?:(?:upload|refused|failed|gallery|lightbox)(?:-[a-z]+)+|password-(?:show|hide)))"/g,
    )) {
      assert.notEqual(say(key ?? "", { count: 2 }), key, `${path}: ${key}`);
    }
  }
});

test("keys that are put together are there too", () => {
  const made = ["refused-wrong-kind", "refused-empty", "refused-event-closed", "refused-storage-full"];
  made.push(...["trash", "restore", "clear", "undo"].map((key) => `gallery-${key}`));
  made.push(...["previous", "next", "info", "close"].map((key) => `lightbox-${key}`));
  made.push(...["time", "length", "size", "dimensions"].map((key) => `lightbox-${key}`));
  made.push("upload-remove-named", "upload-retry-named");
  for (const key of made) assert.notEqual(say(key, { name: "x" }), key, key);
});
