// The SDK's own table of where each call goes. It is written out rather than read off the contract at run
// time, so that a browser loads a few kilobytes of addresses and not every schema.

import { z } from "zod";
import { type Endpoint, endpoints } from "../contract/index.ts";

export function addressesFile() {
  const nouns = new Map<string, string[]>();
  for (const { name, endpoint } of endpoints) {
    const { method, also = [], path, effect, access, alsoCsv, isFile, takesFile } = endpoint;
    const pages = effect === "read" ? pagesOf(endpoint, name) : null;
    const [noun = "", verb = ""] = name.split(".");
    const traits = [
      `method: "${method}"`,
      `path: "${path}"`,
      ...(effect === "write" ? ["writes: true"] : []),
      ...(effect === "write" && access === "open" ? ["open: true"] : []),
      ...(method === "GET" && also.includes("POST") ? ["alsoPost: true"] : []),
      ...(alsoCsv ? ["alsoCsv: true"] : []),
      ...(isFile ? ["isFile: true"] : []),
      ...(takesFile ? [`takesFile: "${takesFile}"`] : []),
      ...("wait_seconds" in endpoint.input.shape ? [`waits: ${waitOf(endpoint)}`] : []),
      ...(pages ? [`pages: ${print(pages)}`] : []),
    ];
    nouns.set(noun, [...(nouns.get(noun) ?? []), `    ${verb}: { ${traits.join(", ")} },`]);
  }
  const lines = [...nouns].flatMap(([noun, verbs]) => [`  ${noun}: {`, ...verbs, "  },"]);
  return `// Made by npm run generate from the contract; not to be changed by hand.
// biome-ignore-all format: one call is one line

export type Address = {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  /** Changes something: may carry an idempotency key or be tried as a dry run. */
  writes?: true;
  /** The caller is not signed in, so no idempotency key is kept. */
  open?: true;
  /** May be posted, where what is asked is too long for a query. */
  alsoPost?: true;
  /** Also answers as CSV. */
  alsoCsv?: true;
  /** Answers with a file. */
  isFile?: true;
  /** The parameter that may be sent as a file. */
  takesFile?: string;
  /** Answers after so many seconds at most, or after its wait_seconds. */
  waits?: number;
  /** Lists something: how it is read on, the key its items stand under, and how many a page holds at most. */
  pages?: { by: "page" | "cursor" | "since" | "before" | "skip" | "once"; items: string; most: number };
};

export const addresses = {
${lines.join("\n")}
} as const satisfies Record<string, Record<string, Address>>;
`;
}

function waitOf({ input }: Endpoint) {
  const { properties = {} } = z.toJSONSchema(input, { io: "input" }) as Json;
  return properties.wait_seconds?.default ?? 0;
}

type Json = {
  type?: string;
  default?: unknown;
  properties?: Record<string, Json>;
  items?: Json;
  maximum?: number;
};

/** How a list is read on, as its own parameters say it. */
export function pagesOf({ input, output }: Endpoint, name: string) {
  const asked = (z.toJSONSchema(input, { io: "input" }) as Json).properties ?? {};
  const answered = z.toJSONSchema(output, { io: "output" }) as Json;
  const lists = Object.entries(answered.properties ?? {}).filter(([, { type }]) => type === "array");
  const items = answered.type === "array" ? "" : lists.find(([key]) => key !== "breadcrumbs")?.[0];
  if (items === undefined) return null;
  const most = (asked.per_page ?? asked.limit)?.maximum ?? 0;
  const by = WAYS.find(([parameter]) => parameter in asked)?.[1];
  if (by !== undefined) return { by, items, most };
  return /\.(?:list|outcomes|purposes)$/.test(name) ? { by: "once" as const, items, most: 0 } : null;
}

// The best way first: contacts are read by cursor, because pages end at 50,000. `since` reads on in the feed only; in the
// audit log it is a filter, and `before` reads on.
const WAYS = [
  ["cursor", "cursor"],
  ["before", "before"],
  ["since", "since"],
  ["skip", "skip"],
  ["page", "page"],
] as const;

const print = (traits: Record<string, string | number>) =>
  `{ ${Object.entries(traits)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
    .join(", ")} }`;
