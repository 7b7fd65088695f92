/** Sizes in words. Decimal units (1 MB = 1,000,000 bytes), as phones and shops count. */

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** "4.3 MB", "121 MB", "950 byte": two digits where they mean something. */
export function bytes(size: number, locale?: string): string {
  const step = stepOf(size);
  return format(size, step, locale, true);
}

/** "3.1 of 4.3 MB" in parts: both numbers are in the unit of the whole. */
export function bytesOf(sent: number, whole: number, locale?: string): { sent: string; whole: string } {
  const step = stepOf(whole);
  return {
    sent: format(Math.min(sent, whole), step, locale, false),
    whole: format(whole, step, locale, true),
  };
}

function stepOf(size: number): number {
  let step = 0;
  while (step < UNITS.length - 1 && size >= 1000 ** (step + 1)) step += 1;
  return step;
}

function format(size: number, step: number, locale: string | undefined, withUnit: boolean): string {
  const value = size / 1000 ** step;
  const digits = step === 0 || value >= 10 || value === 0 ? 0 : 1;
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    ...(withUnit && { style: "unit", unit: UNITS[step] ?? "byte", unitDisplay: "short" }),
  }).format(value);
}
