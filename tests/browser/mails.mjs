/** Reading the mails that EPU put into its folder. */
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { MAILS } from "./setting.mjs";

/** The link whose path begins with `path` in the newest mail to `address`; waits 20 s for it. */
export async function linkFromMail(address, path) {
  for (let tries = 0; tries < 100; tries++) {
    for (const text of await newestFirst()) {
      if (!text.includes(address)) continue;
      const link = text.match(new RegExp(`https?://[^\\s"<>]+?${path}[^\\s"<>]*`));
      if (link) return link[0];
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`no mail to ${address} with a link to ${path} in ${MAILS}`);
}

async function newestFirst() {
  const names = await readdir(MAILS, { recursive: true }).catch(() => []);
  const mails = [];
  for (const name of names) {
    const path = join(MAILS, name);
    const about = await stat(path);
    if (about.isFile()) mails.push({ at: about.mtimeMs, text: plain(await readFile(path, "utf8")) });
  }
  return mails.sort((one, other) => other.at - one.at).map((mail) => mail.text);
}

/** Undoes quoted-printable (RFC 2045, 6.7) as far as links need it. */
function plain(mail) {
  return mail
    .replace(/=\r?\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}
