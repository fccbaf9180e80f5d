// What `If-Match` is compared with: each record that can be changed conditionally has an `etag`. It stands for what the call that
// changes the record can change, so a mail that is sent to a contact, or a count that grows, is no change.

import { z } from "zod";
import { type Endpoint, pathParameters } from "./endpoint.ts";

/** A field of its own for each record: by it the record is recognized wherever an answer holds it. */
export const etag = () =>
  z
    .string()
    .optional()
    .describe("Send it as `If-Match` when you update the record, to be refused if it has changed since");

/** What an etag stands for: keys of the record, each whole or in part. */
type Parts = Map<string, readonly string[] | "whole">;

export type Cover = { parts: Parts; idIn: string | undefined };

export type Tagged = ReadonlyMap<z.ZodType, Cover>;

/** Each record's etag field, with what it stands for. */
export function taggedRecords(endpoints: readonly Endpoint[]): Tagged {
  const tagged = new Map<z.ZodType, Cover>();
  for (const endpoint of endpoints) {
    if (!endpoint.ifMatch) continue;
    const { record, idIn, within = {} } = endpoint.ifMatch;
    const field = record.shape.etag as z.ZodType | undefined;
    if (!field) throw new Error(`The record of ${endpoint.scope} has no etag.`);
    const cover: Cover = tagged.get(field) ?? { parts: new Map(), idIn };
    tagged.set(field, cover);
    for (const key of shownKeys(endpoint)) cover.parts.set(key, within[key] ?? "whole");
  }
  return tagged;
}

/** The call that shows the record of a conditional change as it is. */
export function readOf<Call extends { name: string; endpoint: Endpoint }>(
  { endpoint: { path, ifMatch } }: { endpoint: Endpoint },
  calls: readonly Call[],
): Call | undefined {
  const named = ifMatch?.read?.call;
  return calls.find(({ name, endpoint }) =>
    named === undefined ? endpoint.method === "GET" && endpoint.path === path : name === named,
  );
}

/** The keys of the record that show what the call can change, in the order of its parameters. */
function shownKeys({ path, input, ifMatch }: Endpoint): string[] {
  const { shows = {} } = ifMatch ?? {};
  const parameters = Object.keys(input.shape).filter((name) => !pathParameters(path).includes(name));
  return [...new Set(parameters.flatMap((name) => (name in shows ? (shows[name] ?? []) : name)))];
}
