// Which test files share a process. Loading the server costs as much processor time as the tests of a usual file, and code
// that is warm runs faster; hooks and databases stay each file's own (test-group.ts).

import type { Times } from "./test-times.ts";

/** Why a file has a process of its own. */
export const ALONE: readonly { files: RegExp; why: string }[] = [
  { files: /^server\/testing\//, why: "kills processes, for minutes" },
  {
    files: /^(?:server|sandbox|n8n|sdk|mcp|bench)\/[^/]+\.test\.ts$/,
    why: "starts whole servers, or is long",
  },
  { files: /^(?:server\/(?:db|runtime|network-policy)|scripts\/release|n8n|sdk)\//, why: "starts servers" },
  { files: /sandbox/, why: "a sandbox lifts the limits of the whole process" },
  { files: /^cli\//, why: "runs the program in a home folder of its own" },
  {
    files: /(?:hostile|under-attack|credentials|dry-run)[^/]*\.test/,
    why: "measures its process, or is long",
  },
  { files: /^server\/mail\/inbox\.test/, why: "takes the process's console" },
  { files: /^server\/features\/contacts\/suppressions\/suppressions\.test/, why: "measures its process" },
  { files: /^server\/engine\/every-rule\.test/, why: "takes minutes" },
  { files: /killed/, why: "kills processes" },
  { files: /^server\/engine\/paths\.test/, why: "follows which files its process runs" },
  { files: /^web\/journeys\/(?:every-|everything-|nothing-jumps|installing)/, why: "takes minutes" },
];

const MOST_FILES = 8;
const MOST_JOURNEYS = 4;
const MOST_MS = 120_000; // of a group whose files have been timed: a run must not end with one group and an idle processor

/** Groups in the order of the files; those of a group are neighbours, since they load much the same. */
export function groupFiles(files: readonly string[], times: Times, atOnce: number): string[][] {
  const most = Math.ceil(files.length / (2 * atOnce)); // a run of few files spreads over the processors
  const groups: string[][] = [];
  const open = new Map<string, { files: string[]; ms: number }>();
  for (const file of files.toSorted()) {
    if (ALONE.some((one) => one.files.test(file))) {
      groups.push([file]);
      continue;
    }
    const kind = kindOf(file);
    const ms = times[file] ?? 0;
    const group = open.get(kind);
    const room = Math.min(most, kind === "journeys" ? MOST_JOURNEYS : MOST_FILES);
    if (group && group.files.length < room && group.ms + ms <= MOST_MS) {
      group.files.push(file);
      group.ms += ms;
      continue;
    }
    const opened = [file];
    groups.push(opened);
    open.set(kind, { files: opened, ms });
  }
  return groups;
}

/** What a file needs from its process: the browser, the server, the command line, or nothing. */
function kindOf(file: string) {
  if (file.startsWith("web/journeys/")) return "journeys";
  const [room = "", folder = ""] = file.split("/");
  return room === "server" ? (folder === "domain" ? "rules" : "server") : room;
}
