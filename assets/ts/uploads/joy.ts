/** The small moment when everything is sent: a drawn tick, kind words, a few petals. */
import { icon, make } from "../elements/make";
import type { Say } from "../texts/texts";

const PETALS = 14;
const COLOURS = ["#e8937c", "#f2c4a8", "#c23b22", "#d9a679", "#a9486a"];

export function joy(say: Say, count: number): HTMLElement {
  const petals = Array.from({ length: PETALS }, (_, index) => petal(index));
  return make(
    "section",
    { class: "joy" },
    ...petals,
    icon("check", "icon tick"),
    make("h2", {}, say("upload-all-sent")),
    make("p", {}, say("upload-all-sent-note", { count })),
  );
}

function petal(index: number): HTMLElement {
  const leaf = make("i", { "aria-hidden": "true" });
  const some = (from: number, to: number) => from + Math.random() * (to - from);
  leaf.style.setProperty("--x", `${((index + 0.5) / PETALS) * 100}%`);
  leaf.style.setProperty("--petal", COLOURS[index % COLOURS.length] ?? "");
  leaf.style.setProperty("--time", `${some(1.6, 3)}s`);
  leaf.style.setProperty("--after", `${some(0, 0.7)}s`);
  leaf.style.setProperty("--drift", `${some(-40, 40)}px`);
  leaf.style.setProperty("--turn", `${some(120, 540)}deg`);
  return leaf;
}
