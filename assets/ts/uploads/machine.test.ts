import assert from "node:assert/strict";
import { test } from "node:test";
import { firstChunk, LARGEST_BYTES, SMALLEST_BYTES } from "./chunk";
import { type Answer, begin, follow, type Step, type Transfer } from "./machine";

const MB = 1024 * 1024;

function transfer(change: Partial<Transfer> = {}): Transfer {
  return { size_bytes: 5 * MB, offset_bytes: 0, chunk: firstChunk(), tries: 0, recreated: 0, ...change };
}

function answer(status: number, more: Partial<Extract<Answer, { kind: "answer" }>> = {}): Answer {
  return { kind: "answer", status, took_ms: 3000, ...more };
}

const sent = (from: number, to: number): Step => ({ do: "patch", url: "/u/1", from, to });
const under = (more: Partial<Transfer> = {}) => transfer({ url: "/u/1", ...more });

test("a new file is created, an interrupted one is asked for", () => {
  assert.deepEqual(begin(transfer()), { do: "create" });
  assert.deepEqual(begin(under()), { do: "head", url: "/u/1" });
});

test("a whole upload goes create, patch by patch, done", () => {
  let move = follow(transfer({ size_bytes: 2 * MB }), { do: "create" }, answer(201, { location: "/u/1" }), 0);
  assert.deepEqual(move.step, sent(0, MB));
  move = follow(move.transfer, move.step, answer(204, { offset_bytes: MB }), 0);
  assert.deepEqual(move.step, sent(MB, 2 * MB));
  move = follow(move.transfer, move.step, answer(204, { offset_bytes: 2 * MB, item: "abc" }), 0);
  assert.deepEqual(move.step, { do: "end", as: "done", item: "abc" });
});

test("the server's offset counts, not what we sent", () => {
  const move = follow(under(), sent(0, MB), answer(204, { offset_bytes: 1000 }), 0);
  assert.deepEqual(move.step, sent(1000, 1000 + MB));
});

test("a duplicate is told as such, at the end or at once", () => {
  const end = { do: "end", as: "duplicate", item: "abc" };
  const known = { item: "abc", duplicate: true };
  const late = follow(under(), sent(4 * MB, 5 * MB), answer(204, { offset_bytes: 5 * MB, ...known }), 0);
  assert.deepEqual(late.step, end);
  const created = answer(201, { location: "/u/1", offset_bytes: 5 * MB, ...known });
  assert.deepEqual(follow(transfer(), { do: "create" }, created, 0).step, end);
});

test("when the last answer was lost, an empty piece asks for the end", () => {
  const head: Step = { do: "head", url: "/u/1" };
  const move = follow(under(), head, answer(200, { offset_bytes: 5 * MB }), 0);
  assert.deepEqual(move.step, sent(5 * MB, 5 * MB));
  const end = follow(move.transfer, move.step, answer(204, { offset_bytes: 5 * MB, item: "abc" }), 0);
  assert.equal(end.step.do, "end");
});

test("a cut connection waits longer each time, then asks where it stands", () => {
  const first = follow(under(), sent(0, MB), { kind: "cut" }, 1);
  assert.deepEqual(first.step, { do: "head", url: "/u/1" });
  assert.equal(first.after_ms, 1000);
  const second = follow(first.transfer, first.step, { kind: "cut" }, 1);
  assert.equal(second.after_ms, 2000);
});

test("repeated cuts make the pieces smaller, down to 256 KiB", () => {
  let move = follow(under(), sent(0, MB), { kind: "cut" }, 0);
  assert.equal(move.transfer.chunk.bytes, MB);
  for (let cuts = 0; cuts < 5; cuts += 1) move = follow(move.transfer, sent(0, MB), { kind: "cut" }, 0);
  assert.equal(move.transfer.chunk.bytes, SMALLEST_BYTES);
});

test("no number of cuts gives a photo up", () => {
  let move = follow(under(), sent(0, MB), { kind: "cut" }, 0);
  for (let cuts = 0; cuts < 1000; cuts += 1) move = follow(move.transfer, move.step, { kind: "cut" }, 0.5);
  assert.deepEqual(move.step, { do: "head", url: "/u/1" });
  assert.ok(move.after_ms <= 60_000);
});

test("progress forgives the tries before it", () => {
  const tired = under({ tries: 5 });
  assert.equal(follow(tired, sent(0, MB), answer(204, { offset_bytes: MB }), 0).transfer.tries, 0);
});

test("a wrong offset asks at once, and the second time not so fast", () => {
  const first = follow(under(), sent(0, MB), answer(409), 0);
  assert.deepEqual([first.step, first.after_ms], [{ do: "head", url: "/u/1" }, 0]);
  assert.ok(follow(first.transfer, sent(0, MB), answer(409), 0).after_ms > 0);
});

test("a forgotten upload is created anew, but not for ever", () => {
  let move = follow(under({ offset_bytes: MB }), sent(MB, 2 * MB), answer(410), 0);
  assert.deepEqual(move.step, { do: "create" });
  assert.deepEqual([move.transfer.offset_bytes, move.transfer.url], [0, undefined]);
  for (let times = 0; times < 3; times += 1) {
    move = follow({ ...move.transfer, url: "/u/2" }, { do: "head", url: "/u/2" }, answer(404), 0);
  }
  assert.equal(move.step.do === "end" && move.step.as, "failed");
});

test("a proxy's limit halves the piece for good and loses nothing", () => {
  const move = follow(under(), sent(0, MB), answer(413), 0);
  assert.deepEqual(move.step, { do: "head", url: "/u/1" });
  assert.deepEqual(move.transfer.chunk, { bytes: MB / 2, ceiling_bytes: MB / 2 });
  const quick = answer(204, { offset_bytes: MB / 2, took_ms: 10 });
  assert.equal(follow(move.transfer, sent(0, MB / 2), quick, 0).transfer.chunk.bytes, MB / 2);
});

test("a network that refuses even the smallest piece is told", () => {
  const small = under({ chunk: { bytes: SMALLEST_BYTES, ceiling_bytes: SMALLEST_BYTES } });
  const { step } = follow(small, sent(0, SMALLEST_BYTES), answer(413), 0);
  assert.ok(step.do === "end" && step.as === "failed" && step.why.key === "failed-too-big-step");
});

test("a file that is too large for the event is refused in the server's words", () => {
  const said = answer(413, { code: "too_large", detail: "At most 200 MB." });
  for (const step of [{ do: "create" } as Step, sent(0, MB)]) {
    const end = follow(under(), step, said, 0).step;
    assert.ok(end.do === "end" && end.as === "refused" && end.why.detail === "At most 200 MB.");
  }
});

test("wrong kind, closed event and full storage are refusals with a reason", () => {
  for (const [status, code, key] of [
    [415, "wrong_kind", "refused-wrong-kind"],
    [415, undefined, "refused-wrong-kind"],
    [403, "event_closed", "refused-event-closed"],
    [403, "storage_full", "refused-storage-full"],
    [403, "something_new", "refused-other"],
  ] as const) {
    const { step } = follow(transfer(), { do: "create" }, answer(status, { code }), 0);
    assert.ok(step.do === "end" && step.as === "refused");
    assert.equal(step.why.key, key);
  }
});

test("the server's wish to wait is obeyed", () => {
  for (const status of [429, 503]) {
    const move = follow(under(), sent(0, MB), answer(status, { retry_after_ms: 7000 }), 0);
    assert.deepEqual([move.after_ms, move.step.do], [7000, "head"]);
  }
});

test("a broken server is asked a few times, then the guest may retry", () => {
  let move = follow(under(), sent(0, MB), answer(500), 0);
  for (let tries = 0; tries < 6; tries += 1) move = follow(move.transfer, sent(0, MB), answer(500), 0);
  assert.ok(move.step.do === "end" && move.step.as === "failed" && move.step.why.key === "failed-server");
});

test("quick pieces grow to 16 MiB, slow ones shrink", () => {
  let now = under({ size_bytes: 900 * MB });
  for (let pieces = 0; pieces < 8; pieces += 1) {
    const to = now.offset_bytes + now.chunk.bytes;
    const quick = answer(204, { offset_bytes: to, took_ms: 300 });
    now = follow(now, sent(now.offset_bytes, to), quick, 0).transfer;
  }
  assert.equal(now.chunk.bytes, LARGEST_BYTES);
  const to = now.offset_bytes + now.chunk.bytes;
  const slow = answer(204, { offset_bytes: to, took_ms: 20_000 });
  assert.equal(follow(now, sent(now.offset_bytes, to), slow, 0).transfer.chunk.bytes, LARGEST_BYTES / 2);
});
