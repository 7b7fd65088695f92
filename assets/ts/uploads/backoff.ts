/** How long to wait before the next try. */

const FIRST_MS = 1000;
const LONGEST_MS = 60_000;

/**
 * Exponential with jitter: the nth try (from 1) waits between half and all of 1 s · 2ⁿ⁻¹, at most a
 * minute, so that 150 phones do not come back in one moment. `chance` is in [0, 1).
 */
export function backoffMs(tries: number, chance: number): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, tries - 1));
  return Math.round(whole * (0.5 + chance / 2));
}

/** A Retry-After header in ms: seconds or an HTTP date (RFC 9110, 10.2.3); nothing when unreadable. */
export function retryAfterMs(header: string | null, nowMs: number): number | undefined {
  if (!header) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
