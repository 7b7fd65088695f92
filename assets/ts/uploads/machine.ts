/**
 * The tus 1.0.0 client as a pure state machine: from where a transfer stands and what the server
 * answered follows the next request. Network, time and files live elsewhere, so every case is tested.
 */
import { backoffMs } from "./backoff";
import { afterCuts, afterLimit, afterSuccess, type Chunk } from "./chunk";
import type { Why } from "./entry";

export interface Transfer {
  size_bytes: number;
  url?: string;
  offset_bytes: number;
  chunk: Chunk;
  /** Tries without progress since the last success. */
  tries: number;
  /** How often the server had forgotten the upload. */
  recreated: number;
}

export type Step =
  | { do: "create" }
  | { do: "head"; url: string }
  | { do: "patch"; url: string; from: number; to: number }
  | { do: "end"; as: "done" | "duplicate"; item?: string }
  | { do: "end"; as: "refused" | "failed"; why: Why };

/** What came back: an answer, or nothing (`cut`: refused, lost, timed out, offline). */
export type Answer =
  | { kind: "cut" }
  | {
      kind: "answer";
      status: number;
      took_ms: number;
      location?: string | undefined;
      offset_bytes?: number | undefined;
      retry_after_ms?: number | undefined;
      item?: string | undefined;
      duplicate?: boolean | undefined;
      code?: string | undefined;
      detail?: string | undefined;
    };

export interface Move {
  transfer: Transfer;
  step: Step;
  /** To wait before the step, in ms. */
  after_ms: number;
}

const MOST_RECREATED = 3;
/** Server errors that are not "come back later" are given up after so many tries. */
const MOST_BROKEN = 6;
const LATER = new Set([408, 423, 425, 429, 502, 503, 504]);

/** The first request: ask where the upload stands, or create it. */
export function begin(transfer: Transfer): Step {
  return transfer.url ? { do: "head", url: transfer.url } : { do: "create" };
}

/** What follows from `answer` to `step`. `chance` in [0, 1) is the jitter. */
export function follow(transfer: Transfer, step: Step, answer: Answer, chance: number): Move {
  if (step.do === "end") return { transfer, step, after_ms: 0 };
  if (answer.kind === "cut") return cut(transfer, chance);
  const { status } = answer;
  if (status >= 200 && status < 300) return success(transfer, step, answer);
  if (status === 409 || status === 460) return later(transfer, chance, transfer.tries ? undefined : 0);
  if ((status === 404 || status === 410) && step.do !== "create") return recreate(transfer);
  if (status === 413 && step.do === "patch" && answer.code !== "too_large") return limited(transfer, step);
  if (LATER.has(status)) return later(transfer, chance, answer.retry_after_ms);
  if (status >= 500 && transfer.tries < MOST_BROKEN) return later(transfer, chance, answer.retry_after_ms);
  return end(transfer, refusalOf(answer));
}

function success(transfer: Transfer, step: Step, answer: Answer & { kind: "answer" }): Move {
  const offset_bytes = answer.offset_bytes ?? (step.do === "create" ? 0 : transfer.offset_bytes);
  const url = step.do === "create" ? answer.location : transfer.url;
  if (!url) return end(transfer, failed("failed-server", answer.detail));
  const moved = offset_bytes > transfer.offset_bytes || step.do === "create";
  const next: Transfer = { ...transfer, url, offset_bytes, tries: moved ? 0 : transfer.tries };
  if (step.do === "patch") {
    next.chunk = afterSuccess(transfer.chunk, step.to - step.from, answer.took_ms);
    if (!moved && step.to > step.from) next.tries += 1;
  }
  const complete = offset_bytes >= transfer.size_bytes;
  if (complete && (answer.item || step.do === "patch")) {
    const as = answer.duplicate ? "duplicate" : "done";
    return end(next, { do: "end", as, ...(answer.item && { item: answer.item }) });
  }
  // All bytes are there but nobody said it is finished: an empty piece asks for it.
  const to = Math.min(offset_bytes + next.chunk.bytes, transfer.size_bytes);
  return { transfer: next, step: { do: "patch", url, from: offset_bytes, to }, after_ms: 0 };
}

function cut(transfer: Transfer, chance: number): Move {
  const move = later(transfer, chance);
  // One cut is bad luck; from the second on, smaller pieces lose less.
  if (transfer.url && transfer.tries >= 1) move.transfer.chunk = afterCuts(transfer.chunk);
  return move;
}

function later(transfer: Transfer, chance: number, after_ms?: number): Move {
  const next = { ...transfer, tries: transfer.tries + 1 };
  return { transfer: next, step: begin(next), after_ms: after_ms ?? backoffMs(next.tries, chance) };
}

function recreate(transfer: Transfer): Move {
  if (transfer.recreated >= MOST_RECREATED) return end(transfer, failed("failed-server"));
  const { url: _, ...rest } = transfer;
  const next = { ...rest, offset_bytes: 0, recreated: transfer.recreated + 1 };
  return { transfer: next, step: { do: "create" }, after_ms: 0 };
}

function limited(transfer: Transfer, step: Step & { do: "patch" }): Move {
  const chunk = afterLimit(transfer.chunk, step.to - step.from);
  if (!chunk) return end(transfer, failed("failed-too-big-step"));
  return { transfer: { ...transfer, chunk }, step: { do: "head", url: step.url }, after_ms: 0 };
}

function refusalOf(answer: Answer & { kind: "answer" }): Step {
  const { status, code, detail } = answer;
  if (status === 401 || status === 404) return failed("failed-signed-out", detail);
  if (status >= 500 || status === 400 || status === 412) return failed("failed-server", detail);
  const known = ["wrong-kind", "too-large", "event-closed", "storage-full", "empty"];
  const name = code?.replaceAll("_", "-") ?? (status === 415 ? "wrong-kind" : "");
  // Without the server's words, "too large" cannot name the limit.
  const key = known.includes(name) && name !== "too-large" ? `refused-${name}` : "refused-other";
  return { do: "end", as: "refused", why: { key, ...(detail && { detail }) } };
}

function failed(key: string, detail?: string): Step {
  return { do: "end", as: "failed", why: { key, ...(detail && { detail }) } };
}

function end(transfer: Transfer, step: Step): Move {
  return { transfer, step, after_ms: 0 };
}
