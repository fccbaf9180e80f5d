// Which call of the contract an address means, in any of the spellings that programs and documents use.

import { type Access, endpoints, type Method, scopeName } from "@cadenza/contract";

/** An address as it was written; the method is null where none stood beside it. */
export type WrittenCall = { method: Method | null; path: string };

type KnownCall = {
  methods: readonly Method[];
  path: string;
  parts: readonly string[];
  access: Access;
  scope: string;
};

const METHODS: readonly Method[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

const KNOWN: readonly KnownCall[] = endpoints.map(({ endpoint }) => ({
  methods: [endpoint.method, ...(endpoint.also ?? [])],
  path: endpoint.path,
  parts: partsOf(endpoint.path),
  access: endpoint.access,
  scope: scopeName(endpoint),
}));

/** `POST https://host/api/v1/contacts?page=1` as POST and /contacts. Null where the text is no address. */
export function readWritten(text: string): WrittenCall | null {
  const words = text.trim().split(/\s/).filter(Boolean);
  const method = METHODS.find((one) => one === words[0]?.toUpperCase()) ?? null;
  const [address, more] = method ? words.slice(1) : words;
  if (!address?.includes("/") || more !== undefined) return null;
  return { method, path: pathOf(address) };
}

/** Below /api/v1 or /v1, without host, query and a closing slash. */
export function pathOf(address: string) {
  const [place = ""] = address.split(/[?#]/, 1);
  const host = place.indexOf("//");
  const parts = partsOf(host < 0 ? place : place.slice(host)).slice(host < 0 ? 0 : 1);
  return `/${parts.slice(parts.lastIndexOf("v1") + 1).join("/")}`;
}

/** The calls at this address. A word in the path beats a parameter: `/contacts/search` shows no contact. */
export function callsAt({ method, path }: WrittenCall): readonly KnownCall[] {
  const parts = partsOf(path);
  const there = KNOWN.filter(
    (call) =>
      call.parts.length === parts.length &&
      call.parts.every((part, at) => isSamePart(part, parts[at] as string)) &&
      (method === null || call.methods.includes(method)),
  );
  const fewest = Math.min(...there.map(parametersIn));
  return there.filter((call) => parametersIn(call) === fewest);
}

/** Those whose address begins with what was written, for a search while it is typed. */
export function callsFrom({ method, path }: WrittenCall): readonly KnownCall[] {
  const parts = partsOf(path);
  return KNOWN.filter(
    (call) =>
      (method === null || call.methods.includes(method)) &&
      parts.every((part, at) => {
        const theirs = call.parts[at];
        if (theirs === undefined) return false;
        return isSamePart(theirs, part) || (at === parts.length - 1 && theirs.startsWith(part));
      }),
  );
}

function partsOf(path: string) {
  return path.split("/").filter(Boolean);
}

function parametersIn({ parts }: KnownCall) {
  return parts.filter(isParameter).length;
}

function isSamePart(theirs: string, written: string) {
  return isParameter(theirs) || theirs === written;
}

function isParameter(part: string) {
  return part.startsWith("{");
}
