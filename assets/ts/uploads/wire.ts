/**
 * Carries one step of the machine over the network. XMLHttpRequest, because fetch tells nothing about
 * the bytes that left, and a guest wants to see the bar move.
 */
import { retryAfterMs } from "./backoff";
import type { Entry } from "./entry";
import type { Answer, Step } from "./machine";

/** No byte moved for so long: the connection is dead even if nobody said so. */
const STALL_MS = 30_000;
/** After the last byte the server may be writing to its bucket. */
const ANSWER_MS = 90_000;

export interface Call {
  endpoint: string;
  entry: Entry;
  file: Blob;
  signal: AbortSignal;
  /** Bytes of this piece that have left. */
  progress: (sent_bytes: number) => void;
}

/** Sends the step's request. Never rejects: what is no answer is a cut. */
export function carry(step: Exclude<Step, { do: "end" }>, call: Call): Promise<Answer> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const began = performance.now();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const within = (ms: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => request.abort(), ms);
    };
    const abort = () => request.abort();
    call.signal.addEventListener("abort", abort, { once: true });
    request.onloadend = () => {
      clearTimeout(timer);
      call.signal.removeEventListener("abort", abort);
      resolve(request.status ? answer(request, performance.now() - began) : { kind: "cut" });
    };
    request.upload.onprogress = (event) => {
      within(STALL_MS);
      call.progress(event.loaded);
    };
    request.upload.onload = () => within(ANSWER_MS);
    open(request, step, call);
    within(STALL_MS);
    request.send(step.do === "patch" ? call.file.slice(step.from, step.to) : null);
  });
}

function open(request: XMLHttpRequest, step: Exclude<Step, { do: "end" }>, call: Call): void {
  const method = { create: "POST", head: "HEAD", patch: "PATCH" }[step.do];
  request.open(method, step.do === "create" ? call.endpoint : step.url);
  request.setRequestHeader("Tus-Resumable", "1.0.0");
  request.setRequestHeader("Accept", "application/problem+json");
  if (step.do === "create") {
    request.setRequestHeader("Upload-Length", String(call.entry.size_bytes));
    request.setRequestHeader("Upload-Metadata", metadata(call.entry));
  }
  if (step.do === "patch") {
    request.setRequestHeader("Upload-Offset", String(step.from));
    request.setRequestHeader("Content-Type", "application/offset+octet-stream");
  }
}

function answer(request: XMLHttpRequest, took_ms: number): Answer {
  const header = (name: string) => request.getResponseHeader(name);
  const offset = header("Upload-Offset");
  const location = header("Location");
  const problem = problemOf(request);
  return {
    kind: "answer",
    status: request.status,
    took_ms,
    location: location ? new URL(location, document.baseURI).href : undefined,
    offset_bytes: offset === null ? undefined : Number(offset),
    retry_after_ms: retryAfterMs(header("Retry-After"), Date.now()),
    item: header("Epu-Item") ?? undefined,
    duplicate: header("Epu-Duplicate") === "true",
    code: problem.code,
    detail: problem.detail,
  };
}

function problemOf(request: XMLHttpRequest): { code?: string; detail?: string } {
  if (!request.getResponseHeader("Content-Type")?.includes("json")) return {};
  try {
    return JSON.parse(request.responseText);
  } catch {
    return {};
  }
}

/** Upload-Metadata: "key base64, key base64" (tus 1.0.0, "Creation"); values are UTF-8. */
function metadata(entry: Entry): string {
  const values: [string, string | undefined][] = [
    ["filename", entry.name],
    ["filetype", entry.type],
    ["modified", String(entry.modified_ms)],
    ["sha256", entry.sha256],
  ];
  return values
    .filter((pair): pair is [string, string] => Boolean(pair[1]))
    .map(([key, value]) => `${key} ${base64(value)}`)
    .join(",");
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
