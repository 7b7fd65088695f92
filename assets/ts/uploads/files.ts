/**
 * Where the bytes of the entries are: in memory as chosen, and a bounded window of them on disk, so
 * that 500 photos do not fill the phone. As files are sent, the next ones move into the window.
 */
import { type Entry, isOpen } from "./entry";
import type { Store } from "./store";

const WINDOW_FILES = 150;
const WINDOW_BYTES = 800 * 1000 * 1000;

export class Files {
  private readonly chosen = new Map<string, Blob>();
  private kept = new Map<string, number>();
  private filling = false;
  private full = false;

  constructor(private readonly store: Store) {}

  /** Learns from disk which of `entries` still have their file. */
  async restore(entries: Entry[]): Promise<void> {
    const ids = await this.store.fileIds();
    for (const entry of entries) if (ids.has(entry.id)) this.kept.set(entry.id, entry.size_bytes);
  }

  has(id: string): boolean {
    return this.chosen.has(id) || this.kept.has(id);
  }

  choose(id: string, file: Blob): void {
    this.chosen.set(id, file);
  }

  async get(id: string): Promise<Blob | undefined> {
    return this.chosen.get(id) ?? (await this.store.file(id));
  }

  async forget(id: string): Promise<void> {
    this.chosen.delete(id);
    this.full = false;
    if (this.kept.delete(id)) await this.store.removeFile(id);
  }

  /** Copies the next open entries' files to disk until the window is full. */
  async fill(entries: Iterable<Entry>): Promise<void> {
    if (this.filling || this.full) return;
    this.filling = true;
    for (const entry of entries) {
      const file = this.chosen.get(entry.id);
      if (!file || !isOpen(entry) || this.kept.has(entry.id)) continue;
      if (!this.fits(entry.size_bytes)) continue;
      this.kept.set(entry.id, entry.size_bytes);
      if (!(await this.store.saveFile(entry.id, file))) {
        this.kept.delete(entry.id);
        this.full = true;
        break;
      }
      // Sent while it was being copied.
      if (!this.chosen.has(entry.id)) await this.store.removeFile(entry.id);
    }
    this.filling = false;
  }

  private fits(size_bytes: number): boolean {
    let held = 0;
    for (const size of this.kept.values()) held += size;
    return this.kept.size < WINDOW_FILES && held + size_bytes <= WINDOW_BYTES;
  }
}
