/** The overall line: "12 of 30 sent · about 2 min left", its bar, and what is said to a screen reader. */
import { make } from "../elements/make";
import type { Say } from "../texts/texts";
import { leftWords, type Pace } from "./pace";
import type { Totals } from "./queue";

/** Spoken at most this often, so that progress does not chatter. */
const SPEAK_MS = 15_000;

export class Summary {
  readonly element: HTMLElement;
  private readonly count = make("b");
  private readonly left = make("span", { class: "left" });
  private readonly fill = make("i");
  private readonly bar: HTMLElement;
  /** Heard, not seen; outside `element`, because what is hidden is not spoken. */
  readonly spoken = make("p", { class: "visually-hidden", role: "status" });
  private spokenAt_ms = 0;
  private spokenSent = 0;

  constructor(private readonly say: Say) {
    this.bar = make(
      "div",
      {
        class: "bar tall",
        role: "progressbar",
        "aria-label": say("upload-progress"),
        "aria-valuemin": 0,
        "aria-valuemax": 100,
      },
      this.fill,
    );
    this.element = make("div", { class: "sum", hidden: true }, this.count, this.left, this.bar);
  }

  draw(totals: Totals, pace: Pace, isPaused: boolean, isReturning: boolean): void {
    const { say } = this;
    this.element.hidden = totals.open + totals.failed === 0;
    const share = totals.size_bytes ? totals.sent_bytes / totals.size_bytes : 0;
    this.fill.style.transform = `scaleX(${share})`;
    this.bar.setAttribute("aria-valuenow", String(Math.floor(share * 100)));
    this.bar.classList.toggle("still", isPaused);
    this.count.textContent =
      isReturning && totals.open > 0
        ? say("upload-still", { count: totals.open })
        : say("upload-sum", { sent: totals.sent, total: totals.total });
    this.left.textContent = isPaused ? say("upload-offline") : this.leftText(totals, pace);
    this.speakSometimes(totals);
  }

  /** Says something at once: an end, a problem. */
  speak(words: string): void {
    this.spoken.textContent = words;
    this.spokenAt_ms = performance.now();
  }

  private leftText(totals: Totals, pace: Pace): string {
    const left_ms = totals.left_bytes > 0 ? pace.leftMs(totals.left_bytes, performance.now()) : undefined;
    if (left_ms === undefined) return "";
    const words = leftWords(left_ms);
    return this.say(words.key, words.args);
  }

  private speakSometimes(totals: Totals): void {
    if (totals.sent === this.spokenSent || totals.open === 0) return;
    if (performance.now() - this.spokenAt_ms < SPEAK_MS) return;
    this.spokenSent = totals.sent;
    this.speak(this.say("upload-spoken", { sent: totals.sent, total: totals.total }));
  }
}
