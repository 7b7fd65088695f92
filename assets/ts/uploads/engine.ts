/**
 * The queue at work: takes chosen files, keeps three on their way, and remembers everything across
 * reloads. Knows no DOM; tells `changed` whenever an entry should be drawn again.
 */
import { refusal } from "./accept";
import { type Desk, deliver } from "./courier";
import { type Entry, isFinished, isOpen, newEntry } from "./entry";
import { Files } from "./files";
import { Pauses } from "./pauses";
import { meet, nextToSend } from "./queue";
import type { Store } from "./store";
import { Tabs } from "./tabs";

export interface Settings {
  endpoint: string;
  /** The event's public id, which the queue belongs to. */
  event: string;
  /** 0 for no limit. */
  max_bytes: number;
  locale: string;
}

export class Engine {
  readonly entries = new Map<string, Entry>();
  private readonly files: Files;
  private readonly tabs: Tabs;
  private readonly desk: Desk;
  private readonly running = new Map<string, AbortController>();
  private readonly pauses = new Pauses();
  private lastMoment_ms = 0;

  constructor(
    private readonly settings: Settings,
    private readonly store: Store,
    /** Called for every change; `bytes` have just left the phone. */
    private readonly changed: (entry: Entry, bytes: number) => void,
  ) {
    this.files = new Files(store);
    const held = () => [...this.entries.values()].filter(isOpen).map((entry) => entry.id);
    this.tabs = new Tabs(settings.event, held, () => void this.restore());
    this.desk = {
      endpoint: settings.endpoint,
      store,
      files: this.files,
      set: (entry, state) => this.set(entry, state),
      moved: changed,
      pause: (ms) => this.pauses.wait(ms),
    };
  }

  /** Brings back what an earlier visit left. Finished ones are remembered, to recognise them. */
  async restore(): Promise<void> {
    const elsewhere = await this.tabs.heldElsewhere();
    const kept = await this.store.entries(this.settings.event, Date.now());
    await this.files.restore(kept);
    for (const entry of kept) {
      if (this.entries.has(entry.id) || elsewhere.has(entry.id)) continue;
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

  /** Takes an entry out of the queue, and off the server as far as it got. */
  async remove(id: string): Promise<void> {
    const entry = this.entries.get(id);
    this.running.get(id)?.abort();
    this.entries.delete(id);
    await this.files.forget(id);
    await this.store.remove(id);
    if (entry?.url && isOpen(entry)) {
      const headers = { "Tus-Resumable": "1.0.0" };
      await fetch(entry.url, { method: "DELETE", headers }).catch(() => undefined);
    }
    this.pump();
  }

  file(id: string): Promise<Blob | undefined> {
    return this.files.get(id);
  }

  /** The network may be back: nobody waits any longer. */
  hurry(): void {
    this.pauses.endAll();
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
    // Files chosen in one moment keep their order.
    this.lastMoment_ms = Math.max(Date.now(), this.lastMoment_ms + 1);
    const entry = newEntry(file, this.settings.event, this.lastMoment_ms, why);
    this.entries.set(entry.id, entry);
    if (!why) {
      this.files.choose(entry.id, file);
      void this.store.save(entry);
    }
    this.changed(entry, 0);
  }

  private pump(): void {
    for (const entry of nextToSend(this.entries.values(), this.running.size)) void this.run(entry);
    void this.files.fill(this.entries.values());
  }

  private async run(entry: Entry): Promise<void> {
    const stop = new AbortController();
    this.running.set(entry.id, stop);
    await deliver(entry, this.desk, stop.signal);
    this.running.delete(entry.id);
    this.changed(entry, 0);
    this.pump();
  }

  private set(entry: Entry, state: Entry["state"]): void {
    entry.state = state;
    delete entry.why;
    if (this.entries.has(entry.id)) void this.store.save(entry);
    this.changed(entry, 0);
  }
}
