/**
 * Fingers, mouse and wheel on the stage, told as what they mean: swipe sideways, pull down, pinch,
 * double tap, wheel. Knows nothing of slides.
 */

export interface Hands {
  /** May a drag pan the picture instead of changing it? */
  isZoomed: () => boolean;
  drag: (x: number, y: number) => void;
  /** The drag ended: its whole way in px and its speed in px per ms. */
  drop: (x: number, y: number, speed: number) => void;
  pan: (x: number, y: number) => void;
  /** Zoom by a factor about a point of the stage. */
  zoom: (by: number, x: number, y: number) => void;
  twice: (x: number, y: number) => void;
  once: () => void;
}

const TWICE_MS = 280;
const STILL_PX = 8;

interface Finger {
  x: number;
  y: number;
  from: { x: number; y: number; at_ms: number };
}

/** The strip along the bottom where browsers draw a video's controls. */
function isOnControls(video: HTMLVideoElement, y: number): boolean {
  return y > video.getBoundingClientRect().bottom - 96;
}

export function listen(stage: HTMLElement, hands: Hands): void {
  const fingers = new Map<number, Finger>();
  let pinched = false;
  let tap: ReturnType<typeof setTimeout> | undefined;

  stage.addEventListener("pointerdown", (event) => {
    const target = event.target instanceof Element ? event.target : stage;
    const video = target.closest("video");
    if (event.button !== 0 || target.closest("a")) return;
    // A video keeps its own controls; only a finger may swipe it away.
    if (video && (event.pointerType === "mouse" || isOnControls(video, event.clientY))) return;
    if (!video) stage.setPointerCapture(event.pointerId);
    const { clientX: x, clientY: y, timeStamp: at_ms } = event;
    fingers.set(event.pointerId, { x, y, from: { x, y, at_ms } });
    if (fingers.size > 1) pinched = true;
  });

  stage.addEventListener("pointermove", (event) => {
    const finger = fingers.get(event.pointerId);
    if (!finger) return;
    const other = [...fingers.values()].find((one) => one !== finger);
    const { clientX: x, clientY: y } = event;
    if (other) {
      const before = Math.hypot(finger.x - other.x, finger.y - other.y);
      const after = Math.hypot(x - other.x, y - other.y);
      hands.zoom(after / Math.max(1, before), (x + other.x) / 2, (y + other.y) / 2);
    } else if (hands.isZoomed()) {
      hands.pan(x - finger.x, y - finger.y);
    } else if (!pinched) {
      hands.drag(x - finger.from.x, y - finger.from.y);
    }
    Object.assign(finger, { x, y });
  });

  const lift = (event: PointerEvent) => {
    const finger = fingers.get(event.pointerId);
    if (!finger) return;
    fingers.delete(event.pointerId);
    const [x, y] = [event.clientX - finger.from.x, event.clientY - finger.from.y];
    const wasPinch = pinched;
    if (fingers.size === 0) pinched = false;
    if (wasPinch) return;
    if (event.type === "pointerup" && Math.hypot(x, y) < STILL_PX) {
      if (!hands.isZoomed()) hands.drop(0, 0, 0);
      if (event.target instanceof HTMLVideoElement) return;
      return tapped(event.clientX, event.clientY);
    }
    const speed = x / Math.max(1, event.timeStamp - finger.from.at_ms);
    if (!hands.isZoomed()) hands.drop(x, y, event.type === "pointercancel" ? 0 : speed);
  };
  stage.addEventListener("pointerup", lift);
  stage.addEventListener("pointercancel", lift);

  stage.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      hands.zoom(Math.exp(-event.deltaY / (event.ctrlKey ? 100 : 400)), event.clientX, event.clientY);
    },
    { passive: false },
  );

  function tapped(x: number, y: number): void {
    if (tap !== undefined) {
      clearTimeout(tap);
      tap = undefined;
      return hands.twice(x, y);
    }
    tap = setTimeout(() => {
      tap = undefined;
      hands.once();
    }, TWICE_MS);
  }
}
