/**
 * `<copy-button data-copy data-done>` around a button: copies the text and says so for two seconds.
 * Hidden by CSS until this script runs, because without it the button could do nothing.
 */
import { define } from "./make";

const SAID_FOR_MS = 2000;

class CopyButton extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector("button");
    button?.addEventListener("click", () => void this.copy(button));
  }

  private async copy(button: HTMLButtonElement): Promise<void> {
    await write(this.dataset.copy ?? "");
    const label = button.querySelector("span") ?? button;
    const before = label.textContent;
    label.textContent = this.dataset.done ?? before;
    button.setAttribute("aria-live", "polite");
    button.disabled = true;
    setTimeout(() => {
      label.textContent = before;
      button.disabled = false;
    }, SAID_FOR_MS);
  }
}

/** The clipboard API needs a secure page; over plain http a selected field is copied instead. */
async function write(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

define("copy-button", CopyButton);
