/** Questions about the whole queue, answered from the entries alone. */
import { type Entry, isFinished, isOpen, isSameFile } from "./entry";

/** Files in flight at once. More would only share the same radio link. */
export const IN_FLIGHT = 3;

export interface Totals {
  /** Files of this round, without refused ones. */
  total: number;
  sent: number;
  /** To be sent, including those that must be chosen again. */
  open: number;
  missing: number;
  failed: number;
  size_bytes: number;
  sent_bytes: number;
  /** What the network still has to carry; `missing` files are not counted. */
  left_bytes: number;
}

export function totals(entries: Iterable<Entry>): Totals {
  const sum: Totals = {
    total: 0,
    sent: 0,
    open: 0,
    missing: 0,
    failed: 0,
    size_bytes: 0,
    sent_bytes: 0,
    left_bytes: 0,
  };
  for (const entry of entries) {
    if (entry.earlier || entry.state === "refused") continue;
    const sent_bytes = isFinished(entry) ? entry.size_bytes : entry.offset_bytes;
    sum.total += 1;
    sum.size_bytes += entry.size_bytes;
    sum.sent_bytes += sent_bytes;
    if (isFinished(entry)) sum.sent += 1;
    if (entry.state === "failed") sum.failed += 1;
    if (entry.state === "missing") sum.missing += 1;
    if (isOpen(entry)) sum.open += 1;
    if (isOpen(entry) && entry.state !== "missing") sum.left_bytes += entry.size_bytes - sent_bytes;
  }
  return sum;
}

/** The entries to start now, in the order they were chosen, given how many are running. */
export function nextToSend(entries: Iterable<Entry>, running: number): Entry[] {
  const next: Entry[] = [];
  for (const entry of entries) {
    if (running + next.length >= IN_FLIGHT) break;
    if (entry.state === "waiting") next.push(entry);
  }
  return next;
}

export type Meeting =
  | { is: "new" }
  /** The file an entry has been waiting for, or one to try again. */
  | { is: "again"; entry: Entry }
  /** Already sent, or already in the queue. */
  | { is: "known"; entry: Entry };

/** What a chosen file is to the queue. */
export function meet(entries: Iterable<Entry>, file: Pick<File, "name" | "size" | "lastModified">): Meeting {
  for (const entry of entries) {
    if (entry.state === "refused" || !isSameFile(entry, file)) continue;
    return entry.state === "missing" || entry.state === "failed"
      ? { is: "again", entry }
      : { is: "known", entry };
  }
  return { is: "new" };
}
