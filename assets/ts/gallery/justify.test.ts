import assert from "node:assert/strict";
import { test } from "node:test";
import { type Box, justify, targetFor } from "./justify";

const shape = { width: 1296, gap: 6, target: 200 };

/** Rows as a browser would break them. */
function rows(boxes: Box[], width = shape.width): Box[][] {
  const all: Box[][] = [];
  let used = 0;
  for (const box of boxes) {
    const row = all.at(-1);
    if (row && used + shape.gap + box.width <= width) {
      row.push(box);
      used += shape.gap + box.width;
    } else {
      all.push([box]);
      used = box.width;
    }
  }
  return all;
}

const mixed = Array.from(
  { length: 97 },
  (_, index) => [1.5, 0.75, 1.78, 1, 2.6, 0.5, 1.33][(index * 5) % 7] ?? 1,
);

test("every full row fills the width to the pixel and has one height", () => {
  for (const width of [358, 390, 701, 1296, 1300.0]) {
    const laid = rows(justify(mixed, { ...shape, width, target: targetFor(width) }), width);
    for (const row of laid.slice(0, -1)) {
      const sum = row.reduce((total, box) => total + box.width, 0) + shape.gap * (row.length - 1);
      assert.equal(sum, width);
      assert.equal(new Set(row.map((box) => box.height)).size, 1);
    }
  }
});

test("rows stay near the wished height", () => {
  for (const row of rows(justify(mixed, shape)).slice(0, -1)) {
    const height = row[0]?.height ?? 0;
    assert.ok(height > 120 && height < 340, `${height} px`);
  }
});

test("shapes are kept but for rounding", () => {
  justify(mixed, shape).forEach((box, index) => {
    assert.ok(Math.abs(box.width / box.height - (mixed[index] ?? 0)) < 0.06);
  });
});

test("the last row keeps the wished height and ends early", () => {
  assert.deepEqual(justify([1.5], shape), [{ width: 300, height: 200 }]);
  assert.deepEqual(justify([], shape), []);
});

test("one wide photo on a phone is not wider than the phone", () => {
  const [box] = justify([2.6], { width: 358, gap: 6, target: 150 });
  assert.ok((box?.width ?? 999) <= 358);
});
