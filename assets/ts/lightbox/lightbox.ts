/**
 * `<photo-lightbox>`: one photo on black, in a modal dialog. Keys ← → Space Esc and I, swipe, pinch,
 * double tap, wheel. Back closes it; the address carries the photo's id. Loads further pages at the end
 * and gives the focus back to the photo that was seen last.
 */
import { define, make } from "../elements/make";
import { read } from "../gallery/figure";
import type { Gallery } from "../gallery/gallery";
import { locale, type Say, texts } from "../texts/texts";
import { info } from "./info";
import { Slides } from "./slides";
import { Toolbar } from "./toolbar";
import { listen } from "./touch";
import { panBy, WHOLE, zoomAt } from "./zoom";

const DOUBLE_TAP_ZOOM = 2.5;
const SWIPE_SHARE = 0.22;
/** Px per ms from which a short flick counts. */
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
  private readonly slides: Slides;
  private readonly toolbar: Toolbar;
  private readonly dialog: HTMLDialogElement;
  private currentId = "";
  private drawer: HTMLElement | undefined;

  constructor(
    private readonly gallery: Gallery,
    private readonly say: Say,
  ) {
    super();
    this.slides = new Slides(this.stage, say);
    this.toolbar = new Toolbar(say, {
      step: (by) => this.step(by),
      info: () => this.toggleInfo(),
      // Through the history, so that Back and the button are the same way out.
      close: () => history.back(),
    });
    const attributes = { class: "lightbox", "aria-label": say("lightbox-label") };
    this.dialog = make("dialog", attributes, this.stage, ...this.toolbar.elements);
  }

  open(figure: HTMLElement): void {
    this.append(this.dialog);
    this.dialog.showModal();
    document.documentElement.style.overflow = "hidden";
    history.pushState({ lightbox: true }, "", `#${read(figure).id}`);
    addEventListener("popstate", () => this.leave(), { once: true });
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      history.back();
    });
    // Some browsers do not let a second Escape be held back.
    this.dialog.addEventListener("close", () => this.isConnected && history.back());
    this.dialog.addEventListener("keydown", (event) => this.key(event));
    this.handle();
    this.show(read(figure).id);
  }

  private leave(): void {
    document.documentElement.style.overflow = "";
    this.remove();
    const figure = this.gallery.figures().find((one) => one.dataset.id === this.currentId);
    figure?.scrollIntoView({ block: "nearest" });
    figure?.querySelector<HTMLElement>("a")?.focus({ preventScroll: true });
  }

  /** By id, because figures are replaced while one looks at them. */
  private show(id: string): void {
    const figures = this.gallery.figures();
    const index = figures.findIndex((figure) => figure.dataset.id === id);
    const figure = figures[index];
    if (!figure) return;
    this.currentId = id;
    this.slides.show(figures, index);
    this.toolbar.show(read(figure), index, figures.length);
    history.replaceState({ lightbox: true }, "", `#${id}`);
    if (this.drawer) this.openInfo(figure);
    if (index >= figures.length - AHEAD) {
      void this.gallery.more().then((came) => came && this.isConnected && this.show(this.currentId));
    }
  }

  private step(by: number): void {
    const figures = this.gallery.figures();
    const index = figures.findIndex((figure) => figure.dataset.id === this.currentId);
    const next = figures[index + by];
    if (next) this.show(read(next).id);
    else this.slides.shift(0, true);
  }

  private handle(): void {
    const size = () => ({ width: this.stage.clientWidth, height: this.stage.clientHeight });
    listen(this.stage, {
      isZoomed: () => (this.slides.current?.view.scale ?? 1) > 1.01,
      drag: (x, y) => this.drag(x, y),
      drop: (x, y, speed) => this.drop(x, y, speed),
      pan: (x, y) => {
        const frame = this.slides.current;
        frame?.look(panBy(frame.view, x, y, size()));
      },
      zoom: (by, x, y) => {
        const frame = this.slides.current;
        if (frame?.isZoomable) frame.look(zoomAt(frame.view, frame.view.scale * by, x, y, size()));
      },
      twice: (x, y) => {
        const frame = this.slides.current;
        if (!frame?.isZoomable) return;
        const isZoomed = frame.view.scale > 1.01;
        frame.look(isZoomed ? WHOLE : zoomAt(WHOLE, DOUBLE_TAP_ZOOM, x, y, size()), true);
      },
      once: () => this.dialog.classList.toggle("bare"),
    });
  }

  private drag(x: number, y: number): void {
    const isSideways = Math.abs(x) > Math.abs(y);
    this.dialog.style.opacity = isSideways ? "" : String(Math.max(0.3, 1 - Math.max(0, y) / 500));
    this.slides.shift(isSideways ? x : 0, false);
  }

  private drop(x: number, y: number, speed: number): void {
    this.dialog.style.opacity = "";
    const isSideways = Math.abs(x) > Math.abs(y);
    if (!isSideways && y > CLOSE_PX) return history.back();
    this.slides.shift(0, true);
    const isFar = Math.abs(x) > this.stage.clientWidth * SWIPE_SHARE || Math.abs(speed) > SWIPE_SPEED;
    if (isSideways && isFar) this.step(x < 0 ? 1 : -1);
  }

  private key(event: KeyboardEvent): void {
    const isOnVideo = event.target instanceof HTMLVideoElement;
    const isOnControl = event.target instanceof Element && event.target.closest("button, a");
    if (event.key === "ArrowRight" && !isOnVideo) this.step(1);
    else if (event.key === "ArrowLeft" && !isOnVideo) this.step(-1);
    else if (event.key === "i") this.toggleInfo();
    else if (event.key === " " && !isOnControl && !isOnVideo) {
      if (!this.slides.current?.toggle()) this.step(event.shiftKey ? -1 : 1);
    } else return;
    event.preventDefault();
  }

  private toggleInfo(): void {
    const figure = this.slides.current?.figure;
    if (this.drawer) {
      this.drawer.remove();
      this.drawer = undefined;
    } else if (figure) this.openInfo(figure);
    this.toolbar.showInfoOpen(Boolean(this.drawer));
  }

  private openInfo(figure: HTMLElement): void {
    this.drawer?.remove();
    this.drawer = info(figure, this.say, locale());
    this.dialog.append(this.drawer);
  }
}

define("photo-lightbox", PhotoLightbox);
