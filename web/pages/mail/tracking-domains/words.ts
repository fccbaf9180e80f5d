import { t } from "../../../language/t.ts";
import type { StateKind } from "../../../parts/State.tsx";
import type { TrackingDomain } from "./queries.ts";

type Standing = Pick<TrackingDomain, "state" | "fault" | "domain" | "record">;

export function stateOf({ state, fault }: Standing): { kind: StateKind; says: string } {
  if (state === "verified")
    return fault === null
      ? { kind: "good", says: t("Works") }
      : { kind: "waiting", says: t("The last check failed") };
  return state === "lost"
    ? { kind: "bad", says: t("No longer works") }
    : { kind: "waiting", says: t("Not verified yet") };
}

/** What is wrong, and what to do; null where nothing is. */
export function faultSays({ fault, domain, record: { value } }: Standing) {
  const names = { domain, value };
  switch (fault) {
    case null:
      return null;
    case "no_record":
      return t("The DNS has no record for {domain}. Publish a CNAME to {value}.", names);
    case "private_address":
      return t("{domain} leads to a private address, which recipients cannot reach.", names);
    case "no_answer":
      return t("{domain} does not answer by HTTPS with a valid certificate. Check your proxy.", names);
    case "other_server":
      return t("Another server answers for {domain}. It has to lead to {value}.", names);
    case "sandbox":
      return t("A sandbox checks no domains.");
  }
}
