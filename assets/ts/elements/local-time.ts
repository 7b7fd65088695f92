/**
 * `<local-time data-style="date|datetime|relative"><time datetime="…Z">` rewrites a moment in the
 * reader's zone and language. For account and admin pages; an event's times stay in the event's zone.
 */
import { locale } from "../texts/texts";
import { define } from "./make";

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

class LocalTime extends HTMLElement {
  connectedCallback(): void {
    const time = this.querySelector("time");
    const at = new Date(time?.dateTime ?? "");
    if (!time || Number.isNaN(at.getTime())) return;
    const home = locale();
    const full = new Intl.DateTimeFormat(home, { dateStyle: "long", timeStyle: "short" }).format(at);
    if (this.dataset.style === "relative") {
      time.title = full;
      time.textContent = relative(at.getTime() - Date.now(), home);
    } else if (this.dataset.style === "date") {
      time.textContent = new Intl.DateTimeFormat(home, { dateStyle: "long" }).format(at);
    } else {
      time.textContent = full;
    }
  }
}

/** "3 hours ago", "in 2 days", from a difference in milliseconds. */
function relative(differenceMs: number, home: string): string {
  const format = new Intl.RelativeTimeFormat(home, { numeric: "auto" });
  const seconds = Math.round(differenceMs / 1000);
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return format.format(seconds, "second");
}

define("local-time", LocalTime);
