/**
 * `<share-button data-url data-title data-message>` around a button: opens the system's share sheet.
 * Stays hidden where the browser has none.
 */
import { define } from "./make";

class ShareButton extends HTMLElement {
  connectedCallback(): void {
    const data = { url: this.dataset.url, title: this.dataset.title, text: this.dataset.message };
    this.hidden = typeof navigator.share !== "function";
    this.querySelector("button")?.addEventListener("click", () => {
      // Closing the sheet without choosing rejects; that is no error.
      navigator.share(data).catch(() => undefined);
    });
  }
}

define("share-button", ShareButton);
