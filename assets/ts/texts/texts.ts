/**
 * What the elements say, by Project Fluent. English is built in; a page in another language names its
 * file by `<html data-texts-url>`. A key that a translation lacks is said in English.
 */
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import english from "../../texts/en/browser.ftl";

/** Says a key of `browser.ftl` with its arguments. */
export type Say = (key: string, args?: Record<string, FluentVariable>) => string;

let loaded: Promise<Say> | undefined;

/** The page's texts. Never rejects: without the network it speaks English. */
export function texts(): Promise<Say> {
  loaded ??= load(document.documentElement);
  return loaded;
}

/**
 * The locale for numbers and dates: the page's language in the reader's own region ("en-GB" on an
 * English page), because "July 18" and "18 July" are a matter of home.
 */
export function locale(): string {
  const language = document.documentElement.lang || "en";
  return navigator.languages?.find((one) => one === language || one.startsWith(`${language}-`)) ?? language;
}

/** A `Say` over sources in order of preference. */
export function speaker(sources: { locale: string; source: string }[]): Say {
  const bundles = sources.map(({ locale, source }) => {
    const bundle = new FluentBundle(locale, { useIsolating: false });
    bundle.addResource(new FluentResource(source));
    return bundle;
  });
  return (key, args) => {
    for (const bundle of bundles) {
      const message = bundle.getMessage(key);
      if (message?.value) return bundle.formatPattern(message.value, args ?? null, []);
    }
    return key;
  };
}

async function load(root: HTMLElement): Promise<Say> {
  const builtIn = { locale: "en", source: english };
  const url = root.dataset.textsUrl;
  if (!url) return speaker([builtIn]);
  try {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    return speaker([{ locale: root.lang, source: await answer.text() }, builtIn]);
  } catch {
    return speaker([builtIn]);
  }
}
