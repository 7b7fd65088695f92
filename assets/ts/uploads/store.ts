/**
 * The queue on disk (IndexedDB): entries, and beside them the files themselves as far as the window
 * allows, so that a reload, a closed tab or a reboot only pauses. Where the browser gives no database
 * (private windows), everything works until the tab is closed.
 */
import { type Entry, isFinished } from "./entry";

const REMEMBERED_MS = 7 * 24 * 3600 * 1000;

export class Store {
  private constructor(private readonly db: IDBDatabase | undefined) {}

  static async open(): Promise<Store> {
    try {
      const request = indexedDB.open("epu-uploads", 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("entries", { keyPath: "id" }).createIndex("event", "event");
        request.result.createObjectStore("files");
      };
      return new Store(await settled(request));
    } catch {
      return new Store(undefined);
    }
  }

  /** The event's entries, oldest first. Those finished a week ago are forgotten. */
  async entries(event: string, now_ms: number): Promise<Entry[]> {
    const all = await this.read<Entry[]>("entries", (store) => store.index("event").getAll(event));
    const old = (entry: Entry) => isFinished(entry) && entry.added_at_ms < now_ms - REMEMBERED_MS;
    for (const entry of all ?? []) if (old(entry)) void this.remove(entry.id);
    return (all ?? []).filter((entry) => !old(entry)).sort((a, b) => a.added_at_ms - b.added_at_ms);
  }

  entry(id: string): Promise<Entry | undefined> {
    return this.read<Entry>("entries", (store) => store.get(id));
  }

  async save(entry: Entry): Promise<void> {
    const { earlier: _, ...kept } = entry;
    await this.write("entries", (store) => store.put(kept));
  }

  file(id: string): Promise<Blob | undefined> {
    return this.read<Blob>("files", (store) => store.get(id));
  }

  async fileIds(): Promise<Set<string>> {
    return new Set(await this.read<string[]>("files", (store) => store.getAllKeys() as IDBRequest<string[]>));
  }

  /** False when there was no room. */
  saveFile(id: string, file: Blob): Promise<boolean> {
    return this.write("files", (store) => store.put(file, id));
  }

  async removeFile(id: string): Promise<void> {
    await this.write("files", (store) => store.delete(id));
  }

  async remove(id: string): Promise<void> {
    await this.write("entries", (store) => store.delete(id));
    await this.removeFile(id);
  }

  private async read<T>(name: string, ask: (store: IDBObjectStore) => IDBRequest): Promise<T | undefined> {
    if (!this.db) return undefined;
    try {
      return await settled<T>(ask(this.db.transaction(name).objectStore(name)));
    } catch {
      return undefined;
    }
  }

  private async write(name: string, ask: (store: IDBObjectStore) => IDBRequest): Promise<boolean> {
    if (!this.db) return false;
    try {
      const transaction = this.db.transaction(name, "readwrite");
      ask(transaction.objectStore(name));
      await new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = transaction.onerror = () => reject(transaction.error);
      });
      return true;
    } catch {
      return false;
    }
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
