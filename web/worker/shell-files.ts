// Writes into the service worker which files the page loads first, and a word that changes with them.

import { createHash } from "node:crypto";
import type { Plugin } from "vite";

type Bundle = Parameters<Extract<NonNullable<Plugin["generateBundle"]>, (...args: never[]) => unknown>>[1];

/** Texts of other languages, and the logo and the letters that the first page draws. */
const ALSO = /^assets\/(?:de|es|fr|logo|inter-latin-wght)[^/]*\.(?:js|svg|woff2)$/;

export function shellFiles(): Plugin {
  return {
    name: "shell-files",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const worker = bundle["service-worker.js"];
        if (worker?.type !== "chunk") throw new Error("The service worker was not built.");
        const also = Object.keys(bundle).filter((name) => ALSO.test(name));
        const files = ["/", ...[...loadedFirst(bundle), ...also].sort().map((name) => `/${name}`)];
        const page = bundle["index.html"];
        if (page?.type !== "asset") throw new Error("The page was not built.");
        const hash = createHash("sha256").update(files.join("\n")).update(page.source);
        const version = hash.digest("hex").slice(0, 16);
        worker.code = worker.code
          .replaceAll("SHELL_FILES", JSON.stringify(files))
          .replaceAll("SHELL_VERSION", JSON.stringify(version));
      },
    },
  };
}

/** Loads after the page, and belongs to all of them. */
const AFTER_THE_PAGE = "/frame/Toasts.tsx";

type Chunk = { isEntry: boolean; facadeModuleId: string | null };

const isOfEveryPage = ({ isEntry, facadeModuleId }: Chunk) =>
  isEntry || facadeModuleId?.endsWith(AFTER_THE_PAGE) === true;

/** The scripts and styles of the page, and what those import without being asked. */
function loadedFirst(bundle: Bundle) {
  const found = new Set<string>();
  const visit = (name: string) => {
    const chunk = bundle[name];
    if (found.has(name) || chunk?.type !== "chunk") return;
    found.add(name);
    for (const style of chunk.viteMetadata?.importedCss ?? []) found.add(style);
    for (const other of chunk.imports) visit(other);
  };
  for (const [name, chunk] of Object.entries(bundle))
    if (chunk.type === "chunk" && isOfEveryPage(chunk) && name !== "service-worker.js") visit(name);
  return found;
}
