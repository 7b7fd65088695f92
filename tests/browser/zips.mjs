/** ZIP archives, read by programs that we did not write. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";

const LIST = `
import hashlib, json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    print(json.dumps([
        {"name": entry.filename, "bytes": entry.file_size, "time": entry.date_time,
         "sha256": hashlib.sha256(archive.read(entry)).hexdigest()}
        for entry in archive.infolist()]))
`;

/** Checks `path` with unzip and lists its files: name, bytes, time and sha256 (hex). */
export function unzipped(path) {
  execFileSync("unzip", ["-tqq", path], { stdio: ["ignore", "ignore", "inherit"] });
  return JSON.parse(execFileSync("python3", ["-c", LIST, path], { encoding: "utf8", maxBuffer: 1e8 }));
}

export const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
