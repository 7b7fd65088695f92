/** Speed and time left, told honestly: from the last twenty seconds, and not before three. */

const WINDOW_MS = 20_000;
const TRUST_MS = 3_000;

export class Pace {
  private samples: { at_ms: number; bytes: number }[] = [];

  /** `bytes` more have left at `at_ms`. */
  add(at_ms: number, bytes: number): void {
    this.samples.push({ at_ms, bytes });
    this.forget(at_ms);
  }

  /** Milliseconds for `left_bytes`, or nothing while too little is known. */
  leftMs(left_bytes: number, now_ms: number): number | undefined {
    this.forget(now_ms);
    const first = this.samples[0];
    if (!first || now_ms - first.at_ms < TRUST_MS) return undefined;
    const sent = this.samples.reduce((sum, sample) => sum + sample.bytes, 0);
    return sent > 0 ? (left_bytes / sent) * (now_ms - first.at_ms) : undefined;
  }

  private forget(now_ms: number): void {
    const from = this.samples.findIndex((sample) => now_ms - sample.at_ms <= WINDOW_MS);
    this.samples.splice(0, from < 0 ? this.samples.length : from);
  }
}

/** A key of `browser.ftl` and its arguments for the time left; coarse, because it is a guess. */
export function leftWords(left_ms: number): { key: string; args?: Record<string, number> } {
  const minutes = Math.ceil(left_ms / 60_000);
  if (minutes <= 1) return { key: "upload-left-soon" };
  if (minutes < 60) return { key: "upload-left-minutes", args: { minutes } };
  return { key: "upload-left-hours", args: { hours: Math.round(minutes / 60) } };
}
