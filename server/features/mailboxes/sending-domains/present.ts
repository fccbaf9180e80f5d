import type { contract } from "@cadenza/contract";
import type { z } from "zod";
import { HEALTH_WORDS } from "../../../domain/contacts/dns-health.ts";
import { stored } from "../../../kernel/moments.ts";
import type { KeptFinding } from "./findings-store.ts";

type Finding = z.input<typeof contract.sendingDomains.findings.output>["findings"][number];
type Kept = KeptFinding & { was: Pick<KeptFinding, "state" | "evidence"> | null };

export function presentFinding({
  check,
  state,
  code,
  evidence,
  firstSeenAt,
  lastSeenAt,
  was,
}: Kept): Finding {
  return {
    check,
    state,
    code,
    sentence: HEALTH_WORDS[code],
    evidence,
    first_seen_at: stored(firstSeenAt),
    last_seen_at: stored(lastSeenAt),
    was,
  };
}
