// No pattern that meets text of others may take more than a time that grows with the text: one line would stop everybody.
//
// Two looks at each, written out or made when its module is loaded: the analysis that linters use for this (scslre), which
// sees parts that take each other's characters, and texts made to be hard for it, measured. What one overlooks the other finds.

import { Worker } from "node:worker_threads";
import { analyse } from "scslre";
import { readRepository, type Violation } from "./check-imports.ts";
import { madePatterns } from "./made-patterns.ts";
import type { Met } from "./meet-attacks.ts";
import { ROOT } from "./packages.mjs";
import { readSource } from "./read-source.ts";

type Found = { path: string; line: number; source: string; flags: string };
type Slow = { pattern: Found; why: string };

const LOOKED_AT = /^(?:server|contract|web|sdk|cli|mcp)\//;
const NOT_SHIPPED = /\.test\.tsx?$|^server\/testing\/|^web\/journeys\/|^web\/vite\.config\.ts$/;
/** Loading these starts nothing, and here patterns are put together. */
const LOADED = /^server\/(?:domain|mail|http|catcher|outgoing|network-policy|features|kernel)\/|^contract\//;
/** It parses the messages of the code and its catalogs, and never a text of others. */
const READS_OUR_OWN = /^node_modules\/@formatjs\//;
/** Those that make patterns of the words of others are loaded with them. */
const IS_RULE = /^server\/domain\//;
const LONGEST_SILENCE_MS = 60_000;

export async function slowPatterns(files: ReadonlyMap<string, string>): Promise<{
  violations: Violation[];
  looked: number;
}> {
  const shipped = [...files].filter(([path]) => LOOKED_AT.test(path) && !NOT_SHIPPED.test(path));
  const sources = shipped.map(([path, content]) => readSource(path, content));
  const written = sources.flatMap(({ path, patterns }) => patterns.map((one) => ({ path, ...one })));
  const making = sources.filter(({ code }) => code.some((line) => /\bRegExp\s*\(/.test(line)));
  const loaded = sources.filter(
    (one) => LOADED.test(one.path) && (making.includes(one) || IS_RULE.test(one.path)),
  );
  const made = (await madePatterns(loaded.map(({ path }) => path))).filter(
    ({ path }) => !READS_OUR_OWN.test(path),
  );
  const places = Map.groupBy([...written, ...made], ({ source, flags }) => `${flags}/${source}`);
  const all = [...places.values()].flatMap(([first]) => first ?? []);
  const slow = [...all.flatMap(analysed), ...(await measured(all))];
  const everywhere = slow.flatMap(({ pattern, why }) =>
    (places.get(`${pattern.flags}/${pattern.source}`) ?? []).map(({ path, line }) => ({ path, line, why })),
  );
  const later = making.flatMap((source) => madeLater(source, made));
  return { violations: [...later, ...everywhere], looked: all.length };
}

function madeLater({ path, code }: { path: string; code: string[] }, made: readonly Found[]): Violation[] {
  const seen = new Set(made.filter((one) => one.path === path).map(({ line }) => line));
  const why = "a pattern that is made after its module was loaded cannot be checked: make it at the top";
  return code.flatMap((line, index) =>
    /\bRegExp\s*\(/.test(line) && !seen.has(index + 1) ? [{ path, line: index + 1, why }] : [],
  );
}

export function analysed(pattern: Found): Slow[] {
  const { source, flags } = pattern;
  const { reports } = analyse({ source, flags }, { assumeRejectingSuffix: false });
  return reports.map((report) => ({ pattern, why: reasonFor(source, `${report.type} at ${at(report)}`) }));
}

const reasonFor = (source: string, where: string) =>
  `a pattern whose time grows faster than the text: /${short(source)}/ (${where})`;

function at(report: ReturnType<typeof analyse>["reports"][number]) {
  return report.type === "Trade" ? `${report.startQuant.raw} … ${report.endQuant.raw}` : report.quant.raw;
}

const short = (text: string) => (text.length > 80 ? `${text.slice(0, 80)}…` : text);

/** Each pattern meets the texts it finds hard, in a thread that is begun anew behind one that does not come back. */
export async function measured(patterns: readonly Found[]): Promise<Slow[]> {
  const slow: Slow[] = [];
  const tell = (pattern: Found, text: string) =>
    slow.push({ pattern, why: reasonFor(pattern.source, `measured on ${JSON.stringify(short(text))}`) });
  for (let from = 0; from < patterns.length; ) {
    const reached = await meet(patterns, from, ({ slow: index, text }) =>
      tell(patterns[index] as Found, text),
    );
    if (reached < patterns.length) tell(patterns[reached] as Found, "a text on which it does not come back");
    from = reached + 1;
  }
  return slow;
}

/** Up to where it came: beyond the last, or the one it did not come back from. */
function meet(
  patterns: readonly Found[],
  from: number,
  onSlow: (met: { slow: number; text: string }) => void,
) {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const workerData = { patterns: patterns.map(({ source, flags }) => ({ source, flags })), from };
  const worker = new Worker(new URL("./meet-attacks.ts", import.meta.url), { workerData });
  let reached = from;
  const silence = setTimeout(() => resolve(reached), LONGEST_SILENCE_MS);
  worker.on("message", (met: Met) => {
    silence.refresh();
    if (met === "done") resolve(patterns.length);
    else if ("at" in met) reached = met.at;
    else onSlow(met);
  });
  worker.once("error", reject);
  return promise.finally(() => {
    clearTimeout(silence);
    void worker.terminate();
  });
}

if (import.meta.main) {
  const { violations, looked } = await slowPatterns(readRepository(ROOT));
  for (const { path, line, why } of violations) console.error(`${path}:${line}: ${why}`);
  console.log(`${looked} patterns looked at.`);
  process.exit(violations.length > 0 ? 1 : 0);
}
