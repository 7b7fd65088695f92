/**
 * Refuses before sending what the server would surely refuse: other kinds, empty and too large files.
 * The server decides by content; here name and announced type must do, and doubt lets a file pass.
 */
import { bytes } from "../texts/bytes";
import type { Why } from "./entry";

const EXTENSIONS = new Set(
  "jpg jpeg jpe jfif png webp gif heic heif hif avif tif tiff bmp mp4 mov m4v webm mkv avi 3gp 3gpp 3g2".split(
    " ",
  ),
);
const REFUSED_TYPES = new Set(["image/svg+xml"]);

/** Why `file` cannot be sent, or nothing. `maxBytes` 0 means no limit. */
export function refusal(
  file: Pick<File, "name" | "type" | "size">,
  maxBytes: number,
  locale?: string,
): Why | undefined {
  if (!isMedia(file)) return { key: "refused-wrong-kind" };
  if (file.size === 0) return { key: "refused-empty" };
  if (maxBytes > 0 && file.size > maxBytes) {
    return { key: "refused-too-large", args: { limit: bytes(maxBytes, locale) } };
  }
  return undefined;
}

function isMedia(file: Pick<File, "name" | "type">): boolean {
  if (REFUSED_TYPES.has(file.type)) return false;
  const extension = /\.([a-z0-9]+)$/i.exec(file.name)?.[1]?.toLowerCase();
  if (extension && EXTENSIONS.has(extension)) return true;
  // Cameras and galleries of some phones give names without an extension.
  return /^(image|video)\//.test(file.type) && (!extension || extension.length > 4);
}
