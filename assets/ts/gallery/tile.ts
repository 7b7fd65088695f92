/** Dresses a figure: placeholder, a video's length, and words where there is no picture to show. */
import { icon, make } from "../elements/make";
import type { Say } from "../texts/texts";
import { clock, read } from "./figure";
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
  const words = make(
    "div",
    { class: "tile" },
    icon(shown.state === "failed" ? "alert" : shown.kind === "video" ? "video" : "image"),
    make("span", {}, say(shown.state === "failed" ? "gallery-failed" : tileKey(shown.kind, shown.state))),
  );
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

/** A ready video without a poster is simply a video. */
function tileKey(kind: string, state: string): string {
  return kind === "video" && state === "ready" ? "gallery-video" : "gallery-preparing";
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
