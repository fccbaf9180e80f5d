// Records which files a piece of work passes through: every function of server/ that is loaded from now on first says that it
// begins. Import this before anything of the product, and the product with `await import(…)`. Coverage as Node counts it knows how
// often a function ran, and not which one ran first, nor for whose sake: a loop beside the work would be counted along.

import { AsyncLocalStorage } from "node:async_hooks";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import { parseAst } from "vite";

const SERVER = new URL("../../", import.meta.url).href;
const ROOT = new URL("../../../", import.meta.url).href;
/** Of a function: the name under which it looks for what is below, on the global object. */
const BEGINS = "__functionBegins";

export type Trace = { files: string[] };

const traces = new AsyncLocalStorage<Trace>();
let awaited: { file: string; trace: Trace } | null = null;

Object.assign(globalThis, {
  [BEGINS](file: string) {
    if (awaited?.file === file) {
      traces.enterWith(awaited.trace);
      awaited = null;
    }
    const trace = traces.getStore();
    if (trace && !trace.files.includes(file)) trace.files.push(file);
  },
});

/** What the work itself passes through, with all that goes on because of it. */
export async function traced(work: () => Promise<unknown>): Promise<Trace> {
  const trace: Trace = { files: [] };
  await traces.run(trace, work);
  return trace;
}

/** From the first function of a file on: for work that begins behind a connection. */
export async function tracedFrom(file: string, work: () => Promise<unknown>): Promise<Trace> {
  const trace: Trace = { files: [] };
  awaited = { file, trace };
  await work();
  return trace;
}

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    const isOurs = url.startsWith(SERVER) && url.endsWith(".ts") && !url.startsWith(`${SERVER}testing/`);
    if (!isOurs || !loaded.source) return loaded;
    const path = decodeURIComponent(url.slice(ROOT.length));
    return { ...loaded, source: announced(String(loaded.source), path, fileURLToPath(url)) };
  },
});

type Node = { type: string; start: number; end: number; body?: unknown; expression?: boolean };

/** On the lines that are there, so that an error still names the right one. */
function announced(source: string, path: string, file: string) {
  const call = `globalThis.${BEGINS}(${JSON.stringify(path)})`;
  const inserted: { at: number; text: string }[] = [];
  const visit = (node: unknown) => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (typeof node !== "object" || node === null) return;
    const { type, body, expression } = node as Node;
    if (/^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(type ?? "") && body) {
      const { start } = body as Node;
      if (expression) {
        const at = source.lastIndexOf("=>", start) + 2;
        inserted.push({ at, text: `(${call},` }, { at: (node as Node).end, text: ")" });
      } else inserted.push({ at: start + 1, text: `${call};` });
    }
    Object.values(node).forEach(visit);
  };
  visit(parseAst(source, { lang: "ts" }, file));
  inserted.sort((a, b) => b.at - a.at);
  return inserted.reduce((text, { at, text: piece }) => text.slice(0, at) + piece + text.slice(at), source);
}
