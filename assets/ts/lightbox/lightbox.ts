/**
 * `<photo-lightbox>`: one photo on black, in a modal dialog. Keys ← → Space Esc and I, swipe, pinch,
 * double tap, wheel. Back closes it; the address carries the photo's id. Loads further pages at the end
 * and gives the focus back to the photo that was seen last.
 */
import { define, icon, make } from "../elements/make";
import { read } from "../gallery/figure";
import type { Gallery } from "../gallery/gallery";
import { withDownload } from "../gallery/tile";
import { locale, type Say, texts } from "../texts/texts";
import { Frame } from "./frame";
import { info } from "./info";
import { listen } from "./touch";
import { panBy, WHOLE, zoomAt } from "./zoom";

const DOUBLE_TAP_ZOOM = 2.5;
const SWIPE_SHARE = 0.22;
const SWIPE_SPEED = 0.5;
const CLOSE_PX = 120;
/** Ask for the next page when so few photos are left. */
const AHEAD = 4;

export async function openLightbox(gallery: Gallery, figure: HTMLElement): Promise<void> {
  const lightbox = new PhotoLightbox(gallery, await texts());
  document.body.append(lightbox);
  lightbox.open(figure);
}

class PhotoLightbox extends HTMLElement {
  private readonly stage = make("div", { class: "stage" });
  private readonly place = make("p", { class: "place", "aria-live": "polite" });
  private readonly back: HTMLButtonElement;
  private readonly on: HTMLButtonElement;
  private readonly save: HTMLAnchorElement;
  private readonly about: HTMLButtonElement;
  private readonly dialog: HTMLDialogElement;
  private frames = new Map<string, Frame>();
  private current: HTMLElement | undefined;
  private drawer: HTMLElement | undefined;

  constructor(
    private readonly gallery: Gallery,
    private readonly say: Say,
  ) {
    super();
    this.back = this.button("previous", "left", "step back", () => this.step(-1));
    this.on = this.button("next", "right", "step on", () => this.step(1));
    this.about = this.button("info", "info", "tool", () => this.toggleInfo());
    this.save = make("a", { class: "tool" }, icon("download"), make("span", {}, say("lightbox-download")));
    const close = this.button("close", "close", "tool", () => this.close());
    const tools = make("div", { class: "tools" }, this.place, this.about, this.save, close);
    this.dialog = make(
      "dialog",
      { class: "lightbox", "aria-label": say("lightbox-label") },
      this.stage,
      tools,
      this.back,
      this.on,
    );
  }

  open(figure: HTMLElement): void {
    this.append(this.dialog);
    this.dialog.showModal();
    this.dialog.focus();
    document.documentElement.style.overflow = "hidden";
    history.pushState({ lightbox: true }, "", `#${read(figure).id}`);
    addEventListener("popstate", () => this.leave(), { once: true });
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.close();
    });
    // Some browsers do not let a second Escape be held back.
    this.dialog.addEventListener("close", () => this.isConnected && this.close());
    this.dialog.addEventListener("keydown", (event) => this.key(event));
    this.listen();
    this.show(figure);
  }

  /** Closing goes through the history, so that Back and the button are the same way out. */
  private close(): void {
    history.back();
  }

  private leave(): void {
    document.documentElement.style.overflow = "";
    const figure = this.current;
    this.remove();
    figure?.scrollIntoView({ block: "nearest" });
    figure?.querySelector<HTMLElement>("a")?.focus({ preventScroll: true });
  }

  private show(figure: HTMLElement): void {
    const figures = this.gallery.figures();
    const index = figures.indexOf(figure);
    if (this.current && this.current !== figure) this.frames.get(read(this.current).id)?.leave();
    this.current = figure;
    const around = [figures[index - 1], figure, figures[index + 1]];
    const kept = new Map<string, Frame>();
    around.forEach((one, at) => {
      if (!one) return;
      const { id } = read(one);
      const frame = this.frames.get(id) ?? new Frame(one, this.say);
      kept.set(id, frame);
      if (!frame.element.isConnected) this.stage.append(frame.element);
      frame.place(at - 1, 0, this.frames.has(id));
    });
    for (const [id, frame] of this.frames) if (!kept.has(id)) frame.element.remove();
    this.frames = kept;
    this.describe(figure, index, figures.length);
    if (index >= figures.length - AHEAD) {
      void this.gallery.more().then((came) => came && this.dialog.open && this.show(this.current ?? figure));
    }
  }

  private describe(figure: HTMLElement, index: number, count: number): void {
    const shown = read(figure);
    this.place.textContent = this.say("lightbox-place", { at: index + 1, count });
    this.back.disabled = index <= 0;
    this.on.disabled = index >= count - 1;
    this.save.hidden = !shown.original;
    this.save.href = withDownload(shown.original);
    this.save.download = shown.name;
    history.replaceState({ lightbox: true }, "", `#${shown.id}`);
    if (this.drawer) {
      const drawer = info(figure, this.say, locale());
      this.drawer.replaceWith(drawer);
      this.drawer = drawer;
    }
  }

  private step(by: number): void {
    const figures = this.gallery.figures();
    // A figure that was replaced meanwhile is found again by its id.
    const id = this.current?.dataset.id;
    const index = figures.findIndex((figure) => figure.dataset.id === id);
    const next = figures[index + by];
    if (next) this.show(next);
    else this.frame?.place(0, 0, true);
  }

  private get frame(): Frame | undefined {
    return this.current && this.frames.get(read(this.current).id);
  }

  private listen(): void {
    const size = () => ({ width: this.stage.clientWidth, height: this.stage.clientHeight });
    listen(this.stage, {
      isZoomed: () => (this.frame?.view.scale ?? 1) > 1.01,
      drag: (x, y) => this.drag(x, y),
      drop: (x, y, speed) => this.drop(x, y, speed, size().width),
      pan: (x, y) => this.frame?.look(panBy(this.frame.view, x, y, size())),
      zoom: (by, x, y) => {
        const { frame } = this;
        if (frame?.isZoomable) frame.look(zoomAt(frame.view, frame.view.scale * by, x, y, size()));
      },
      twice: (x, y) => {
        const { frame } = this;
        if (!frame?.isZoomable) return;
        frame.look(frame.view.scale > 1.01 ? WHOLE : zoomAt(WHOLE, DOUBLE_TAP_ZOOM, x, y, size()), true);
      },
      once: () => this.dialog.classList.toggle("bare"),
    });
  }

  private drag(x: number, y: number): void {
    const isSideways = Math.abs(x) > Math.abs(y);
    this.dialog.style.opacity = isSideways ? "" : String(Math.max(0.3, 1 - Math.max(0, y) / 500));
    this.placeAll(isSideways ? x : 0, false);
  }

  private drop(x: number, y: number, speed: number, width: number): void {
    this.dialog.style.opacity = "";
    const isSideways = Math.abs(x) > Math.abs(y);
    if (!isSideways && y > CLOSE_PX) return this.close();
    this.placeAll(0, true);
    if (isSideways && (Math.abs(x) > width * SWIPE_SHARE || Math.abs(speed) > SWIPE_SPEED))
      this.step(x < 0 ? 1 : -1);
  }

  private placeAll(byPx: number, glide: boolean): void {
    const figures = this.gallery.figures();
    const middle = figures.indexOf(this.current as HTMLElement);
    for (const frame of this.frames.values())
      frame.place(figures.indexOf(frame.figure) - middle, byPx, glide);
  }

  private key(event: KeyboardEvent): void {
    const isOnVideo = event.target instanceof HTMLVideoElement;
    const isOnControl = event.target instanceof Element && event.target.closest("button, a");
    if (event.key === "ArrowRight" && !isOnVideo) this.step(1);
    else if (event.key === "ArrowLeft" && !isOnVideo) this.step(-1);
    else if (event.key === "i") this.toggleInfo();
    else if (event.key === " " && !isOnControl && !isOnVideo) {
      if (!this.frame?.toggle()) this.step(event.shiftKey ? -1 : 1);
    } else return;
    event.preventDefault();
  }

  private toggleInfo(): void {
    this.about.setAttribute("aria-expanded", String(!this.drawer));
    if (this.drawer || !this.current) {
      this.drawer?.remove();
      this.drawer = undefined;
      return;
    }
    this.drawer = info(this.current, this.say, locale());
    this.dialog.append(this.drawer);
  }

  private button(key: string, picture: string, className: string, act: () => void): HTMLButtonElement {
    const words = this.say(`lightbox-${key}`);
    const label = className === "tool" ? make("span", {}, words) : undefined;
    const button = make(
      "button",
      { type: "button", class: className, "aria-label": words },
      icon(picture),
      label,
    );
    button.addEventListener("click", act);
    return button;
  }
}

define("photo-lightbox", PhotoLightbox);
