/** Dresses a figure: placeholder, a video's length, and words where there is no picture to show. */
import { icon, make } from "../elements/make";
import type { Say } from "../texts/texts";
import { clock, read, type Shown } from "./figure";
import { placeholder } from "./placeholder";

export function dress(figure: HTMLElement, say: Say): void {
  const shown = read(figure);
  const link = figure.querySelector("a");
  const picture = figure.querySelector("img");
  if (shown.kind === "video" && shown.duration_ms > 0) {
    figure.append(make("span", { class: "length" }, icon("play"), clock(shown.duration_ms)));
  }
  if (shown.state === "ready" && picture) return cover(figure, picture, shown.thumbhash);
  link?.setAttribute("aria-label", shown.name);
  const words = make("div", { class: "tile" }, icon(iconOf(shown)), make("span", {}, wordsOf(shown, say)));
  if (shown.state === "failed" && shown.original) {
    words.append(
      make("a", { href: withDownload(shown.original), download: shown.name }, say("gallery-original")),
    );
    // The tile's own link takes its place.
    link?.remove();
  }
  figure.append(words);
}

/** `…/original?download` makes the server send it as a file. */
export function withDownload(url: string): string {
  return `${url}${url.includes("?") ? "&" : "?"}download`;
}

function iconOf({ state, kind }: Shown): string {
  if (state === "failed") return "alert";
  return kind === "video" ? "video" : "image";
}

function wordsOf({ state, kind, failure }: Shown, say: Say): string {
  if (state === "failed") return failure || say("gallery-failed");
  // A ready video without a poster is simply a video.
  return say(kind === "video" && state === "ready" ? "gallery-video" : "gallery-preparing");
}

function cover(figure: HTMLElement, picture: HTMLImageElement, thumbhash: string): void {
  if (picture.complete && picture.naturalWidth > 0) return;
  const canvas = thumbhash ? placeholder(thumbhash) : undefined;
  if (canvas) picture.before(canvas);
  figure.classList.add("coming");
  const arrived = () => {
    figure.classList.remove("coming");
    setTimeout(() => canvas?.remove(), 400);
  };
  picture.addEventListener("load", arrived, { once: true });
  picture.addEventListener("error", () => figure.classList.remove("coming"), { once: true });
}
