import { State } from "../../parts/State.tsx";
import { relativeTo } from "../../parts/when.ts";
import type { Key } from "./queries.ts";

export type KeyStanding = "works" | "ending" | "expired" | "revoked";

const SOON_MS = 7 * 86_400_000;

export function standingOf({ revoked_at, expires_at }: Key, now: Date): KeyStanding {
  if (revoked_at) return "revoked";
  if (!expires_at) return "works";
  const leftMs = Date.parse(expires_at) - now.getTime();
  if (leftMs <= 0) return "expired";
  return leftMs < SOON_MS ? "ending" : "works";
}

export function isOver(key: Key) {
  const standing = standingOf(key, new Date());
  return standing === "revoked" || standing === "expired";
}

export function KeyState(key: Key) {
  switch (standingOf(key, new Date())) {
    case "works":
      return <State kind="good">Works</State>;
    case "ending":
      return <State kind="waiting">Expires {relativeTo(key.expires_at ?? "", new Date())}</State>;
    case "expired":
      return <State kind="off">Expired</State>;
    case "revoked":
      return <State kind="off">Revoked</State>;
  }
}

export function countKeys(keys: readonly Key[]) {
  const working = keys.filter((key) => !isOver(key)).length;
  const over = keys.length - working;
  const words = working === 0 ? "No key works" : working === 1 ? "1 key works" : `${working} keys work`;
  return over ? `${words}, ${over} no longer.` : `${words}.`;
}
