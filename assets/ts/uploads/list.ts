/**
 * The rows on the page: those on their way above, those that are sent folded below. Drawn at most once
 * a frame, and only the rows that changed.
 */
import { make } from "../elements/make";
import type { Say } from "../texts/texts";
import type { Engine } from "./engine";
import { type Entry, isFinished } from "./entry";
import { Previews } from "./previews";
import { Row } from "./rows";

/** A sent row shows its tick for so long before it sinks. */
const TICK_MS = 1200;

export class List {
  readonly element: HTMLElement;
  private readonly open = make("ul", { class: "uploads" });
  private readonly sent = make("ul", { class: "uploads" });
  private readonly summary = make("summary");
  private readonly fold: HTMLDetailsElement;
  private readonly rows = new Map<string, Row>();
  private readonly previews = new Previews();

  constructor(
    private readonly say: Say,
    private readonly locale: string,
    private readonly engine: Engine,
  ) {
    this.fold = make("details", { class: "sent-fold", hidden: true }, this.summary, this.sent);
    this.element = make("div", {}, this.open, this.fold);
  }

  draw(entry: Entry): void {
    if (entry.earlier && !this.rows.has(entry.id)) return;
    const row = this.rows.get(entry.id);
    if (!row) return this.begin(entry);
    row.draw(entry);
    if (isFinished(entry) && row.element.parentNode === this.open) {
      setTimeout(() => this.sink(row), TICK_MS);
    } else if (!isFinished(entry) && row.element.parentNode === this.sent) {
      this.open.append(row.element);
    }
  }

  remove(id: string): void {
    this.rows.get(id)?.element.remove();
    this.rows.delete(id);
  }

  private begin(entry: Entry): void {
    const row = new Row(entry, this.say, this.locale, {
      retry: (id) => this.engine.retry(id),
      remove: (id) => {
        void this.engine.remove(id);
        this.remove(id);
        this.element.dispatchEvent(new Event("epu:removed", { bubbles: true }));
      },
    });
    this.rows.set(entry.id, row);
    if (isFinished(entry)) this.sink(row);
    else this.open.append(row.element);
    if (entry.state !== "refused") this.previews.watch(row.thumb, () => this.engine.file(entry.id));
  }

  private sink(row: Row): void {
    this.sent.prepend(row.element);
    this.fold.hidden = false;
    this.summary.textContent = this.say("upload-folded", { count: this.sent.childElementCount });
  }
}
