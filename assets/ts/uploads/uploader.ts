/**
 * `<photo-uploader data-endpoint data-event data-max-bytes>`: what a guest sends. The page brings the
 * file inputs (`data-choose`, `data-camera`); this element takes what they choose and shows its way.
 * Fires `epu:sent` ({ item, duplicate }) for each file and `epu:all-sent` at the end; both bubble.
 */
import { define } from "../elements/make";
import { locale, type Say, texts } from "../texts/texts";
import { Awake } from "./awake";
import { takeDropped } from "./drop";
import { Engine } from "./engine";
import { type Entry, isFinished, isOpen } from "./entry";
import { joy } from "./joy";
import { List } from "./list";
import { Pace } from "./pace";
import { totals } from "./queue";
import { whyWords } from "./rows";
import { Store } from "./store";
import { Summary } from "./summary";

class PhotoUploader extends HTMLElement {
  private readonly pace = new Pace();
  private readonly awake = new Awake();
  private readonly dirty = new Map<string, Entry>();
  private readonly told = new Set<string>();
  private engine!: Engine;
  private summary!: Summary;
  private list!: List;
  private say!: Say;
  private frame = 0;
  private isReturning = false;

  async connectedCallback(): Promise<void> {
    if (this.engine) return;
    const [say, store] = await Promise.all([texts(), Store.open()]);
    this.say = say;
    const { endpoint = "", event = endpoint, maxBytes = "0" } = this.dataset;
    const settings = { endpoint, event, max_bytes: Number(maxBytes), locale: locale() };
    this.engine = new Engine(settings, store, (entry, bytes) => this.changed(entry, bytes));
    this.summary = new Summary(say);
    this.list = new List(say, locale(), this.engine);
    this.dataset.dropWords = say("upload-drop");
    const calm = this.querySelector("[data-calm]");
    this.insertBefore(this.summary.spoken, calm);
    this.insertBefore(this.summary.element, calm);
    this.insertBefore(this.list.element, calm);
    this.list.element.addEventListener("epu:removed", () => this.schedule());
    await this.engine.restore();
    this.isReturning = [...this.engine.entries.values()].some(isOpen);
    this.listen();
  }

  private listen(): void {
    const take = (files: File[]) => this.take(files);
    for (const input of this.querySelectorAll("input")) {
      const chosen = () => {
        take([...(input.files ?? [])]);
        input.value = "";
      };
      input.addEventListener("change", chosen);
      // Chosen before this script had loaded.
      if (input.files?.length) chosen();
    }
    takeDropped(take, (isOver) => this.classList.toggle("over", isOver));
    const hurry = () => this.engine.hurry();
    addEventListener("online", hurry);
    addEventListener("offline", () => this.schedule());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && hurry());
    addEventListener("pageshow", hurry);
    addEventListener("beforeunload", (event) => {
      if (this.engine.isBusy) event.preventDefault();
    });
  }

  private take(files: File[]): void {
    if (files.length === 0) return;
    this.isReturning = false;
    this.querySelector(".joy")?.remove();
    this.engine.add(files);
  }

  private changed(entry: Entry, bytes: number): void {
    if (bytes > 0) this.pace.add(performance.now(), bytes);
    this.dirty.set(entry.id, entry);
    this.schedule();
  }

  private schedule(): void {
    // A hidden page gets no frames, but its queue goes on; drawing waits until it is seen.
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  }

  private draw(): void {
    for (const entry of this.dirty.values()) {
      this.list.draw(entry);
      this.tell(entry);
    }
    this.dirty.clear();
    const entries = [...this.engine.entries.values()];
    const sum = totals(entries);
    const moving = entries.some((entry) => entry.state === "sending" || entry.state === "checking");
    const isPaused = !moving && entries.some((entry) => entry.state === "paused");
    this.summary.draw(sum, this.pace, isPaused || !navigator.onLine, this.isReturning);
    this.awake.keep(moving || isPaused);
    this.showMissing(sum.missing);
    if (sum.open === 0 && sum.failed === 0 && sum.sent > 0) this.celebrate(sum.sent);
  }

  private tell(entry: Entry): void {
    if (this.told.has(entry.id) || entry.earlier) return;
    if (isFinished(entry)) {
      const detail = { item: entry.item, duplicate: entry.state === "duplicate" };
      this.dispatchEvent(new CustomEvent("epu:sent", { bubbles: true, detail }));
    } else if (entry.state === "refused" || entry.state === "failed") {
      const why = whyWords(entry, this.say);
      this.summary.speak(this.say("upload-spoken-problem", { name: entry.name, why }));
    } else return;
    this.told.add(entry.id);
  }

  /** One sentence for all files the browser let go of; the rows say it one by one. */
  private showMissing(count: number): void {
    let notice = this.querySelector<HTMLElement>(".notice.missing");
    if (!notice && count > 0) {
      notice = document.createElement("p");
      notice.className = "notice warn missing";
      this.summary.element.before(notice);
    }
    if (count === 0) notice?.remove();
    else if (notice) notice.textContent = this.say("upload-missing-sum", { count });
  }

  private celebrate(count: number): void {
    if (this.querySelector(".joy")) return;
    this.list.element.before(joy(this.say, count));
    this.summary.speak(this.say("upload-all-sent"));
    this.dispatchEvent(new CustomEvent("epu:all-sent", { bubbles: true, detail: { count } }));
  }
}

define("photo-uploader", PhotoUploader);
