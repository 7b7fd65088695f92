/**
 * SHA-256 of small files, so that the server can tell a file it has before the bytes travel, and that
 * what arrives is what was sent. Browsers hash only on secure pages and only what is in memory.
 */

const LARGEST_BYTES = 64 * 1024 * 1024;
let turn: Promise<unknown> = Promise.resolve();

/** Hex digest, or nothing when it cannot be had. One file at a time, to keep memory flat. */
export function sha256(file: Blob): Promise<string | undefined> {
  if (file.size > LARGEST_BYTES || !globalThis.crypto?.subtle) return Promise.resolve(undefined);
  const result = turn.then(async () => {
    const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  });
  turn = result.catch(() => undefined);
  return result.catch(() => undefined);
}
