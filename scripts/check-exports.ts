// Every export is named by another file; otherwise it is made private or deleted.

import { readRepository, type Violation } from "./check-imports.ts";
import { ROOT } from "./packages.mjs";
import { readSource } from "./read-source.ts";

/** What is installed by others, or is asked for by its place: packages, entry points, generated files. */
const FOR_OTHERS =
  /^(?:sdk|contract)\/|^sandbox\/index\.ts$|^n8n\/(?:nodes|credentials)\/|^server\/(?:main|seed)\.ts$|\.test\.tsx?$|^web\/routes\/|^web\/routes\.tsx$|\.config\.ts$/;
const EXPORT = /^export (?:async )?(?:function\*?|const|let|class|type|interface)\s+([\w$]+)/gm;
const LIST = /^export (?:type )?\{([^}]*)\}(?! from)/gm;

function deadExports(files: ReadonlyMap<string, string>): Violation[] {
  const sources = [...files].map(([path, content]) => ({ path, code: codeOf(path, content) }));
  const usedIn = new Map<string, number>();
  for (const { code } of sources)
    for (const word of new Set(code.match(/[A-Za-z_$][\w$]*/g) ?? []))
      usedIn.set(word, (usedIn.get(word) ?? 0) + 1);
  return sources.flatMap(({ path, code }) =>
    FOR_OTHERS.test(path)
      ? []
      : exportsOf(code).flatMap(({ name, line }) =>
          usedIn.get(name) === 1
            ? [{ path, line, why: `no other file names ${name}: do not export it` }]
            : [],
        ),
  );
}

/** With its texts, since an import may be one (`await import("./x.ts")`), and without comments. */
function codeOf(path: string, content: string) {
  const { code, texts } = readSource(path, content);
  return code.map((line, index) => `${line}${texts[index]?.trim() ? ` ${texts[index]}` : ""}`).join("\n");
}

function exportsOf(code: string) {
  const single = [...code.matchAll(EXPORT)].map(({ 1: name = "", index }) => ({ name, index }));
  const listed = [...code.matchAll(LIST)].flatMap(({ 1: names = "", index }) =>
    names.split(",").flatMap((one) => {
      const name = one
        .trim()
        .split(/\s+as\s+/)
        .at(-1)
        ?.replace(/^type /, "");
      return name ? [{ name, index }] : [];
    }),
  );
  return [...single, ...listed].map(({ name, index }) => ({
    name,
    line: code.slice(0, index).split("\n").length,
  }));
}

if (import.meta.main) {
  const violations = deadExports(readRepository(ROOT));
  for (const { path, line, why } of violations) console.error(`${path}:${line}  ${why}`);
  process.exitCode = violations.length ? 1 : 0;
}
