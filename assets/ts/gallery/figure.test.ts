import assert from "node:assert/strict";
import { test } from "node:test";
import { clock, compare, ratioOf, read } from "./figure";

/** A figure is its attributes. */
const figure = (data: Record<string, string>) => ({ dataset: data }) as unknown as HTMLElement;

test("photos stand in the order of capture, undated last", () => {
  const noon = figure({ taken: "2026-07-18T12:00:00" });
  const night = figure({ taken: "2026-07-18T23:00:00" });
  const undated = figure({ taken: "" });
  assert.ok(compare(noon, night) < 0);
  assert.ok(compare(undated, night) > 0);
  assert.equal(compare(noon, noon), 0);
});

test("the server's own order comes first", () => {
  const first = figure({ sort: "1", taken: "2026-07-18T12:00:00" });
  const second = figure({ sort: "2", taken: "2026-07-18T11:00:00" });
  assert.ok(compare(first, second) < 0);
});

test("an unknown shape is laid out as 4:3, an extreme one is cropped", () => {
  assert.equal(ratioOf(figure({ w: "", h: "" })), 4 / 3);
  assert.equal(ratioOf(figure({ w: "9000", h: "1000" })), 2.6);
  assert.equal(ratioOf(figure({ w: "1000", h: "9000" })), 0.5);
});

test("what the server leaves out is empty, never undefined", () => {
  const shown = read(figure({}));
  assert.deepEqual([shown.state, shown.kind, shown.name, shown.bytes], ["received", "photo", "", 0]);
});

test("a video's length is told like on a clock", () => {
  assert.deepEqual([clock(14_000), clock(65_400), clock(3_723_000)], ["0:14", "1:05", "1:02:03"]);
});
