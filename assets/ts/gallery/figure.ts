/**
 * One `<figure>` of the gallery as the server writes it; the attributes are the only source, so that a
 * figure that came with the page and one that came later are the same thing.
 */

export type Kind = "photo" | "video";
export type State = "received" | "ready" | "failed";

export interface Shown {
  id: string;
  kind: Kind;
  state: State;
  name: string;
  /** Local wall time of capture, "2026-07-18T14:02:11", or empty. */
  taken: string;
  /** "2026-07-18", or empty. */
  day: string;
  /** Pixels, 0 while unknown. */
  width: number;
  height: number;
  bytes: number;
  duration_ms: number;
  thumbhash: string;
  /** Why it cannot be shown, in the reader's language; empty when nobody said. */
  failure: string;
  /** Media URLs; empty when there is none. */
  src400: string;
  src960: string;
  src1920: string;
  original: string;
}

export function read(figure: HTMLElement): Shown {
  const data = figure.dataset;
  return {
    id: data.id ?? "",
    kind: data.kind === "video" ? "video" : "photo",
    state: data.state === "ready" || data.state === "failed" ? data.state : "received",
    name: data.name ?? "",
    taken: data.taken ?? "",
    day: data.day ?? "",
    width: Number(data.w) || 0,
    height: Number(data.h) || 0,
    bytes: Number(data.bytes) || 0,
    duration_ms: Number(data.durationMs) || 0,
    thumbhash: data.thumbhash ?? "",
    failure: data.failure ?? "",
    src400: data.src400 ?? "",
    src960: data.src960 ?? "",
    src1920: data.src1920 ?? "",
    original: data.original ?? "",
  };
}

/** Width by height as laid out: unknown is a 4:3 tile, extremes are cropped in the grid. */
export function ratioOf(figure: HTMLElement): number {
  const { width, height } = read(figure);
  return width && height ? Math.min(2.6, Math.max(0.5, width / height)) : 4 / 3;
}

/**
 * Negative when `a` stands before `b`: by `data-sort` (the server's order, ms), else by capture time;
 * undated last.
 */
export function compare(a: HTMLElement, b: HTMLElement): number {
  const [x, y] = [a.dataset.sort, b.dataset.sort];
  if (x && y) return Number(x) - Number(y);
  const [s, t] = [a.dataset.taken || "9999", b.dataset.taken || "9999"];
  return s < t ? -1 : s > t ? 1 : 0;
}

/** The figures in a fragment of HTML from our own server. */
export function parse(html: string): { figures: HTMLElement[]; next: string | undefined } {
  const page = new DOMParser().parseFromString(html, "text/html");
  const figures = [...page.querySelectorAll<HTMLElement>("figure[data-id]")];
  return { figures, next: page.querySelector("a[rel=next]")?.getAttribute("href") ?? undefined };
}

/** "0:14", "1:02:03". */
export function clock(duration_ms: number): string {
  const seconds = Math.round(duration_ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (parts[0] === 0) parts.shift();
  return parts.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, "0"))).join(":");
}
