/** Days as quiet headings: "Saturday 18 July", and from when to when. */
import { make } from "../elements/make";
import type { Say } from "../texts/texts";

/** The heading of `day` ("2026-07-18" or empty) for figures taken between the two wall times. */
export function heading(day: string, first: string, last: string, locale: string, say: Say): HTMLElement {
  const title = make(
    "h2",
    { class: "day", "data-day": day },
    day ? dayWords(day, locale) : say("gallery-undated"),
  );
  const hours = span(first, last, locale);
  if (hours) title.append(make("small", {}, hours));
  return title;
}

export function dayWords(day: string, locale: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  const isThisYear = date.getUTCFullYear() === new Date().getFullYear();
  return new Intl.DateTimeFormat(locale, {
    timeZone: "UTC",
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(!isThisYear && { year: "numeric" }),
  }).format(date);
}

/** Wall times are shown as they are: the zone is the event's, never the reader's. */
export function timeWords(taken: string, locale: string): string {
  const date = new Date(`${taken}Z`);
  if (Number.isNaN(date.getTime())) return "";
  return new Intl.DateTimeFormat(locale, { timeZone: "UTC", timeStyle: "short" }).format(date);
}

function span(first: string, last: string, locale: string): string {
  const [from, to] = [timeWords(first, locale), timeWords(last, locale)];
  return from && to && from !== to ? `${from} – ${to}` : from;
}
