/** Zoom and pan as plain arithmetic. A view shows a picture scaled about its top left corner. */

export interface View {
  scale: number;
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

export const WHOLE: View = { scale: 1, x: 0, y: 0 };
export const LARGEST = 6;

/** Zooms to `scale` so that the point (`x`, `y`) of the stage stays where it is. */
export function zoomAt(view: View, scale: number, x: number, y: number, stage: Size): View {
  const next = Math.min(LARGEST, Math.max(1, scale));
  const by = next / view.scale;
  return within({ scale: next, x: x - (x - view.x) * by, y: y - (y - view.y) * by }, stage);
}

export function panBy(view: View, x: number, y: number, stage: Size): View {
  return within({ ...view, x: view.x + x, y: view.y + y }, stage);
}

/** Keeps the picture's box over the stage, so that it cannot be lost. */
function within(view: View, { width, height }: Size): View {
  const least = { x: width * (1 - view.scale), y: height * (1 - view.scale) };
  return {
    scale: view.scale,
    x: Math.min(0, Math.max(least.x, view.x)),
    y: Math.min(0, Math.max(least.y, view.y)),
  };
}
