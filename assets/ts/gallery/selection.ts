/**
 * Choosing several: a round corner button on each figure, a long press on phones, Shift for a range,
 * Escape to let go. While something is chosen, a tap anywhere on a figure chooses it too.
 */
import { icon, make } from "../elements/make";
import type { Say } from "../texts/texts";
import { read } from "./figure";

const LONG_PRESS_MS = 450;
const STILL_PX = 10;

export class Selection {
  private readonly chosen = new Set<string>();
  private last: HTMLElement | undefined;

  constructor(
    private readonly root: HTMLElement,
    private readonly figures: () => HTMLElement[],
    private readonly say: Say,
    private readonly changed: (ids: string[]) => void,
  ) {
    root.addEventListener("click", (event) => this.clicked(event), { capture: true });
    root.addEventListener("pointerdown", (event) => this.pressed(event));
    root.addEventListener("contextmenu", (event) => {
      if (this.chosen.size > 0 && event.target instanceof Element && event.target.closest("figure")) {
        event.preventDefault();
      }
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !document.querySelector("dialog[open]")) this.clear();
    });
  }

  /** Gives a figure its corner button, pressed if it was chosen before it was replaced. */
  offer(figure: HTMLElement): void {
    const { id, name } = read(figure);
    const button = make(
      "button",
      {
        type: "button",
        class: "pick",
        "aria-pressed": String(this.chosen.has(id)),
        "aria-label": this.say("gallery-select", { name }),
      },
      make("span", {}, icon("check")),
    );
    figure.append(button);
  }

  clear(): void {
    for (const figure of this.figures()) this.mark(figure, false);
    this.chosen.clear();
    this.last = undefined;
    this.tell();
  }

  /** Lets go of what is no longer on the page. */
  prune(): void {
    const ids = new Set(this.figures().map((figure) => figure.dataset.id));
    for (const id of this.chosen) if (!ids.has(id)) this.chosen.delete(id);
    this.tell();
  }

  private clicked(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target : undefined;
    const figure = target?.closest<HTMLElement>("figure");
    if (
      !figure ||
      !(target?.closest(".pick") || (this.chosen.size > 0 && target?.closest("a:not([download])")))
    ) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (event.shiftKey && this.last) this.range(this.last, figure);
    else this.toggle(figure);
  }

  private pressed(event: PointerEvent): void {
    const figure = event.target instanceof Element ? event.target.closest<HTMLElement>("figure") : null;
    if (!figure || event.pointerType === "mouse" || this.chosen.size > 0) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      stop.abort();
      navigator.vibrate?.(10);
      this.toggle(figure);
      this.swallowClick();
    }, LONG_PRESS_MS);
    const leave = (move: PointerEvent) => {
      const far = Math.hypot(move.clientX - event.clientX, move.clientY - event.clientY) > STILL_PX;
      if (move.type === "pointermove" && !far) return;
      clearTimeout(timer);
      stop.abort();
    };
    for (const type of ["pointermove", "pointerup", "pointercancel"] as const) {
      addEventListener(type, leave, { signal: stop.signal });
    }
  }

  /** The finger is still down; the click that follows its lifting must neither open nor undo. */
  private swallowClick(): void {
    const stop = new AbortController();
    const { signal } = stop;
    const swallow = (click: Event) => {
      click.preventDefault();
      click.stopPropagation();
    };
    addEventListener("click", swallow, { capture: true, signal });
    addEventListener("pointerup", () => setTimeout(() => stop.abort(), 50), { signal });
    addEventListener("pointercancel", () => stop.abort(), { signal });
  }

  private toggle(figure: HTMLElement): void {
    this.mark(figure, !this.chosen.has(figure.dataset.id ?? ""));
    this.last = figure;
    this.tell();
  }

  private range(from: HTMLElement, to: HTMLElement): void {
    const all = this.figures();
    const [a, b] = [all.indexOf(from), all.indexOf(to)].sort((x, y) => x - y);
    for (const figure of all.slice(a, (b ?? 0) + 1)) this.mark(figure, true);
    this.tell();
  }

  private mark(figure: HTMLElement, isChosen: boolean): void {
    const id = figure.dataset.id ?? "";
    if (isChosen) this.chosen.add(id);
    else this.chosen.delete(id);
    figure.querySelector(".pick")?.setAttribute("aria-pressed", String(isChosen));
  }

  private tell(): void {
    this.root.classList.toggle("picking", this.chosen.size > 0);
    this.changed([...this.chosen]);
  }
}
