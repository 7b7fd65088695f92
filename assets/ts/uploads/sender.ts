/** Sends one entry from wherever it stands to its end: drives the machine, waits, and can be hurried. */
import { type Chunk, firstChunk } from "./chunk";
import type { Entry } from "./entry";
import { begin, follow, type Step, type Transfer } from "./machine";
import { carry } from "./wire";

const CEILING_KEY = "epu-chunk-ceiling";

export interface Sending {
  endpoint: string;
  entry: Entry;
  file: Blob;
  signal: AbortSignal;
  /** The entry changed in a way worth keeping (address, state). */
  save: () => void;
  /** Bytes moved, or state changed: time to draw. */
  moved: (bytes: number) => void;
  /** Resolves after `ms`, or sooner when the network is back. */
  pause: (ms: number) => Promise<void>;
}

export type Ended = Extract<Step, { do: "end" }> | { do: "end"; as: "unreadable" | "stopped" };

export async function send(sending: Sending): Promise<Ended> {
  const { entry } = sending;
  let transfer: Transfer = {
    size_bytes: entry.size_bytes,
    offset_bytes: entry.url ? entry.offset_bytes : 0,
    chunk: firstChunk(rememberedCeiling()),
    tries: 0,
    recreated: 0,
    ...(entry.url && { url: entry.url }),
  };
  let step = begin(transfer);
  while (step.do !== "end") {
    const answer = await carry(step, { ...sending, progress: showProgress(sending, step) });
    if (sending.signal.aborted) return { do: "end", as: "stopped" };
    if (answer.kind === "cut" && step.do === "patch" && !(await isReadable(sending.file))) {
      return { do: "end", as: "unreadable" };
    }
    const move = follow(transfer, step, answer, Math.random());
    if (move.transfer.chunk.ceiling_bytes < transfer.chunk.ceiling_bytes) remember(move.transfer.chunk);
    step = move.step;
    note(sending, transfer, move.transfer);
    transfer = move.transfer;
    if (move.after_ms > 0) {
      entry.state = "paused";
      sending.moved(0);
      await sending.pause(move.after_ms);
      if (sending.signal.aborted) return { do: "end", as: "stopped" };
      entry.state = "sending";
      sending.moved(0);
    }
  }
  return step;
}

/** The server's offset replaces what the bar had hoped for; what a return needs is kept. */
function note({ entry, save, moved }: Sending, before: Transfer, after: Transfer): void {
  entry.offset_bytes = after.offset_bytes;
  if (after.url) entry.url = after.url;
  else delete entry.url;
  if (before.url !== after.url || before.offset_bytes !== after.offset_bytes) save();
  moved(0);
}

function showProgress({ entry, moved }: Sending, step: Step): (sent_bytes: number) => void {
  let before = 0;
  return (sent_bytes) => {
    if (step.do !== "patch") return;
    entry.offset_bytes = Math.min(step.from + sent_bytes, entry.size_bytes);
    moved(sent_bytes - before);
    before = sent_bytes;
  };
}

/** A file that was moved or changed since it was chosen looks like a dead network; reading tells. */
async function isReadable(file: Blob): Promise<boolean> {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

function rememberedCeiling(): number | undefined {
  try {
    return Number(localStorage.getItem(CEILING_KEY)) || undefined;
  } catch {
    return undefined;
  }
}

function remember(chunk: Chunk): void {
  try {
    localStorage.setItem(CEILING_KEY, String(chunk.ceiling_bytes));
  } catch {
    // Without storage the limit is met again next time.
  }
}
