/** What lies over the photo: place in the row, info, download, close, and the two arrows. */
import { icon, make } from "../elements/make";
import type { Shown } from "../gallery/figure";
import { withDownload } from "../gallery/tile";
import type { Say } from "../texts/texts";

export interface Commands {
  step: (by: number) => void;
  info: () => void;
  close: () => void;
}

export class Toolbar {
  /** To be put into the dialog, in the order of Tab. */
  readonly elements: HTMLElement[];
  private readonly place = make("p", { class: "place", "aria-live": "polite" });
  private readonly back: HTMLButtonElement;
  private readonly on: HTMLButtonElement;
  private readonly about: HTMLButtonElement;
  private readonly save: HTMLAnchorElement;

  constructor(
    private readonly say: Say,
    { step, info, close }: Commands,
  ) {
    this.back = this.button("previous", "left", "step back", () => step(-1));
    this.on = this.button("next", "right", "step on", () => step(1));
    this.about = this.button("info", "info", "tool", info);
    this.save = make("a", { class: "tool" }, icon("download"), make("span", {}, say("lightbox-download")));
    const leave = this.button("close", "close", "tool", close);
    const tools = make("div", { class: "tools" }, this.place, this.about, this.save, leave);
    this.elements = [tools, this.back, this.on];
  }

  show(shown: Shown, index: number, count: number): void {
    this.place.textContent = this.say("lightbox-place", { at: index + 1, count });
    this.back.disabled = index <= 0;
    this.on.disabled = index >= count - 1;
    this.save.hidden = !shown.original;
    this.save.href = withDownload(shown.original);
    this.save.download = shown.name;
  }

  showInfoOpen(isOpen: boolean): void {
    this.about.setAttribute("aria-expanded", String(isOpen));
  }

  private button(key: string, picture: string, className: string, act: () => void): HTMLButtonElement {
    const words = this.say(`lightbox-${key}`);
    const label = className === "tool" ? make("span", {}, words) : undefined;
    const attributes = { type: "button", class: className, "aria-label": words };
    const button = make("button", attributes, icon(picture), label);
    button.addEventListener("click", act);
    return button;
  }
}
