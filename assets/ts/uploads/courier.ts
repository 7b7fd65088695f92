/** Brings one entry from the phone to its end: file, hash, transfer, and what is written down after. */
import { type Entry, isFinished, isOpen } from "./entry";
import type { Files } from "./files";
import { sha256 } from "./hash";
import { type Ended, send } from "./sender";
import type { Store } from "./store";
import { exclusively } from "./tabs";

/** Another tab sends this one; look again after so long. */
const ELSEWHERE_MS = 5000;

/** What the courier works with; the engine has it. */
export interface Desk {
  endpoint: string;
  store: Store;
  files: Files;
  /** Sets the state, keeps it, and tells that the entry should be drawn. */
  set: (entry: Entry, state: Entry["state"]) => void;
  /** Bytes left the phone, or something else changed that only needs drawing. */
  moved: (entry: Entry, bytes: number) => void;
  pause: (ms: number) => Promise<void>;
}

/** Sends `entry` unless another tab is at it. Never rejects; the entry's state tells the end. */
export async function deliver(entry: Entry, desk: Desk, signal: AbortSignal): Promise<void> {
  entry.state = "sending";
  const isOurs = await exclusively(`epu-upload-${entry.id}`, async () => {
    // A tab that slept may find that another has sent it meanwhile.
    const kept = await desk.store.entry(entry.id);
    if (kept && isFinished(kept)) Object.assign(entry, kept);
    else await finish(entry, await transfer(entry, desk, signal), desk);
  });
  if (!isOurs) await lookElsewhere(entry, desk.store);
  desk.moved(entry, 0);
}

async function transfer(entry: Entry, desk: Desk, signal: AbortSignal): Promise<Ended> {
  const file = await desk.files.get(entry.id);
  if (!file) return { do: "end", as: "unreadable" };
  if (!entry.url && !entry.sha256) {
    desk.set(entry, "checking");
    const digest = await sha256(file);
    if (digest) entry.sha256 = digest;
  }
  if (signal.aborted) return { do: "end", as: "stopped" };
  desk.set(entry, "sending");
  return send({
    endpoint: desk.endpoint,
    entry,
    file,
    signal,
    save: () => void desk.store.save(entry),
    moved: (bytes) => desk.moved(entry, bytes),
    pause: desk.pause,
  });
}

async function finish(entry: Entry, ended: Ended, desk: Desk): Promise<void> {
  if (ended.as === "stopped") return;
  if (ended.as === "unreadable") {
    await desk.files.forget(entry.id);
    return desk.set(entry, "missing");
  }
  desk.set(entry, ended.as);
  if ("why" in ended) entry.why = ended.why;
  if ("item" in ended && ended.item) entry.item = ended.item;
  // A failed one keeps its file for the retry.
  if (ended.as !== "failed") await desk.files.forget(entry.id);
  await desk.store.save(entry);
}

async function lookElsewhere(entry: Entry, store: Store): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ELSEWHERE_MS));
  const kept = await store.entry(entry.id);
  if (kept && !isOpen(kept)) Object.assign(entry, kept);
  else if (isOpen(entry)) entry.state = "waiting";
}
