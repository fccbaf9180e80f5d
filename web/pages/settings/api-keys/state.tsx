import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { State } from "../../../parts/State.tsx";
import { relativeTo } from "../../../parts/when.ts";
import type { Key } from "./queries.ts";

type KeyStanding = "works" | "ending" | "expired" | "revoked";

const SOON_MS = 7 * 86_400_000;

export function standingOf({ revoked_at, expires_at }: Key, now: Date): KeyStanding {
  if (revoked_at) return "revoked";
  if (!expires_at) return "works";
  const leftMs = Date.parse(expires_at) - now.getTime();
  if (leftMs <= 0) return "expired";
  return leftMs < SOON_MS ? "ending" : "works";
}

export function isOver(key: Key) {
  const standing = standingOf(key, currentTime());
  return standing === "revoked" || standing === "expired";
}

export function KeyState(key: Key) {
  switch (standingOf(key, currentTime())) {
    case "works":
      return <State kind="good">{t("Active")}</State>;
    case "ending":
      return (
        <State kind="waiting">
          {t("Expires {relativeTo}", { relativeTo: relativeTo(key.expires_at ?? "", currentTime()) })}
        </State>
      );
    case "expired":
      return <State kind="off">{t("Expired")}</State>;
    case "revoked":
      return <State kind="off">{t("Revoked")}</State>;
  }
}

export function countKeys(keys: readonly Key[]) {
  const working = keys.filter((key) => !isOver(key)).length;
  const over = keys.length - working;
  const words =
    working === 0
      ? t("No active keys")
      : t("{working, plural, one {# active key} other {# active keys}}", { working });
  return over ? t("{words}, {over} expired or revoked.", { words, over }) : `${words}.`;
}
