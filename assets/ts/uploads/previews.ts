/**
 * Small previews, drawn only for rows that are seen, one at a time; the decoded picture is freed at
 * once. What the browser cannot decode keeps its icon.
 */
import { make } from "../elements/make";

const SIDE_PX = 96;
const LARGEST_BYTES = 40 * 1024 * 1024;

export class Previews {
  private readonly jobs = new Map<Element, () => Promise<Blob | undefined>>();
  private turn: Promise<unknown> = Promise.resolve();
  private readonly seen = new IntersectionObserver(
    (changes) => {
      for (const { target, isIntersecting } of changes) if (isIntersecting) this.start(target);
    },
    { rootMargin: "200px" },
  );

  /** Replaces `place` by the picture as soon as it comes near the screen. */
  watch(place: Element, file: () => Promise<Blob | undefined>): void {
    this.jobs.set(place, file);
    this.seen.observe(place);
  }

  private start(place: Element): void {
    const file = this.jobs.get(place);
    this.seen.unobserve(place);
    this.jobs.delete(place);
    if (file) this.turn = this.turn.then(() => draw(place, file)).catch(() => undefined);
  }
}

async function draw(place: Element, load: () => Promise<Blob | undefined>): Promise<void> {
  const file = await load();
  if (!file?.type.startsWith("image/") || file.size > LARGEST_BYTES) return;
  const picture = await createImageBitmap(file, { resizeWidth: SIDE_PX, resizeQuality: "low" });
  const canvas = make("canvas", { class: "thumb", width: SIDE_PX, height: SIDE_PX, "aria-hidden": "true" });
  const scale = Math.max(SIDE_PX / picture.width, SIDE_PX / picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale];
  canvas.getContext("2d")?.drawImage(picture, (SIDE_PX - width) / 2, (SIDE_PX - height) / 2, width, height);
  picture.close();
  place.replaceWith(canvas);
}
