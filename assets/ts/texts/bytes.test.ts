import assert from "node:assert/strict";
import { test } from "node:test";
import { bytes, bytesOf } from "./bytes";

test("a size has the unit a person would use", () => {
  assert.equal(bytes(0, "en"), "0 byte");
  assert.equal(bytes(950, "en"), "950 byte");
  assert.equal(bytes(4_300_000, "en"), "4.3 MB");
  assert.equal(bytes(121_400_000, "en"), "121 MB");
  assert.equal(bytes(2_100_000_000, "en"), "2.1 GB");
});

test("sent and whole are told in one unit", () => {
  assert.deepEqual(bytesOf(3_100_000, 4_300_000, "en"), { sent: "3.1", whole: "4.3 MB" });
  assert.deepEqual(bytesOf(400_000, 121_000_000, "en"), { sent: "0.4", whole: "121 MB" });
});

test("more is never told than there is", () => {
  assert.equal(bytesOf(5_000_000, 4_000_000, "en").sent, "4.0");
});

test("German has its comma", () => {
  assert.equal(bytes(4_300_000, "de"), "4,3 MB");
});
