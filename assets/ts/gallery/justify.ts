/** Justified rows: every full row is exactly as wide as the page and near the wished height. */

export interface Box {
  width: number;
  height: number;
}

export interface Shape {
  width: number;
  gap: number;
  /** The wished height of a row, px. */
  target: number;
}

/**
 * A box for each of `ratios` (width by height), in order. All in whole px, so that a row never breaks
 * by rounding; the last row keeps the wished height and may end early.
 */
export function justify(ratios: readonly number[], shape: Shape): Box[] {
  const boxes: Box[] = [];
  let row: number[] = [];
  for (const ratio of ratios) {
    const before = heightOf(row, shape);
    const after = heightOf([...row, ratio], shape);
    // Break before this one when that row comes nearer to the wish.
    if (row.length > 0 && before - shape.target < shape.target - after) {
      boxes.push(...fill(row, shape));
      row = [];
    }
    row.push(ratio);
    if (heightOf(row, shape) <= shape.target) {
      boxes.push(...fill(row, shape));
      row = [];
    }
  }
  return [...boxes, ...leave(row, shape)];
}

/** The height at which `row` fills the width; infinite for none. */
function heightOf(row: readonly number[], { width, gap }: Shape): number {
  const sum = row.reduce((total, ratio) => total + ratio, 0);
  return sum === 0 ? Number.POSITIVE_INFINITY : (width - gap * (row.length - 1)) / sum;
}

function fill(row: readonly number[], shape: Shape): Box[] {
  const height = Math.max(1, Math.round(heightOf(row, shape)));
  let left = shape.width - shape.gap * (row.length - 1);
  return row.map((ratio, index) => {
    const isLast = index === row.length - 1;
    const width = isLast ? left : Math.min(left, Math.round(ratio * heightOf(row, shape)));
    left -= width;
    return { width, height };
  });
}

/** An unfinished row: wished height, and never wider than the page. */
function leave(row: readonly number[], shape: Shape): Box[] {
  const height = Math.floor(Math.min(shape.target, heightOf(row, shape)));
  return row.map((ratio) => ({ width: Math.floor(ratio * height), height }));
}

/** Rows are lower on phones: about three landscape photos on a desk, two on a phone. */
export function targetFor(width: number): number {
  if (width < 480) return 150;
  if (width < 900) return 180;
  return Math.min(260, Math.round(width / 6.5));
}
