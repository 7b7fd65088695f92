/**
 * The figures in their order, their day headings and their places. Every change goes through here, so
 * that what the reader looks at stays where it is while things come and go above it.
 */
import type { Say } from "../texts/texts";
import { heading } from "./days";
import { compare, ratioOf, read } from "./figure";
import { justify, targetFor } from "./justify";
import { dress } from "./tile";

const GAP_PX = 6;

export class Grid {
  private width = 0;
  private frame = 0;

  constructor(
    private readonly element: HTMLElement,
    private readonly say: Say,
    private readonly locale: string,
    /** Called for every new figure, dressed and in place. */
    private readonly arrived: (figure: HTMLElement) => void,
  ) {
    for (const figure of this.figures()) this.welcome(figure);
    element.classList.add("laid");
    new ResizeObserver(() => this.resized()).observe(element);
    this.lay();
  }

  figures(): HTMLElement[] {
    return [...this.element.querySelectorAll<HTMLElement>(":scope > figure")];
  }

  find(id: string): HTMLElement | undefined {
    return (
      this.element.querySelector<HTMLElement>(`:scope > figure[data-id="${CSS.escape(id)}"]`) ?? undefined
    );
  }

  /** Adds the next page at the end; what is already there is left. */
  append(figures: HTMLElement[]): void {
    for (const figure of figures) {
      if (this.find(figure.dataset.id ?? "")) continue;
      this.element.append(figure);
      this.welcome(figure);
    }
    this.lay();
  }

  /** Inserts, replaces and removes. `isWhole` when no further page would bring later figures. */
  change(figures: HTMLElement[], gone: string[], isWhole: boolean): void {
    const anchor = this.anchor();
    for (const id of gone) this.find(id)?.remove();
    for (const figure of figures) {
      const old = this.find(figure.dataset.id ?? "");
      if (old && compare(old, figure) === 0) old.replaceWith(figure);
      else {
        old?.remove();
        if (!this.insert(figure, isWhole)) continue;
      }
      this.welcome(figure);
    }
    this.lay();
    anchor?.();
  }

  lay(): void {
    this.width = Math.floor(this.element.clientWidth);
    if (this.width === 0) return;
    const figures = this.figures();
    const shape = { width: this.width, gap: GAP_PX, target: targetFor(this.width) };
    for (const title of this.element.querySelectorAll(":scope > .day")) title.remove();
    for (const day of byDay(figures)) {
      const boxes = justify(day.map(ratioOf), shape);
      day.forEach((figure, index) => {
        figure.style.width = `${boxes[index]?.width ?? 0}px`;
        figure.style.height = `${boxes[index]?.height ?? 0}px`;
      });
      this.title(day);
    }
  }

  private title(day: HTMLElement[]): void {
    const [first, last] = [day[0], day.at(-1)];
    if (!first || !last) return;
    const [from, to] = [read(first), read(last)];
    first.before(heading(from.day, from.taken, to.taken, this.locale, this.say));
  }

  private welcome(figure: HTMLElement): void {
    dress(figure, this.say);
    this.arrived(figure);
  }

  private insert(figure: HTMLElement, isWhole: boolean): boolean {
    const after = this.figures().find((other) => compare(figure, other) < 0);
    if (after) after.before(figure);
    else if (isWhole) this.element.append(figure);
    return Boolean(after) || isWhole;
  }

  /** Remembers where the figures on screen are; calling the result scrolls so that they have not moved. */
  private anchor(): (() => void) | undefined {
    if (scrollY < 40) return undefined;
    const seen = this.figures()
      .map((figure) => ({ figure, box: figure.getBoundingClientRect() }))
      .filter(({ box }) => box.bottom > 0 && box.top < innerHeight);
    return () => {
      // The first of them that is still there: it may have been replaced or gone to the trash.
      const still = seen.find(({ figure }) => figure.isConnected);
      if (still) scrollBy(0, still.figure.getBoundingClientRect().top - still.box.top);
    };
  }

  private resized(): void {
    if (Math.floor(this.element.clientWidth) === this.width) return;
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => {
      const anchor = this.anchor();
      this.lay();
      anchor?.();
    });
  }
}

function byDay(figures: HTMLElement[]): HTMLElement[][] {
  const days: HTMLElement[][] = [];
  for (const figure of figures) {
    const today = days.at(-1);
    if (today?.[0]?.dataset.day === figure.dataset.day) today?.push(figure);
    else days.push([figure]);
  }
  return days;
}
