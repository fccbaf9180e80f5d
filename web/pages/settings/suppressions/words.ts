import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import type { Suppression, SuppressionKind } from "./queries.ts";

export const SOURCES: Record<Suppression["source"], string> = perLanguage(() => ({
  person: t("Added by a user"),
  import: t("Imported"),
  unsubscribe: t("Unsubscribed"),
  bounce: t("Bounced"),
  complaint: t("Complained"),
  deletion: t("Deleted and blocked"),
}));

/** An address has an @, a pattern a star, and what is left is a domain. */
export function kindOf(value: string): SuppressionKind {
  if (value.includes("*")) return "pattern";
  return value.includes("@") && !value.startsWith("@") ? "email" : "domain";
}

export const KINDS: Record<SuppressionKind, string> = perLanguage(() => ({
  email: t("this address"),
  domain: t("all addresses at this domain and its subdomains"),
  pattern: t("all addresses that match this pattern"),
}));

/** What the contact said: only an admin takes it back. */
export function isOptOut({ source }: Pick<Suppression, "source">) {
  return source === "unsubscribe" || source === "complaint";
}

/** Those people asked for it themselves: lifting it needs a second thought. */
export function wasAskedFor({ source }: Suppression) {
  return source === "unsubscribe" || source === "complaint" || source === "deletion";
}
