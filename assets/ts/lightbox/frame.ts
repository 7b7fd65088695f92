/** One slide: a photo in two qualities, a video, or words when there is nothing to show. */
import { make } from "../elements/make";
import { read } from "../gallery/figure";
import { withDownload } from "../gallery/tile";
import type { Say } from "../texts/texts";
import { type View, WHOLE } from "./zoom";

export class Frame {
  readonly element = make("div", { class: "frame" });
  readonly id: string;
  view: View = WHOLE;
  private pictures: HTMLImageElement[] = [];
  private video: HTMLVideoElement | undefined;

  constructor(
    readonly figure: HTMLElement,
    say: Say,
  ) {
    const shown = read(figure);
    this.id = shown.id;
    const alt = figure.querySelector("img")?.alt ?? shown.name;
    if (shown.state === "received") this.element.append(make("p", {}, say("lightbox-preparing")));
    else if (shown.kind === "video" && shown.original) this.showVideo(shown.original, shown.src960, say);
    else if (shown.src400) this.showPhoto(shown.src400, bestOf(shown), alt);
    else this.element.append(cannot(shown.original, shown.name, say));
  }

  get isZoomable(): boolean {
    return this.pictures.length > 0;
  }

  /** Where the slide stands beside the stage, in stage widths and px. */
  place(at: number, byPx = 0, glide = false): void {
    this.element.classList.toggle("glide", glide);
    this.element.style.transform = `translate3d(calc(${at * 100}% + ${byPx}px), 0, 0)`;
    this.element.inert = at !== 0;
  }

  look(view: View, glide = false): void {
    this.view = view;
    for (const picture of this.pictures) {
      picture.classList.toggle("glide", glide);
      picture.style.transform = `translate3d(${view.x}px, ${view.y}px, 0) scale(${view.scale})`;
    }
  }

  /** Called when another slide comes: a video stops, a zoom ends. */
  leave(): void {
    this.video?.pause();
    this.look(WHOLE);
  }

  /** Plays or stops; false when this is no video. */
  toggle(): boolean {
    const { video } = this;
    if (!video) return false;
    if (video.paused) void video.play().catch(() => undefined);
    else video.pause();
    return true;
  }

  private showPhoto(small: string, best: string, alt: string): void {
    const first = make("img", { src: small, alt: "", draggable: "false" });
    const full = make("img", { src: best, alt, draggable: "false", decoding: "async" });
    // The small one, already in the cache, stands until the large one can cover it.
    full.style.opacity = "0";
    full.addEventListener("load", () => {
      full.style.opacity = "1";
      first.remove();
    });
    this.pictures = [first, full];
    this.element.append(first, full);
  }

  private showVideo(source: string, poster: string, say: Say): void {
    const video = make("video", { controls: true, playsinline: true, preload: "metadata", src: source });
    if (poster) video.poster = poster;
    video.addEventListener("error", () => {
      const shown = read(this.figure);
      video.replaceWith(cannot(shown.original, shown.name, say));
    });
    this.video = video;
    this.element.append(video);
  }
}

/** Animated pictures keep moving only as originals. */
function bestOf({ name, original, src1920, src960 }: ReturnType<typeof read>): string {
  if (/\.gif$/i.test(name) && original) return original;
  return src1920 || src960;
}

function cannot(original: string, name: string, say: Say): HTMLElement {
  const words = make("p", {}, say("lightbox-cannot"));
  if (original) {
    words.append(
      make("br"),
      make("a", { href: withDownload(original), download: name }, say("lightbox-download")),
    );
  }
  return words;
}
