/**
 * Keeps the page up to date: the stream only says "there is revision N", and the changes since ours are
 * then fetched, one request at a time. A screen that slept asks again when it wakes.
 */

export interface Changes {
  revision: number;
  html: string;
  gone: string[];
  /** By filter name; not told to guests. */
  counts?: Record<string, number>;
}

/** Many photos at once become one request. */
const GATHER_MS = 250;
const AGAIN_MS = 5000;

export class Live {
  private wanted: number;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private busy = false;
  private stream: EventSource | undefined;

  constructor(
    private readonly streamUrl: string,
    private readonly changesUrl: string,
    private revision: number,
    private readonly changed: (changes: Changes) => void,
  ) {
    this.wanted = revision;
    this.connect();
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.refresh();
    });
    addEventListener("online", () => this.refresh());
    // A page in the back-forward cache may not hold a connection.
    addEventListener("pagehide", () => this.stream?.close());
    addEventListener("pageshow", (event) => event.persisted && this.refresh());
  }

  /** Asks for changes now, and mends the stream if it died. */
  refresh(): void {
    if (this.stream?.readyState === EventSource.CLOSED) this.connect();
    this.wanted = Math.max(this.wanted, this.revision + 1);
    this.soon(0);
  }

  private connect(): void {
    this.stream = new EventSource(this.streamUrl);
    this.stream.addEventListener("revision", (event) => {
      this.wanted = Math.max(this.wanted, Number(event.data));
      if (this.wanted > this.revision) this.soon(GATHER_MS);
    });
  }

  private soon(ms: number): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.fetchChanges();
    }, ms);
  }

  private async fetchChanges(): Promise<void> {
    if (this.busy) return this.soon(GATHER_MS);
    this.busy = true;
    try {
      const url = new URL(this.changesUrl, document.baseURI);
      url.searchParams.set("since", String(this.revision));
      const answer = await fetch(url, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const changes: Changes = await answer.json();
      const isNew = changes.revision > this.revision;
      this.revision = Math.max(this.revision, changes.revision);
      this.wanted = changes.revision;
      if (isNew) this.changed(changes);
    } catch {
      this.soon(AGAIN_MS);
    }
    this.busy = false;
  }
}
