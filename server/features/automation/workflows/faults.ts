// Whether the addresses that a workflow is to call may be called, asked before any transaction is open.

import type { App } from "../../../app.ts";
import type { UrlFault } from "../../../outgoing/door.ts";

type Said = Readonly<Record<string, unknown>>;

export async function firstFault({ outgoing }: App, actions: readonly Said[]): Promise<UrlFault | null> {
  for (const url of new Set(urlsIn(actions))) {
    const fault = await outgoing.check(url);
    if (fault) return fault;
  }
  return null;
}

/** Wherever in the tree: what is looked through was checked to be one. */
function urlsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(urlsIn);
  if (typeof value !== "object" || value === null) return [];
  const { type, url, ...rest } = value as Said;
  return [
    ...(type === "call_webhook" && typeof url === "string" ? [url] : []),
    ...Object.values(rest).flatMap(urlsIn),
  ];
}
