// Which files of the packages the programs can load: every import and require, followed as Node itself resolves it. A program of its
// own, because Node resolves for another file only with the flag --experimental-import-meta-resolve. Prints the paths as JSON.

import { globSync, readFileSync, realpathSync, statSync } from "node:fs";
import { createRequire, isBuiltin, stripTypeScriptTypes } from "node:module";
import { basename, join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { ROOT } from "../packages.mjs";
import { isNeeded, NOT_ENTERED } from "./not-needed.ts";
import { REWRITTEN } from "./rewritten.ts";

/** What a release starts: its programs, and the pages that run in threads of their own. */
const PROGRAMS = [
  "server/{main,rotate-key,operator-key,fetch-backup,recover,upgrade,seed,sandbox}.ts",
  "{cli,mcp}/main.ts",
  "server/**/*-{thread,worker}.ts",
];

/** Too many is harmless: what does not resolve, such as a word in a comment, is passed over. */
const NAMED =
  /(?:\bfrom|\bimport)\s*["']([^"'\n]+)["']|(\bimport|\b\w*require\w*(?:\.resolve)?)\s*\(\s*["'`]([^"'`\n$]+)["'`]/gi;

/** One that names its own package as a program of another kind would, and the whole package once more comes along. */
const LINE_OF_COMMENT = /^[ \t]*(?:\/\/|\/\*\*|\*[ \t]).*$/gm;

/** Code that chooses a file while it runs. Its package is kept whole. */
const CHOOSES =
  /\b(?:require|import)\s*\(\s*(?!["'`\s)])|\bcreateRequire\b|\bnew Worker\(|\b__dirname\b|\b__filename\b|\brequire\.resolve\b|\bimport\.meta\.(?:url|dirname|filename)/;

/** Chooses only by names that we never give: it looks for templates in files. */
const CHOOSES_NOTHING_OF_ITS_OWN = /^node_modules\/liquidjs$/;

/** From the root, with what each was reached by resolved through links. */
function reachedFiles() {
  const seen = new Set<string>();
  const whole = new Set<string>();
  const waiting = PROGRAMS.flatMap((pattern) => globSync(pattern, { cwd: ROOT, exclude: isNotOurs }));
  for (let path = waiting.pop(); path; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    if (!isCode(path)) continue;
    const text = programIn(path).replace(LINE_OF_COMMENT, "");
    waiting.push(...namedIn(text, path));
    const inPackage = packageOf(path);
    if (!inPackage || whole.has(inPackage) || CHOOSES_NOTHING_OF_ITS_OWN.test(inPackage)) continue;
    if (!CHOOSES.test(text)) continue;
    whole.add(inPackage);
    waiting.push(...allOf(inPackage));
  }
  return [...seen].sort();
}

/** Without its types: a package whose types alone are imported is not loaded for them. */
function programIn(path: string) {
  const text = REWRITTEN[path] ?? readFileSync(join(ROOT, path), "utf8");
  return path.endsWith(".ts") ? stripTypeScriptTypes(text) : text;
}

function namedIn(text: string, path: string): string[] {
  const from = join(ROOT, path);
  const require = createRequire(from);
  const base = pathToFileURL(from).href;
  return [...text.matchAll(NAMED)].flatMap(([, imported, call, called = ""]) => {
    const name = imported ?? called;
    if (isBuiltin(name)) return [];
    const isImport = imported !== undefined || call === "import";
    try {
      const found = isImport ? fileURLToPath(import.meta.resolve(name, base)) : require.resolve(name);
      return statSync(found).isFile() ? [fromRoot(realpathSync(found))] : [];
    } catch {
      return [];
    }
  });
}

/** Its own files, and not those of packages that lie in it. */
function allOf(folder: string) {
  return globSync("**/*.{js,cjs,mjs,json}", { cwd: join(ROOT, folder), exclude: isNotOurs })
    .map((path) => `${folder}/${path.split(sep).join("/")}`)
    .filter(isNeeded);
}

export function packageOf(path: string) {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
}

function isCode(path: string) {
  return /\.[cm]?[jt]s$/.test(path);
}

function isNotOurs(path: string) {
  return NOT_ENTERED.has(basename(path)) || path.endsWith(".test.ts");
}

function fromRoot(path: string) {
  return relative(ROOT, path).split(sep).join("/");
}

if (import.meta.main) process.stdout.write(JSON.stringify(reachedFiles()));
