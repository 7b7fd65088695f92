/**
 * `<justified-gallery data-items-url data-changes-url data-stream-url data-trash-url data-restore-url
 * data-revision>` around `.grid` with figures. Lays them out, follows further pages, takes in changes
 * as they happen, and offers choosing and the lightbox. Without script it is a page of linked photos.
 */
import { define } from "../elements/make";
import { locale, texts } from "../texts/texts";
import { Actions } from "./actions";
import { parse } from "./figure";
import { Grid } from "./grid";
import { type Changes, Live } from "./live";
import { Pages } from "./pages";
import { Selection } from "./selection";

/** What the lightbox needs to know of the gallery around it. */
export interface Gallery {
  figures(): HTMLElement[];
  more(): Promise<boolean>;
}

class JustifiedGallery extends HTMLElement implements Gallery {
  private grid: Grid | undefined;
  private pages: Pages | undefined;

  async connectedCallback(): Promise<void> {
    const element = this.querySelector<HTMLElement>(".grid");
    if (!element || this.grid) return;
    const say = await texts();
    const { itemsUrl = "", changesUrl, streamUrl, trashUrl, restoreUrl, revision = "0" } = this.dataset;
    const isTrash = itemsUrl.includes("filter=trash");
    let live: Live | undefined;
    const actions: Actions = new Actions(
      this,
      { trashUrl, restoreUrl, isTrash },
      say,
      () => selection?.clear(),
      () => live?.refresh(),
    );
    const selection = actions.isOffered
      ? new Selection(
          element,
          () => this.figures(),
          say,
          (ids) => actions.show(ids),
        )
      : undefined;
    const grid = new Grid(element, say, locale(), (figure) => selection?.offer(figure));
    this.grid = grid;
    this.pages = new Pages(this, say, (figures) => grid.append(figures));
    element.addEventListener("click", (event) => this.opened(event));
    if (streamUrl && changesUrl) {
      live = new Live(streamUrl, changesUrl, Number(revision), (changes) => {
        this.apply(changes);
        selection?.prune();
      });
    }
  }

  figures(): HTMLElement[] {
    return this.grid?.figures() ?? [];
  }

  more(): Promise<boolean> {
    return this.pages?.load() ?? Promise.resolve(false);
  }

  private apply(changes: Changes): void {
    this.grid?.change(parse(changes.html).figures, changes.gone, this.pages?.isWhole ?? true);
    for (const [name, count] of Object.entries(changes.counts ?? {})) {
      for (const place of document.querySelectorAll(`[data-count="${name}"]`)) {
        place.textContent = count.toLocaleString(locale());
      }
    }
    const empty = this.querySelector<HTMLElement>("[data-empty]");
    if (empty) empty.hidden = this.figures().length > 0;
    this.dispatchEvent(new CustomEvent("epu:changed", { bubbles: true, detail: changes }));
  }

  private async opened(event: MouseEvent): Promise<void> {
    const target = event.target instanceof Element ? event.target : undefined;
    const figure = target?.closest<HTMLElement>("figure");
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    if (!figure || !target?.closest("figure > a") || !isPlain) return;
    event.preventDefault();
    const { openLightbox } = await import("../lightbox/lightbox");
    await openLightbox(this, figure);
  }
}

define("justified-gallery", JustifiedGallery);
