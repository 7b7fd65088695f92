/**
 * Forms with `data-confirm` ask before they are sent: `data-confirm` is the question,
 * `data-confirm-text` what happens, `data-confirm-yes` and `-no` the buttons. Without script they post.
 */
import { make } from "./make";

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.dataset.confirm) return;
  event.preventDefault();
  ask(form, event.submitter);
});

function ask(form: HTMLFormElement, submitter: HTMLElement | null): void {
  const { confirm, confirmText, confirmYes, confirmNo } = form.dataset;
  const yes = make("button", { class: "button primary danger", value: "yes" }, confirmYes ?? "OK");
  const no = make("button", { class: "button", value: "no", autofocus: true }, confirmNo ?? "Cancel");
  const dialog = make(
    "dialog",
    { class: "ask", "aria-labelledby": "ask-question", closedby: "any" },
    make("h2", { id: "ask-question" }, confirm),
    confirmText ? make("p", {}, confirmText) : undefined,
    make("form", { method: "dialog", class: "acts" }, no, yes),
  );
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (dialog.returnValue === "yes") sendUnasked(form, submitter);
  });
  document.body.append(dialog);
  dialog.showModal();
}

/** Sends the form as the pressed button would have, without asking again. */
function sendUnasked(form: HTMLFormElement, submitter: HTMLElement | null): void {
  const question = form.dataset.confirm;
  delete form.dataset.confirm;
  form.requestSubmit(submitter instanceof HTMLButtonElement ? submitter : null);
  form.dataset.confirm = question;
}
