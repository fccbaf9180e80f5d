// A domain of a team under which the links in its emails stand: when it is used, when it is looked at again, and what is wrong with it.
//
// A link that leads nowhere is worse than one under another name: an unsubscribe link has to work. So a domain is used only while it was
// seen to lead here, and given up after two looks in a row that failed.

import { say } from "../../kernel/say.ts";

export type TrackingState = "unverified" | "verified" | "lost";

/** `no_record`: its name is in no DNS. `other_server`: what answers is not this installation. */
export type TrackingFault = "no_record" | "private_address" | "no_answer" | "other_server" | "sandbox";

export type TrackingStanding = {
  state: TrackingState;
  failures: number;
  verifiedAt: Temporal.Instant | null;
};

const FAILURES_UNTIL_LOST = 2;
const AGAIN = { good: { hours: 24 }, doubtful: { minutes: 10 }, new: { minutes: 5 }, old: { hours: 6 } };
const NEW_FOR = { hours: 24 };

type Looked = { fault: TrackingFault | null; at: Temporal.Instant };

export function standingAfter(before: TrackingStanding, { fault, at }: Looked): TrackingStanding {
  if (fault === null) return { state: "verified", failures: 0, verifiedAt: at };
  const failures = before.failures + 1;
  const isLost = before.state === "verified" && failures >= FAILURES_UNTIL_LOST;
  return { ...before, failures, state: isLost ? "lost" : before.state };
}

/** Often on the first day, while the DNS record spreads, and soon after the first failure of a verified domain. */
export function nextLook(
  { state, failures }: TrackingStanding,
  createdAt: Temporal.Instant,
  at: Temporal.Instant,
) {
  if (state === "verified") return at.add(failures === 0 ? AGAIN.good : AGAIN.doubtful);
  const isNew = Temporal.Instant.compare(at, createdAt.add(NEW_FOR)) < 0;
  return at.add(isNew ? AGAIN.new : AGAIN.old);
}

/** Where links stand under the domain: as the installation itself is reached, but for the name. */
export function linkBase(publicUrl: string, domain: string | null) {
  if (domain === null) return publicUrl;
  const { protocol, port } = new URL(publicUrl);
  return `${protocol}//${domain}${port === "" ? "" : `:${port}`}`;
}

type Said = { domain: string; host: string; pointsTo: string | null };

const FAULTS: Record<TrackingFault, (said: Said) => string> = {
  no_record: ({ domain, host }) =>
    say("The DNS has no record for {domain}. Publish a CNAME to {host}.", { domain, host }),
  private_address: ({ domain }) =>
    say("{domain} leads to a private address, which readers cannot reach.", { domain }),
  no_answer: ({ domain, pointsTo }) =>
    say(
      "{domain}{hasPointsTo, select, yes {} other { points to {pointsTo}, which}} does not answer by HTTPS with a valid certificate.",
      { domain, pointsTo, hasPointsTo: pointsTo === null ? "yes" : "no" },
    ),
  other_server: ({ domain, pointsTo, host }) =>
    say(
      "{domain} is answered by another server{hasPointsTo, select, yes {} other { ({pointsTo})}}. It has to lead to {host}.",
      { domain, pointsTo, hasPointsTo: pointsTo === null || pointsTo === host ? "yes" : "no", host },
    ),
  sandbox: () => say("A sandbox checks no domains."),
};

export function faultSays(fault: TrackingFault, said: Said) {
  return FAULTS[fault](said);
}
