// docs/ as a site, served by the product under /help: no font, script or picture from elsewhere, and no style or script within a page
// but the two of VitePress, whose digests the server lets through.

import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { transformerStyleToClass } from "@shikijs/transformers";
import { defineConfig } from "vitepress";
import { GROUPS } from "./pages.ts";
import { useRules } from "./rules.ts";

const colors = transformerStyleToClass({ classPrefix: "code-" });
const scripts = new Set<string>();

export default defineConfig({
  title: "Cadenza help",
  description: "How to install and use Cadenza: sales sequences from your own mailboxes, on your own server.",
  lang: "en-US",
  base: "/help/",
  srcDir: "./build/docs",
  outDir: "./dist",
  cacheDir: "./node_modules/.cache",
  cleanUrls: true,
  lastUpdated: false,
  // Its transition is a style element that the page adds to itself.
  appearance: { disableTransition: false },
  // Tags and braces in the documents are text.
  markdown: {
    html: false,
    linkify: false,
    codeTransformers: [colors],
    config: useRules,
    // It marks what it takes in by comments, which are text here. Links are made by our own rule.
    include: { rebaseRelativeUrls: false },
  },
  vite: {
    resolve: { alias: [{ find: /^minisearch$/, replacement: join(import.meta.dirname, "minisearch.ts") }] },
  },
  head: [["link", { rel: "stylesheet", href: "/help/assets/code.css" }]],
  themeConfig: {
    search: { provider: "local", options: { detailedView: true } },
    nav: [
      { text: "API", link: "/api/reference" },
      { text: "Why an email waits", link: "/guides/why" },
    ],
    sidebar: GROUPS.map(({ text, pages }) => ({
      text,
      items: pages.map(([path, name]) => ({ text: name, link: `/${path}` })),
    })),
    outline: { level: [2, 3] },
  },
  // Called when all pages have been rendered, so all colors of code are known.
  transformHtml(html) {
    for (const [, script = ""] of html.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([\s\S]+?)<\/script>/g))
      scripts.add(`'sha256-${createHash("sha256").update(script).digest("base64")}'`);
    return html.replaceAll(/ style="[^"]*"/g, "").replace("code.css", codeFile());
  },
  buildEnd({ outDir }) {
    writeFileSync(join(outDir, "assets", codeFile()), colors.getCSS());
    writeFileSync(join(outDir, "scripts.json"), JSON.stringify([...scripts]));
  },
});

function codeFile() {
  return `code.${createHash("sha256").update(colors.getCSS()).digest("hex").slice(0, 8)}.css`;
}
