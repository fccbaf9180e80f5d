// Reads the calls out of a program's text: code, a log, a list of addresses. It only suggests; a person sees what is selected.

import type { Method } from "@cadenza/contract";
import { callsAt, pathOf, type WrittenCall } from "./known-calls.ts";

export type PastedCalls = {
  /** Scopes of the calls that were found. */
  scopes: readonly string[];
  needNone: readonly string[];
  needMaster: readonly string[];
  /** Several calls have this address, and no method stood beside it. */
  unclear: readonly string[];
  unknown: readonly string[];
};

// A placeholder may hold quotes and brackets: /contacts/{row["id"]}, /contacts/${id}, /contacts/<id>.
const ADDRESS =
  /(?:https?:\/)?\/(?:\$?\{{1,2}[^{}\n]{0,60}\}{1,2}|<\w{1,40}>|[^\s"'`<>(){}\],;\\|])(?:\$?\{{1,2}[^{}\n]{0,60}\}{1,2}|<\w{1,40}>|[^\s"'`<>(){}\],;\\])*/g;

export function readPasted(text: string): PastedCalls {
  const found = {
    scopes: new Set<string>(),
    needNone: new Set<string>(),
    needMaster: new Set<string>(),
    unclear: new Set<string>(),
    unknown: new Set<string>(),
  };
  for (const { index, 0: address } of text.matchAll(ADDRESS)) {
    const written = { method: methodAt(text, index, address), path: pathAt(text, index, address) };
    const spelled = `${written.method ?? ""} ${written.path}`.trim();
    const calls = callsAt(written);
    const [call] = calls;
    if (!call) {
      if (isCertainlyCall(address, written)) found.unknown.add(spelled);
    } else if (calls.length > 1) found.unclear.add(written.path);
    else if (call.access === "scoped") found.scopes.add(call.scope);
    else if (call.access === "open" || call.access === "known") found.needNone.add(spelled);
    else found.needMaster.add(spelled);
  }
  return {
    scopes: [...found.scopes],
    needNone: [...found.needNone],
    needMaster: [...found.needMaster],
    unclear: [...found.unclear],
    unknown: [...found.unknown],
  };
}

/** `"/contacts/" + id` goes on after the quote, so a parameter follows. */
function pathAt(text: string, index: number, address: string) {
  const after = text.slice(index + address.length, index + address.length + 8);
  const goesOn = address.endsWith("/") && /^["'`]\s*[+.&]/.test(after);
  if (goesOn) return pathOf(`${address}{id}`);
  return pathOf(/[.:]$/.test(address) ? address.slice(0, -1) : address); // the end of a sentence
}

const NEAR = 160;
const VERB = /\b(GET|POST|PUT|PATCH|DELETE)\b|\b(?:get|post|put|patch|delete)(?=\s*(?:<[^>]*>)?\()/g;

/** The verb before the address (`POST /x`, `requests.post("/x"`), or `method: "POST"` after it. */
function methodAt(text: string, index: number, address: string): Method | null {
  const before = text
    .slice(Math.max(0, index - NEAR), index)
    .replaceAll(/\$?\{{1,2}[^{}\n]{0,60}\}{1,2}/g, "");
  const last = [...before.matchAll(VERB)].at(-1);
  if (last && isSameStatement(before.slice(last.index))) return asMethod(last[0]);
  const rest = text.slice(index + address.length, index + address.length + NEAR);
  const until = rest.search(/https?:\/|["'`]\/\w/);
  const options = until < 0 ? rest : rest.slice(0, until);
  return asMethod(
    /(?:\bmethod\b|--request|-X)["']?\s{0,3}[:=]?\s{0,3}["']?(get|post|put|patch|delete)\b/i.exec(
      options,
    )?.[1],
  );
}

function isSameStatement(between: string) {
  return !/[;})]|\n\s*\n|["'`]\/|:\/\//.test(between) && !/[^\\]\n.*\//.test(between);
}

function asMethod(word: string | undefined) {
  return word ? (word.toUpperCase() as Method) : null;
}

/** Other paths of a program, of files for example, are not reported as unknown calls. */
function isCertainlyCall(address: string, { method, path }: WrittenCall) {
  return (method !== null && path !== "/") || /\/v1\//.test(address);
}
