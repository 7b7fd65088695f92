/** The drawer with what is known about a photo: name, time, size, dimensions. */
import { make } from "../elements/make";
import { dayWords, timeWords } from "../gallery/days";
import { clock, read } from "../gallery/figure";
import { bytes } from "../texts/bytes";
import type { Say } from "../texts/texts";

export function info(figure: HTMLElement, say: Say, locale: string): HTMLElement {
  const shown = read(figure);
  const facts: [string, string][] = [];
  if (shown.taken) facts.push(["time", `${dayWords(shown.day, locale)}, ${timeWords(shown.taken, locale)}`]);
  if (shown.duration_ms) facts.push(["length", clock(shown.duration_ms)]);
  if (shown.bytes) facts.push(["size", bytes(shown.bytes, locale)]);
  if (shown.width && shown.height) {
    facts.push([
      "dimensions",
      say("lightbox-pixels", { width: String(shown.width), height: String(shown.height) }),
    ]);
  }
  const list = make("dl");
  for (const [key, value] of facts)
    list.append(make("dt", {}, say(`lightbox-${key}`)), make("dd", {}, value));
  return make("section", { class: "info", "aria-live": "polite" }, make("h2", {}, shown.name), list);
}
