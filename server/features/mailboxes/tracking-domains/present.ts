import type { contract } from "@cadenza/contract";
import type { z } from "zod";
import { faultSays } from "../../../domain/contacts/tracking-domains.ts";
import { stored, storedOrNull } from "../../../kernel/moments.ts";
import type { TrackingDomain } from "./store.ts";

type Shown = z.input<typeof contract.trackingDomains.create.output>["tracking_domain"];

export function presentTrackingDomain(row: TrackingDomain, publicUrl: string): Shown {
  const { id, domain, isDefault, state, verifiedAt, checkedAt, fault, pointsTo, createdAt } = row;
  const host = new URL(publicUrl).hostname;
  return {
    id,
    domain,
    default: isDefault,
    state,
    verified_at: storedOrNull(verifiedAt),
    checked_at: storedOrNull(checkedAt),
    fault,
    sentence: fault && faultSays(fault, { domain, host, pointsTo }),
    record: { name: domain, type: "CNAME", value: host },
    created_at: stored(createdAt),
  };
}
