import assert from "node:assert/strict";
import { test } from "node:test";
import { LARGEST, panBy, WHOLE, zoomAt } from "./zoom";

const stage = { width: 400, height: 800 };

test("the point under the finger stays where it is", () => {
  const view = zoomAt(WHOLE, 2, 100, 300, stage);
  const picture = (100 - view.x) / view.scale;
  assert.equal(picture, 100);
  assert.equal(view.scale, 2);
});

test("nobody zooms out of the picture or without end", () => {
  assert.deepEqual(zoomAt(WHOLE, 0.3, 10, 10, stage), { scale: 1, x: 0, y: 0 });
  assert.equal(zoomAt(WHOLE, 100, 0, 0, stage).scale, LARGEST);
});

test("a zoomed picture cannot be pushed off the screen", () => {
  const view = zoomAt(WHOLE, 2, 0, 0, stage);
  assert.deepEqual(panBy(view, 500, 500, stage), { scale: 2, x: 0, y: 0 });
  assert.deepEqual(panBy(view, -5000, -5000, stage), { scale: 2, x: -400, y: -800 });
});
