/**
 * How many bytes one PATCH carries. Large pieces cost fewer round trips, small ones lose less at a cut
 * and pass proxies with a body limit. Grows and falls by halves between 256 KiB and 16 MiB.
 */

export const SMALLEST_BYTES = 256 * 1024;
export const LARGEST_BYTES = 16 * 1024 * 1024;
const FIRST_BYTES = 1024 * 1024;
/** A piece should take about this long: long enough to be efficient, short enough to lose. */
const QUICK_MS = 2000;
const SLOW_MS = 8000;

export interface Chunk {
  bytes: number;
  /** Never grown beyond: what a proxy on the way let through. */
  ceiling_bytes: number;
}

export function firstChunk(ceiling_bytes = LARGEST_BYTES): Chunk {
  const ceiling = clamp(ceiling_bytes);
  return { bytes: Math.min(FIRST_BYTES, ceiling), ceiling_bytes: ceiling };
}

/** After a piece of `sent_bytes` came through in `took_ms`. */
export function afterSuccess(chunk: Chunk, sent_bytes: number, took_ms: number): Chunk {
  // The file's last piece is shorter and says nothing about a full one.
  if (sent_bytes < chunk.bytes) return chunk;
  if (took_ms < QUICK_MS) return { ...chunk, bytes: Math.min(chunk.bytes * 2, chunk.ceiling_bytes) };
  if (took_ms > SLOW_MS) return { ...chunk, bytes: clamp(chunk.bytes / 2) };
  return chunk;
}

/** After repeated cuts. */
export function afterCuts(chunk: Chunk): Chunk {
  return { ...chunk, bytes: clamp(chunk.bytes / 2) };
}

/** After 413 for a body of `refused_bytes`; nothing when even the smallest piece is refused. */
export function afterLimit(chunk: Chunk, refused_bytes: number): Chunk | undefined {
  if (refused_bytes <= SMALLEST_BYTES) return undefined;
  const ceiling = clamp(Math.min(chunk.bytes, refused_bytes) / 2);
  return { bytes: ceiling, ceiling_bytes: ceiling };
}

function clamp(bytes: number): number {
  return Math.max(SMALLEST_BYTES, Math.min(LARGEST_BYTES, Math.floor(bytes)));
}
