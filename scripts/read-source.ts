// Reads a source file the way the checks need it: which modules it imports, and which of its characters are code,
// text or comment. Not a parser: it knows strings, templates, comments and regular expressions, which is what it
// takes not to find an import inside a comment, or `app.now()` inside an SQL string.

import { posix } from "node:path";

export type Import = { target: string; line: number; isType: boolean };
export type SourceFile = {
  path: string;
  imports: Import[];
  /** The file's lines with everything blanked that is not code (comments and the inside of strings). */
  code: string[];
  /** The file's lines with everything blanked that is not inside a string or template. */
  texts: string[];
  /** The file's lines with everything blanked that is not a comment. */
  comments: string[];
  /** The regular expressions that are written out. */
  patterns: Pattern[];
};

type Pattern = { line: number; source: string; flags: string };

type Kind = "code" | "text" | "comment";

export function readSource(path: string, content: string): SourceFile {
  const { kinds, patterns } = classify(content);
  const keep = (kept: readonly Kind[]) =>
    content.replaceAll(/[^\n]/g, (it, at: number) => (kept.includes(kinds[at]!) ? it : " "));
  return {
    path,
    imports: findImports(path, keep(["code"]), keep(["code", "text"])),
    code: keep(["code"]).split("\n"),
    texts: keep(["text"]).split("\n"),
    comments: keep(["comment"]).split("\n"),
    patterns,
  };
}

const IMPORT = /\b(?:import|export)\b(\s+type\b)?(?:[\s\w$*{},]*?\bfrom\s*|\s*\(\s*|\s*)(["'`])/g;

function findImports(path: string, code: string, codeAndText: string): Import[] {
  return [...code.matchAll(IMPORT)].map(({ 0: match, 1: type, 2: quote, index }) => {
    const start = index + match.length;
    const target = codeAndText.slice(start, codeAndText.indexOf(quote!, start));
    const isType = !!type || areAllNamesTypes(match);
    return { target: resolveTarget(path, target), line: code.slice(0, start).split("\n").length, isType };
  });
}

/** `import { type A, type B } from` loads the module, but says as plainly that only its types are meant. */
function areAllNamesTypes(match: string) {
  const names = /\{([^}]*)\}/
    .exec(match)?.[1]
    ?.split(",")
    .filter((name) => name.trim());
  return !!names?.length && names.every((name) => /^\s*type\s/.test(name)) && /^\w+\s*\{/.test(match);
}

/** A path from the root of the repository, or a package's name as written. */
function resolveTarget(path: string, target: string) {
  if (target.startsWith(".")) return posix.join(posix.dirname(path), target);
  const own = /^@cadenza\/([^/]+)(?:\/(.+))?$/.exec(target);
  if (!own) return target;
  return `${own[1]}/${own[2] ? own[2].replace(/(\.ts)?$/, ".ts") : "index.ts"}`;
}

// A slash starts a regular expression where a value may start, and divides everywhere else.
const VALUE_MAY_FOLLOW = /(?:^|[([{,;=:!&|?+\-*%<>~^]|\b(?:return|typeof|case|in|of|await|yield|throw))\s*$/;
const TOKEN = /\/\/[^\n]*|\/\*.*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|[`{}/]/gs;
const REGEX = /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[dgimsuvy]*(?![\w$])/y;

function classify(content: string): { kinds: Kind[]; patterns: Pattern[] } {
  const kinds: Kind[] = new Array(content.length).fill("code");
  const patterns: Pattern[] = [];
  const braces: ("block" | "template")[] = []; // what each open brace will return to
  const mark = (from: number, to: number, kind: Kind) => kinds.fill(kind, from, to);

  const markText = (from: number, to: number, next: number) => {
    mark(from, to, "text");
    return next;
  };

  /** Marks template text from here to its end or its next `${`, and answers where code goes on. */
  const readTemplate = (from: number) => {
    for (let at = from; at < content.length; at++) {
      if (content[at] === "\\") at++;
      else if (content[at] === "`") return markText(from, at, at + 1);
      else if (content.startsWith("${", at)) {
        braces.push("template");
        return markText(from, at, at + 2);
      }
    }
    return content.length;
  };

  for (let at = 0; at < content.length; ) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(content);
    if (!token) break;
    const { 0: text, index } = token;
    at = index + text.length;
    if (text === "`") at = readTemplate(at);
    else if (text === "{") braces.push("block");
    else if (text === "}") at = braces.pop() === "template" ? readTemplate(at) : at;
    else if (text === "/") at = skipRegex(index);
    else if (text.startsWith("/")) mark(index, at, "comment");
    else mark(index + 1, at - 1, "text");
  }
  return { kinds, patterns };

  function skipRegex(from: number) {
    REGEX.lastIndex = from;
    if (content[from - 1] === "<") return from + 1; // the end of an element in a page
    if (!VALUE_MAY_FOLLOW.test(content.slice(Math.max(0, from - 40), from)) || !REGEX.test(content))
      return from + 1;
    const literal = content.slice(from, REGEX.lastIndex);
    const end = literal.lastIndexOf("/");
    const line = content.slice(0, from).split("\n").length;
    patterns.push({ line, source: literal.slice(1, end), flags: literal.slice(end + 1) });
    mark(from + 1, REGEX.lastIndex, "comment");
    return REGEX.lastIndex;
  }
}
