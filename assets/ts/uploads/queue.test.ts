import assert from "node:assert/strict";
import { test } from "node:test";
import { refusal } from "./accept";
import { backoffMs, retryAfterMs } from "./backoff";
import type { Entry } from "./entry";
import { leftWords, Pace } from "./pace";
import { meet, nextToSend, totals } from "./queue";

let made = 0;

function entry(change: Partial<Entry> = {}): Entry {
  made += 1;
  return {
    id: String(made),
    event: "e",
    name: `IMG_${made}.jpg`,
    type: "image/jpeg",
    size_bytes: 1000,
    modified_ms: 1,
    added_at_ms: made,
    state: "waiting",
    offset_bytes: 0,
    ...change,
  };
}

const file = (name: string, size = 1000, lastModified = 1) => ({ name, size, lastModified });

test("three files travel at once, in the order they were chosen", () => {
  const queue = [entry({ state: "done" }), entry(), entry(), entry({ state: "paused" }), entry()];
  assert.deepEqual(nextToSend(queue, 1), [queue[1], queue[2]]);
  assert.deepEqual(nextToSend(queue, 3), []);
});

test("12 of 30 counts what will arrive, not what was refused or came earlier", () => {
  const sum = totals([
    entry({ state: "done" }),
    entry({ state: "duplicate" }),
    entry({ state: "sending", offset_bytes: 400 }),
    entry({ state: "missing", offset_bytes: 100 }),
    entry({ state: "refused" }),
    entry({ state: "done", earlier: true }),
  ]);
  assert.deepEqual([sum.sent, sum.total, sum.open, sum.missing], [2, 4, 2, 1]);
  assert.deepEqual([sum.sent_bytes, sum.size_bytes, sum.left_bytes], [2500, 4000, 600]);
});

test("a file chosen again goes on where it stopped", () => {
  const lost = entry({ name: "cake.jpg", state: "missing" });
  assert.deepEqual(meet([lost], file("cake.jpg")), { is: "again", entry: lost });
  assert.deepEqual(meet([lost], file("cake.jpg", 1001)), { is: "new" });
});

test("a file that was sent already is known", () => {
  const sent = entry({ name: "cake.jpg", state: "done" });
  assert.equal(meet([sent], file("cake.jpg")).is, "known");
  assert.equal(meet([sent], file("cake.jpg", 1000, 2)).is, "new");
});

test("photos and videos pass, other files are refused with a reason", () => {
  const ok = (name: string, type: string) => refusal({ name, type, size: 9 }, 100);
  assert.equal(ok("IMG_1.HEIC", ""), undefined);
  assert.equal(ok("clip.mov", "video/quicktime"), undefined);
  assert.equal(ok("12345", "image/jpeg"), undefined);
  assert.equal(ok("menu.pdf", "application/pdf")?.key, "refused-wrong-kind");
  assert.equal(ok("logo.svg", "image/svg+xml")?.key, "refused-wrong-kind");
  assert.equal(ok("page.html", "text/html")?.key, "refused-wrong-kind");
});

test("empty and too large files are refused before they are sent", () => {
  assert.equal(refusal({ name: "a.jpg", type: "", size: 0 }, 100)?.key, "refused-empty");
  const large = refusal({ name: "a.mp4", type: "", size: 209_715_201 }, 209_715_200, "en");
  assert.deepEqual(large, { key: "refused-too-large", args: { limit: "210 MB" } });
  assert.equal(refusal({ name: "a.mp4", type: "", size: 10 ** 10 }, 0), undefined);
});

test("waiting doubles up to a minute, with jitter of a half", () => {
  assert.deepEqual([backoffMs(1, 0), backoffMs(1, 1)], [500, 1000]);
  assert.deepEqual([backoffMs(4, 0), backoffMs(4, 1)], [4000, 8000]);
  assert.deepEqual([backoffMs(99, 0), backoffMs(99, 1)], [30_000, 60_000]);
});

test("Retry-After is understood in seconds and as a date", () => {
  const now = Date.parse("Sat, 18 Jul 2026 12:00:00 GMT");
  assert.equal(retryAfterMs("30", now), 30_000);
  assert.equal(retryAfterMs("Sat, 18 Jul 2026 12:01:00 GMT", now), 60_000);
  assert.equal(retryAfterMs("soon", now), undefined);
  assert.equal(retryAfterMs(null, now), undefined);
});

test("time left is not told before it can be known", () => {
  const pace = new Pace();
  pace.add(0, 1000);
  assert.equal(pace.leftMs(10_000, 1000), undefined);
  pace.add(4000, 3000);
  assert.equal(pace.leftMs(10_000, 4000), 10_000);
});

test("an old speed is forgotten", () => {
  const pace = new Pace();
  pace.add(0, 1_000_000);
  assert.equal(pace.leftMs(1000, 60_000), undefined);
});

test("time left is told coarsely", () => {
  assert.deepEqual(leftWords(20_000), { key: "upload-left-soon" });
  assert.deepEqual(leftWords(100_000), { key: "upload-left-minutes", args: { minutes: 2 } });
  assert.deepEqual(leftWords(2 * 3_600_000), { key: "upload-left-hours", args: { hours: 2 } });
});
