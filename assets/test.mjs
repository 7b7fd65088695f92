/**
 * Runs the unit tests of the scripts' pure logic: bundles each `*.test.ts` with esbuild and hands the
 * result to Node's own runner, so that it works from Node 18 on without a loader.
 */
import { spawnSync } from "node:child_process";
import { readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(fileURLToPath(import.meta.url));
const outdir = join(root, ".cache", "tests");
await rm(outdir, { recursive: true, force: true });

const sources = await readdir(join(root, "ts"), { recursive: true });
const entryPoints = sources.filter((path) => path.endsWith(".test.ts")).map((path) => join(root, "ts", path));
await build({
  entryPoints,
  outdir,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  format: "esm",
  sourcemap: "inline",
  loader: { ".ftl": "text" },
  logLevel: "warning",
});
const tests = (await readdir(outdir, { recursive: true })).filter((path) => path.endsWith(".test.mjs"));
const run = spawnSync(
  process.execPath,
  ["--enable-source-maps", "--test", ...tests.map((path) => join(outdir, path))],
  {
    stdio: "inherit",
    cwd: root,
  },
);
process.exit(run.status ?? 1);
