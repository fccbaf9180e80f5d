// What the form for a key holds, and the request that it becomes.

import type { KeyWish } from "./queries.ts";

export type Reach = "some" | "read" | "master";

export const EXPIRIES = [
  { value: "", label: "Never" },
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
  { value: "365", label: "In a year" },
];

export type KeyFields = { name: string; reach: Reach; scopes: string[]; actsAs: string; expiresIn: string };

export const EMPTY: KeyFields = { name: "", reach: "some", scopes: [], actsAs: "", expiresIn: "" };

export function wishOf({ name, reach, scopes, actsAs, expiresIn }: KeyFields, now: Date): KeyWish {
  const days = Number(expiresIn);
  return {
    name,
    master: reach === "master",
    scopes: reach === "some" ? scopes : reach === "read" ? ["read_only"] : [],
    ...(actsAs && { user_id: actsAs }),
    ...(days > 0 && { expires_at: new Date(now.getTime() + days * 86_400_000).toISOString() }),
  };
}
