/** `<password-toggle>` around a password field adds a button that shows what was typed. */
import { texts } from "../texts/texts";
import { define, make } from "./make";

class PasswordToggle extends HTMLElement {
  connectedCallback(): void {
    const field = this.querySelector("input");
    if (!field || this.querySelector("button")) return;
    const button = make("button", { type: "button", "aria-controls": field.id, "aria-pressed": "false" });
    const show = (visible: boolean) => {
      field.type = visible ? "text" : "password";
      button.setAttribute("aria-pressed", String(visible));
    };
    texts().then((say) => {
      button.textContent = say("password-show");
      button.addEventListener("click", () => {
        show(field.type === "password");
        button.textContent = say(field.type === "password" ? "password-show" : "password-hide");
      });
    });
    // A visible password must not be offered as a form suggestion later.
    field.form?.addEventListener("submit", () => show(false));
    this.append(button);
  }
}

define("password-toggle", PasswordToggle);
