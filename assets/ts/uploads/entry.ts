/** One file on its way: what the queue knows about it, as it is also kept in IndexedDB. */

/**
 * waiting → checking (hash) → sending ⇄ paused → done | duplicate | refused | failed.
 * `missing`: the browser no longer holds the file; the guest must choose it again.
 */
export type State =
  | "waiting"
  | "checking"
  | "sending"
  | "paused"
  | "missing"
  | "done"
  | "duplicate"
  | "refused"
  | "failed";

/** A reason in words: a key of `browser.ftl`, or what the server said in the guest's language. */
export interface Why {
  key: string;
  args?: Record<string, string | number>;
  detail?: string;
}

export interface Entry {
  id: string;
  /** The event's public id: one device may have queues for several events. */
  event: string;
  name: string;
  type: string;
  size_bytes: number;
  /** The file's own time, ms since 1970; with name and size it recognises a file chosen again. */
  modified_ms: number;
  added_at_ms: number;
  state: State;
  /** Bytes the server has acknowledged. A hint only: the server's answer to HEAD is the truth. */
  offset_bytes: number;
  /** Where the upload lives on the server, once it was created. */
  url?: string;
  sha256?: string;
  /** The media item's public id, when done. */
  item?: string;
  why?: Why;
  /** Finished before this round; not counted in "12 of 30". Never stored. */
  earlier?: boolean;
}

export const isFinished = (entry: Entry): boolean => entry.state === "done" || entry.state === "duplicate";

/** Still to be sent, now or after the guest chose the file again. */
export const isOpen = (entry: Entry): boolean =>
  ["waiting", "checking", "sending", "paused", "missing"].includes(entry.state);

/** As far as its name or announced type tells. */
export const isVideo = (entry: Pick<Entry, "name" | "type">): boolean =>
  entry.type.startsWith("video/") || /\.(mp4|mov|m4v|webm|mkv|avi|3gp)$/i.test(entry.name);

/** Whether `file` is the file of `entry`, as far as can be told without reading it. */
export function isSameFile(entry: Entry, file: Pick<File, "name" | "size" | "lastModified">): boolean {
  return (
    entry.name === file.name && entry.size_bytes === file.size && entry.modified_ms === file.lastModified
  );
}

/** A fresh entry for a chosen file; refused from the start when there is a `why`. */
export function newEntry(file: File, event: string, added_at_ms: number, why: Why | undefined): Entry {
  return {
    id: newId(),
    event,
    name: file.name,
    type: file.type,
    size_bytes: file.size,
    modified_ms: file.lastModified,
    added_at_ms,
    state: why ? "refused" : "waiting",
    offset_bytes: 0,
    ...(why && { why }),
  };
}

/** `crypto.randomUUID` would need a secure page. */
function newId(): string {
  const random = crypto.getRandomValues(new Uint8Array(12));
  return [...random].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
