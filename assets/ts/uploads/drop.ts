/** Files dropped anywhere on the page, or pasted, are chosen files too. */

/** Calls `take` with them; `over` tells when something hovers above the page. */
export function takeDropped(take: (files: File[]) => void, over: (isOver: boolean) => void): AbortController {
  const stop = new AbortController();
  const on = { signal: stop.signal };
  let depth = 0;
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  const hover = (change: number) => {
    depth = change === 0 ? 0 : depth + change;
    over(depth > 0);
  };
  addEventListener("dragenter", (event) => hasFiles(event) && hover(1), on);
  addEventListener("dragleave", (event) => hasFiles(event) && hover(-1), on);
  addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault(), on);
  addEventListener(
    "drop",
    (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      hover(0);
      take([...(event.dataTransfer?.files ?? [])]);
    },
    on,
  );
  addEventListener(
    "paste",
    (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length > 0) take(files);
    },
    on,
  );
  return stop;
}
