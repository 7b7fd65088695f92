/**
 * The queue at work: takes chosen files, keeps three on their way, and remembers everything across
 * reloads. Knows no DOM; tells `changed` whenever an entry should be drawn again.
 */
import { refusal } from "./accept";
import { type Entry, isFinished, isOpen } from "./entry";
import { Files } from "./files";
import { sha256 } from "./hash";
import { meet, nextToSend } from "./queue";
import { type Ended, send } from "./sender";
import type { Store } from "./store";

/** Another tab sends this one; look again after so long. */
const ELSEWHERE_MS = 5000;

export interface Settings {
  endpoint: string;
  event: string;
  max_bytes: number;
  locale: string;
}

export class Engine {
  readonly entries = new Map<string, Entry>();
  private readonly files: Files;
  private readonly running = new Map<string, AbortController>();
  private lastMoment_ms = 0;
  private readonly pauses = new Set<() => void>();

  constructor(
    private readonly settings: Settings,
    private readonly store: Store,
    /** Called for every change; `bytes` have just left the phone. */
    private readonly changed: (entry: Entry, bytes: number) => void,
  ) {
    this.files = new Files(store);
  }

  /** Brings back what an earlier visit left. Finished ones are remembered, to recognise them. */
  async restore(): Promise<void> {
    const kept = await this.store.entries(this.settings.event, Date.now());
    await this.files.restore(kept);
    for (const entry of kept) {
      if (entry.state === "refused") {
        void this.store.remove(entry.id);
        continue;
      }
      if (isFinished(entry)) entry.earlier = true;
      else if (isOpen(entry)) entry.state = this.files.has(entry.id) ? "waiting" : "missing";
      this.entries.set(entry.id, entry);
      this.changed(entry, 0);
    }
    this.pump();
  }

  /** Takes chosen files into the queue. */
  add(files: Iterable<File>): void {
    if (![...this.entries.values()].some(isOpen)) this.beginRound();
    for (const file of files) {
      const meeting = meet(this.entries.values(), file);
      if (meeting.is === "again") {
        this.files.choose(meeting.entry.id, file);
        this.set(meeting.entry, "waiting");
      } else if (meeting.is === "new") {
        this.take(file);
      } else if (meeting.entry.earlier) {
        // Sent on an earlier visit: shown once more, as already here.
        meeting.entry.earlier = false;
        this.set(meeting.entry, "duplicate");
      }
    }
    this.pump();
  }

  retry(id: string): void {
    const entry = this.entries.get(id);
    if (entry) this.set(entry, this.files.has(id) ? "waiting" : "missing");
    this.pump();
  }

  async remove(id: string): Promise<void> {
    const entry = this.entries.get(id);
    this.running.get(id)?.abort();
    this.entries.delete(id);
    await this.files.forget(id);
    await this.store.remove(id);
    if (entry?.url && isOpen(entry)) {
      await fetch(entry.url, { method: "DELETE", headers: { "Tus-Resumable": "1.0.0" } }).catch(
        () => undefined,
      );
    }
    this.pump();
  }

  file(id: string): Promise<Blob | undefined> {
    return this.files.get(id);
  }

  /** The network may be back: nobody waits any longer. */
  hurry(): void {
    for (const wake of [...this.pauses]) wake();
    this.pump();
  }

  get isBusy(): boolean {
    return this.running.size > 0;
  }

  private beginRound(): void {
    for (const entry of this.entries.values()) if (isFinished(entry)) entry.earlier = true;
  }

  private take(file: File): void {
    const why = refusal(file, this.settings.max_bytes, this.settings.locale);
    const entry: Entry = {
      id: newId(),
      event: this.settings.event,
      name: file.name,
      type: file.type,
      size_bytes: file.size,
      modified_ms: file.lastModified,
      added_at_ms: this.nextMoment(),
      state: why ? "refused" : "waiting",
      offset_bytes: 0,
      ...(why && { why }),
    };
    this.entries.set(entry.id, entry);
    this.files.choose(entry.id, file);
    if (!why) void this.store.save(entry);
    this.changed(entry, 0);
  }

  /** Files chosen in one moment keep their order. */
  private nextMoment(): number {
    this.lastMoment_ms = Math.max(Date.now(), this.lastMoment_ms + 1);
    return this.lastMoment_ms;
  }

  private pump(): void {
    for (const entry of nextToSend(this.entries.values(), this.running.size)) void this.run(entry);
    void this.files.fill(this.entries.values());
  }

  /** Sends one entry, unless another tab holds it. */
  private async run(entry: Entry): Promise<void> {
    const stop = new AbortController();
    this.running.set(entry.id, stop);
    entry.state = "sending";
    const held = await exclusively(`epu-upload-${entry.id}`, async () => {
      const ended = await this.transfer(entry, stop.signal);
      if (ended.as !== "stopped") await this.finish(entry, ended);
    });
    if (!held) await this.lookElsewhere(entry);
    this.running.delete(entry.id);
    this.pump();
    this.changed(entry, 0);
  }

  private async transfer(entry: Entry, signal: AbortSignal): Promise<Ended> {
    const file = await this.files.get(entry.id);
    if (!file) return { do: "end", as: "unreadable" };
    if (!entry.url && !entry.sha256) {
      this.set(entry, "checking");
      const digest = await sha256(file);
      if (digest) entry.sha256 = digest;
    }
    this.set(entry, "sending");
    return send({
      endpoint: this.settings.endpoint,
      entry,
      file,
      signal,
      save: () => void this.store.save(entry),
      moved: (bytes) => this.changed(entry, bytes),
      pause: (ms) => this.pause(ms),
    });
  }

  private async finish(entry: Entry, ended: Ended): Promise<void> {
    if (ended.as === "unreadable") {
      await this.files.forget(entry.id);
      return this.set(entry, "missing");
    }
    if (ended.as === "stopped") return;
    if ("why" in ended) entry.why = ended.why;
    if ("item" in ended && ended.item) entry.item = ended.item;
    this.set(entry, ended.as);
    if (ended.as !== "failed") await this.files.forget(entry.id);
  }

  private async lookElsewhere(entry: Entry): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, ELSEWHERE_MS));
    const kept = await this.store.entry(entry.id);
    if (kept && !isOpen(kept)) Object.assign(entry, kept);
    else if (isOpen(entry)) entry.state = "waiting";
  }

  private set(entry: Entry, state: Entry["state"]): void {
    entry.state = state;
    if (state !== "refused" && state !== "failed") delete entry.why;
    if (this.entries.has(entry.id)) void this.store.save(entry);
    this.changed(entry, 0);
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.pauses.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.pauses.add(wake);
    });
  }
}

/** Runs `work` while no other tab holds `name`; false when one does. Locks need a secure page. */
async function exclusively(name: string, work: () => Promise<void>): Promise<boolean> {
  if (!navigator.locks) {
    await work();
    return true;
  }
  return navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
    if (lock) await work();
    return lock !== null;
  });
}

function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(12))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}
