// Whether a domain leads here: asked from outside, by the way that a reader's browser goes, certificate and all.

import type { App } from "../../../app.ts";
import { linkBase, type TrackingFault } from "../../../domain/contacts/tracking-domains.ts";
import * as store from "./store.ts";

const LONGEST_MS = 10_000;
const AT_ONCE = 10;
const TAKEN_FOR = { minutes: 10 };

export type LookedAt = {
  id: string;
  fault: TrackingFault | null;
  pointsTo: string | null;
  askedAt: Temporal.Instant;
};

/** Where an installation says that it is the one which knows the domain. */
export const PROOF_PATH = "/tracking-domain";

export async function lookAtDue(app: App, teamId: string): Promise<LookedAt[]> {
  const now = app.now();
  const wish = { now, again: now.add(TAKEN_FOR), limit: AT_ONCE };
  const due = await app.db.inTeam(teamId, (db) => store.takeDue(db, teamId, wish));
  return Promise.all(due.map((one) => lookAt(app, teamId, one)));
}

type Doors = Pick<App, "dns" | "outgoing" | "now" | "config" | "sandbox">;

export async function lookAt(
  app: Doors,
  teamId: string,
  { id, domain }: Pick<store.TrackingDomain, "id" | "domain">,
): Promise<LookedAt> {
  const askedAt = app.now();
  if (app.sandbox) return { id, fault: "sandbox", pointsTo: null, askedAt };
  const [answer, pointsTo] = await Promise.all([
    app.outgoing.fetch({
      method: "GET",
      url: `${linkBase(app.config.publicUrl, domain)}${PROOF_PATH}/${teamId}/${id}`,
      headers: { accept: "text/plain" },
      body: null,
      longestMs: LONGEST_MS,
      answer: "words",
    }),
    app.dns.aliasOf(domain),
  ]);
  if (answer.kind === "failed") return { id, fault: faultOf(answer.error), pointsTo, askedAt };
  const isOurs = answer.status === 200 && answer.body.trim() === id;
  return { id, fault: isOurs ? null : "other_server", pointsTo, askedAt };
}

function faultOf(error: string): TrackingFault {
  if (error === "name_not_found") return "no_record";
  return error === "private_address" || error === "bad_host" ? "private_address" : "no_answer";
}
