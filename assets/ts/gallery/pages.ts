/** Follows `a[rel=next]` while the reader scrolls; without script, or after an error, it is a link. */
import { make } from "../elements/make";
import type { Say } from "../texts/texts";
import { parse } from "./figure";

/** Begin to load when the end is so near. */
const AHEAD = "1200px";

export class Pages {
  private link: HTMLAnchorElement | null;
  private loading: Promise<boolean> | undefined;
  private readonly near = new IntersectionObserver(
    (changes) => {
      if (changes.some((change) => change.isIntersecting)) void this.load();
    },
    { rootMargin: AHEAD },
  );

  constructor(
    private readonly root: HTMLElement,
    private readonly say: Say,
    private readonly arrived: (figures: HTMLElement[]) => void,
  ) {
    this.link = root.querySelector("a[rel=next]");
    this.watch();
  }

  /** Whether everything is on the page. */
  get isWhole(): boolean {
    return this.link === null;
  }

  /** Loads the next page; false when there is none, or it could not be had. */
  load(): Promise<boolean> {
    this.loading ??= this.fetchNext().finally(() => {
      this.loading = undefined;
    });
    return this.loading;
  }

  private async fetchNext(): Promise<boolean> {
    const link = this.link;
    if (!link) return false;
    this.near.unobserve(link);
    try {
      const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const { figures, next } = parse(await answer.text());
      link.remove();
      this.link = next
        ? make("a", { rel: "next", class: "more", href: next }, this.say("gallery-more"))
        : null;
      this.arrived(figures);
      if (this.link) this.root.querySelector(".grid")?.after(this.link);
      this.watch();
      return figures.length > 0;
    } catch {
      link.textContent = this.say("gallery-more-failed");
      return false;
    }
  }

  private watch(): void {
    const link = this.link;
    if (!link) return;
    this.near.observe(link);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      void this.load();
    });
  }
}
