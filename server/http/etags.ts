// Conditional changes. A record that several callers may change is answered with an `etag`, which stands for what a change can
// change. Sent back as `If-Match`, the change is carried out only while the etag is the same: that is looked at in the
// transaction of the change, when the record's row is locked.

import { callName, shownBy } from "@cadenza/contract";
import type { Act } from "../app.ts";
import { canLock, lockRecord } from "../db/record-locks.ts";
import { Refusal } from "../kernel/refusal.ts";
import type { Route } from "./route.ts";
import { taggerOf } from "./tagger.ts";

/** The etags of which one must be the record's; "any": that it is there. */
export type IfMatch = readonly string[] | "any";

export function readIfMatch(header: string | undefined): IfMatch | null {
  if (header === undefined) return null;
  const said = header.trim();
  if (said === "*") return "any";
  return said.split(",").map((one) => {
    const etag = /^"?([A-Za-z0-9_-]{1,60})"?$/.exec(one.trim())?.[1];
    if (etag === undefined) throw new Refusal("if_match_malformed");
    return etag;
  });
}

type Bag = Record<string, unknown>;

/** The route by which the record of a conditional change is read, and what is asked of it beside the id. */
type Reading = { change: string; route: Route; input: Bag };

export type Readings = ReadonlyMap<Route, Reading>;

export function readingsFor(routes: readonly Route[]): Readings {
  const byEndpoint = new Map(routes.map((route) => [route.endpoint, route]));
  return new Map(
    routes.flatMap((route) => {
      const { ifMatch } = route.endpoint;
      if (!ifMatch) return [];
      const shown = shownBy(route.endpoint);
      const read = shown && byEndpoint.get(shown);
      const change = callName(route.endpoint) ?? "";
      if (!read || !canLock(change)) throw new Error(`${change} cannot be made conditional.`);
      return [[route, { change, route: read, input: { ...ifMatch.read?.input } }] as const];
    }),
  );
}

/** Refuses the change unless the record is as the caller has read it. Nothing else changes it from here on. */
export async function refuseIfChanged(
  scene: Act & { input: Bag },
  { endpoint: { ifMatch } }: Route,
  { change, route: read, input }: Reading,
  wanted: IfMatch,
) {
  const id = idOf(scene.input, ifMatch?.among);
  await lockRecord(scene.db, scene.caller.teamId, change, id);
  const asked = read.endpoint.input.parse({ ...input, ...(id !== null && { id }) });
  const handle = read.handle as (scene: Act & { input: unknown }) => Promise<unknown>;
  const answer = await handle({ ...scene, input: asked });
  const etags: string[] = [];
  taggerOf(read.endpoint)(answer, (field, record, of) => {
    if (field === ifMatch?.record.shape.etag && (id === null || of === id)) etags.push(record.etag as string);
  });
  if (etags.length === 0) throw new Refusal("record_not_found");
  if (wanted !== "any" && !etags.some((etag) => wanted.includes(etag)))
    throw new Refusal("changed_since_read");
}

/** Null for what a team has only one of. */
function idOf(input: Bag, among: string | undefined): string | null {
  if (among === undefined) return (input.id as string | undefined) ?? null;
  const [one, ...more] = input[among] as { id: string }[];
  if (!one || more.length > 0) throw new Refusal("if_match_takes_one");
  return one.id.split(".").at(-1) ?? one.id; // fields are also named as contact.<id>
}
