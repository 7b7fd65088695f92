/** The photo's colours before the photo: a thumbhash drawn on a small canvas that the photo then covers. */
import { thumbHashToRGBA } from "thumbhash";

export function placeholder(base64: string): HTMLCanvasElement | undefined {
  try {
    const hash = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const { w, h, rgba } = thumbHashToRGBA(hash);
    const canvas = document.createElement("canvas");
    canvas.width = w;
    canvas.height = h;
    canvas.setAttribute("aria-hidden", "true");
    const picture = new ImageData(new Uint8ClampedArray(rgba), w, h);
    canvas.getContext("2d")?.putImageData(picture, 0, 0);
    return canvas;
  } catch {
    return undefined;
  }
}
