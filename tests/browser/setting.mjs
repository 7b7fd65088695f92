/** Where the journey takes place: everything `tests/kit/journey.sh` says by environment. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const say = (name) => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: the journey is started by ./dev test`);
  return value;
};

/** Where EPU answers, without a slash at the end. */
export const BASE_URL = say("EPU_TEST_URL");
/** The folder EPU puts its mails in. */
export const MAILS = say("EPU_TEST_MAILS");
/** Screenshots go here. */
export const SCREENS = say("EPU_TEST_SCREENS");
/** The `epu` program; its settings are in this process's environment. */
export const EPU = say("EPU_TEST_PROGRAM");

const PARTY = say("EPU_TEST_PARTY");

/**
 * What guests of the party send, by group: `photos` (30), `video`, `duplicate`, `bad`.
 * Each has path, name, bytes, sha256 (hex) and taken (local time, "" for none).
 */
export function party(group) {
  const entries = JSON.parse(readFileSync(join(PARTY, "manifest.json"), "utf8"));
  return entries
    .filter((entry) => entry.group === group)
    .map((entry) => ({ ...entry, path: join(PARTY, entry.path) }));
}
