/** The row of one file: preview, name, bar, bytes, state, and what can be done about it. */
import { icon, make } from "../elements/make";
import { bytes, bytesOf } from "../texts/bytes";
import type { Say } from "../texts/texts";
import { type Entry, isFinished, isVideo } from "./entry";

export interface RowActions {
  retry: (id: string) => void;
  remove: (id: string) => void;
}

export class Row {
  readonly element: HTMLLIElement;
  readonly thumb: HTMLElement;
  private readonly note = make("span", { class: "note" });
  private readonly fill = make("i");
  private readonly bar: HTMLElement;
  private readonly state = make("div", { class: "state" });
  private readonly percent: Intl.NumberFormat;
  private drawn = "";

  constructor(
    entry: Entry,
    private readonly say: Say,
    private readonly locale: string,
    private readonly actions: RowActions,
  ) {
    this.percent = new Intl.NumberFormat(locale, { style: "percent" });
    this.thumb = make("span", { class: "thumb" }, icon(isVideo(entry) ? "video" : "image"));
    this.bar = make(
      "div",
      {
        class: "bar",
        role: "progressbar",
        "aria-label": entry.name,
        "aria-valuemin": 0,
        "aria-valuemax": 100,
      },
      this.fill,
    );
    const body = make(
      "div",
      {},
      make("span", { class: "name", title: entry.name }, entry.name),
      this.bar,
      this.note,
    );
    this.element = make("li", { class: "upload", "data-id": entry.id }, this.thumb, body, this.state);
    this.draw(entry);
  }

  draw(entry: Entry): void {
    const share = entry.size_bytes ? Math.min(1, entry.offset_bytes / entry.size_bytes) : 0;
    const isMoving = entry.state === "sending" || (entry.state === "paused" && share > 0);
    this.bar.hidden = !isMoving;
    this.bar.classList.toggle("still", entry.state === "paused");
    if (isMoving) {
      this.fill.style.transform = `scaleX(${share})`;
      this.bar.setAttribute("aria-valuenow", String(Math.floor(share * 100)));
    }
    this.note.textContent = this.noteOf(entry);
    if (entry.state === "sending") {
      this.state.textContent = this.percent.format(Math.min(0.99, Math.floor(share * 100) / 100));
    }
    if (this.drawn === entry.state) return;
    this.drawn = entry.state;
    this.element.dataset.state = entry.state;
    if (entry.state !== "sending") this.state.replaceChildren(...this.stateOf(entry));
  }

  private noteOf(entry: Entry): string {
    const { say } = this;
    if (entry.state === "sending" || entry.state === "paused") {
      return say("upload-bytes", bytesOf(entry.offset_bytes, entry.size_bytes, this.locale));
    }
    if (entry.state === "duplicate") return say("upload-here-note");
    if (entry.state === "missing") return say("upload-missing");
    if (entry.why) return whyWords(entry, say);
    return isFinished(entry) ? say("upload-sent") : bytes(entry.size_bytes, this.locale);
  }

  private stateOf(entry: Entry): (Node | string)[] {
    const { say } = this;
    switch (entry.state) {
      case "done":
        return [icon("check"), make("span", { class: "visually-hidden" }, say("upload-done-word"))];
      case "duplicate":
        return [say("upload-here")];
      case "refused":
      case "missing":
        return [this.button("upload-remove", entry, this.actions.remove)];
      case "failed":
        return [this.button("upload-retry", entry, this.actions.retry)];
      case "paused":
        return [say("upload-paused")];
      case "checking":
        return [say("upload-checking")];
      default:
        return [say("upload-waiting")];
    }
  }

  private button(key: string, entry: Entry, act: (id: string) => void): HTMLButtonElement {
    const label = this.say(`${key}-named`, { name: entry.name });
    const button = make(
      "button",
      { type: "button", class: "button link", "aria-label": label },
      this.say(key),
    );
    button.addEventListener("click", () => act(entry.id));
    return button;
  }
}

/** The server's words when it gave some in the guest's language, else ours. */
export function whyWords(entry: Entry, say: Say): string {
  return entry.why ? (entry.why.detail ?? say(entry.why.key, entry.why.args)) : "";
}
