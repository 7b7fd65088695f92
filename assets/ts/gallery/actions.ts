/** The floating bar: what can be done with the chosen ones. It posts plain forms by fetch. */
import { icon, make } from "../elements/make";
import type { Say } from "../texts/texts";

const TOAST_MS = 6000;

export interface Ways {
  trashUrl: string | undefined;
  restoreUrl: string | undefined;
  /** The page shows the trash. */
  isTrash: boolean;
}

export class Actions {
  private bar: HTMLElement | undefined;
  private toast: HTMLElement | undefined;

  constructor(
    private readonly root: HTMLElement,
    private readonly ways: Ways,
    private readonly say: Say,
    private readonly clear: () => void,
    private readonly acted: () => void,
  ) {}

  /** Whether choosing makes sense here at all. */
  get isOffered(): boolean {
    return Boolean(this.ways.isTrash ? this.ways.restoreUrl : this.ways.trashUrl);
  }

  show(ids: string[]): void {
    if (ids.length === 0) {
      this.bar?.remove();
      this.bar = undefined;
      return;
    }
    const count = make("b", { role: "status" }, this.say("gallery-selected", { count: ids.length }));
    const bar = make("div", { class: "selection", role: "group" }, count);
    const { trashUrl, restoreUrl, isTrash } = this.ways;
    const [url, key] = isTrash ? [restoreUrl, "restore"] : [trashUrl, "trash"];
    if (url) bar.append(this.button(key, key, () => void this.act(url, ids, isTrash)));
    bar.append(this.button("clear", "close", this.clear));
    // Replaced as a whole, but without its entrance again.
    if (this.bar) bar.classList.add("there");
    this.bar?.replaceWith(bar);
    if (!this.bar) this.root.append(bar);
    this.bar = bar;
    this.toast?.remove();
  }

  private async act(url: string, ids: string[], isRestore: boolean): Promise<void> {
    if (!(await post(url, ids))) return this.tell(this.say("gallery-not-done"));
    this.clear();
    this.acted();
    const said = this.say(isRestore ? "gallery-restored" : "gallery-trashed", { count: ids.length });
    const { restoreUrl } = this.ways;
    this.tell(said, !isRestore && restoreUrl ? () => void this.undo(restoreUrl, ids) : undefined);
  }

  private async undo(url: string, ids: string[]): Promise<void> {
    const isDone = await post(url, ids);
    this.acted();
    this.tell(this.say(isDone ? "gallery-restored" : "gallery-not-done", { count: ids.length }));
  }

  private tell(words: string, undo?: () => void): void {
    this.toast?.remove();
    const toast = make("div", { class: "toast row", role: "status" }, words);
    if (undo) toast.append(this.button("undo", "restore", undo));
    this.toast = toast;
    this.root.append(toast);
    setTimeout(() => toast.remove(), TOAST_MS);
  }

  private button(key: string, picture: string, act: () => void): HTMLButtonElement {
    const button = make(
      "button",
      { type: "button", class: "button" },
      icon(picture),
      this.say(`gallery-${key}`),
    );
    button.addEventListener("click", act);
    return button;
  }
}

/** `items=a&items=b`, as a form without script would send it. A redirect is a yes. */
async function post(url: string, ids: string[]): Promise<boolean> {
  try {
    const body = new URLSearchParams(ids.map((id) => ["items", id]));
    const answer = await fetch(url, { method: "POST", body, redirect: "manual" });
    return answer.ok || answer.type === "opaqueredirect";
  } catch {
    return false;
  }
}
