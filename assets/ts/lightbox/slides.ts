/** The photo on the stage and its two neighbours, which are loaded ahead. */
import { read } from "../gallery/figure";
import type { Say } from "../texts/texts";
import { Frame } from "./frame";

export class Slides {
  private frames = new Map<string, Frame>();
  private middle = -1;
  private figures: HTMLElement[] = [];

  constructor(
    private readonly stage: HTMLElement,
    private readonly say: Say,
  ) {}

  /** The slide that is seen. */
  get current(): Frame | undefined {
    const figure = this.figures[this.middle];
    return figure && this.frames.get(read(figure).id);
  }

  /** Brings `figures[index]` to the middle; slides that were there glide. */
  show(figures: HTMLElement[], index: number): void {
    const before = this.current;
    this.figures = figures;
    this.middle = index;
    const kept = new Map<string, Frame>();
    for (const at of [-1, 0, 1]) {
      const figure = figures[index + at];
      if (!figure) continue;
      const { id } = read(figure);
      const known = this.known(id, figure);
      const frame = known ?? new Frame(figure, this.say);
      kept.set(id, frame);
      if (!known) this.stage.append(frame.element);
      frame.place(at, 0, Boolean(known));
    }
    for (const frame of this.frames.values()) if (kept.get(frame.id) !== frame) frame.element.remove();
    this.frames = kept;
    if (before && before !== this.current) before.leave();
  }

  /** Moves all slides by `byPx`, as under a finger, or lets them glide back. */
  shift(byPx: number, glide: boolean): void {
    for (const frame of this.frames.values()) {
      frame.place(this.figures.indexOf(frame.figure) - this.middle, byPx, glide);
    }
  }

  /** A figure that was replaced since (it became ready) gets a new slide. */
  private known(id: string, figure: HTMLElement): Frame | undefined {
    const frame = this.frames.get(id);
    return frame?.figure === figure ? frame : undefined;
  }
}
