/**
 * Builds assets/built/, which the program embeds: bundles with the content's hash in the name, fonts,
 * the icon sprite, texts for the elements, `.br` and `.gz` siblings, and `manifest.json`, which leads
 * from the plain name ("host.css") to the hashed one. The same input gives the same bytes.
 */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { build } from "esbuild";

const root = dirname(fileURLToPath(import.meta.url));
const built = join(root, "built");
/** Plain name → hashed name, both relative to built/. */
const manifest = {};

await rm(built, { recursive: true, force: true });
await mkdir(built, { recursive: true });

for (const file of await readdir(join(root, "images"))) {
  await emit(file, await readFile(join(root, "images", file)));
}
await emit("icons.svg", Buffer.from(await sprite()));
for (const locale of await readdir(join(root, "texts"))) {
  const text = await readFile(join(root, "texts", locale, "browser.ftl")).catch(() => undefined);
  if (text) await emit(`browser.${locale}.ftl`, text);
}
await bundle();
await compress();
await writeFile(join(built, "manifest.json"), `${JSON.stringify(sorted(manifest), null, 1)}\n`);

/** Scripts and styles by esbuild; entry points, fonts and nothing else get a name in the manifest. */
async function bundle() {
  const entry = ["ts/host.ts", "ts/guest.ts", "ts/gallery.ts", "css/host.css", "css/guest.css"];
  const result = await build({
    absWorkingDir: root,
    entryPoints: entry,
    outdir: "built",
    bundle: true,
    splitting: true,
    format: "esm",
    target: ["es2022", "safari16", "chrome109", "firefox115"],
    minify: true,
    metafile: true,
    legalComments: "none",
    entryNames: "[name]-[hash]",
    chunkNames: "chunk-[hash]",
    assetNames: "[name]-[hash]",
    loader: { ".woff2": "file", ".ftl": "text" },
    define: { ICONS_URL: JSON.stringify(`/assets/${manifest["icons.svg"]}`) },
    logLevel: "warning",
  });
  for (const [path, output] of Object.entries(result.metafile.outputs)) {
    const source = output.entryPoint ?? Object.keys(output.inputs)[0] ?? "";
    if (output.entryPoint && !path.endsWith(".woff2")) {
      manifest[`${basename(source, extname(source))}${extname(path)}`] = basename(path);
    } else if (path.endsWith(".woff2")) {
      manifest[fontName(source)] = basename(path);
    }
  }
}

/** `figtree-latin-wght-normal.woff2` → `figtree.woff2`; the extended subset → `figtree-ext.woff2`. */
function fontName(source) {
  return basename(source)
    .replace("-latin-ext", "-ext")
    .replace("-latin", "")
    .replace(/-(wght|400)-normal/, "");
}

/** All of icons/*.svg as symbols of one file. */
async function sprite() {
  const files = (await readdir(join(root, "icons"))).filter((name) => name.endsWith(".svg")).sort();
  const symbols = await Promise.all(
    files.map(async (file) => {
      const drawing = await readFile(join(root, "icons", file), "utf8");
      const inner = drawing.replace(/^<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "");
      return `<symbol id="${basename(file, ".svg")}" viewBox="0 0 24 24">${inner}</symbol>`;
    }),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}

/** Writes one file under its hashed name. */
async function emit(name, bytes) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8).toUpperCase();
  const hashed = `${basename(name, extname(name))}-${hash}${extname(name)}`;
  manifest[name] = hashed;
  await writeFile(join(built, hashed), bytes);
}

/** `.br` and `.gz` beside every file that gains by it. */
async function compress() {
  const files = (await readdir(built)).filter((name) => /\.(js|css|svg|ftl)$/.test(name));
  await Promise.all(
    files.map(async (file) => {
      const bytes = await readFile(join(built, file));
      const params = {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      };
      await writeFile(join(built, `${file}.br`), await promisify(brotliCompress)(bytes, { params }));
      await writeFile(join(built, `${file}.gz`), await promisify(gzip)(bytes, { level: 9 }));
    }),
  );
}

function sorted(object) {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}
