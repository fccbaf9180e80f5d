import type { Act, App } from "../../../app.ts";
import { normalizeDomain } from "../../../domain/contacts/companies.ts";
import { guessAddresses } from "../../../domain/contacts/email-patterns.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import type { ContactFilter } from "../../contacts/contact-filters/store.ts";
import { allContactsFound } from "../../contacts/contact-search/search.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { startProgress } from "../../events/progress/commands.ts";
import { nextProbeAt } from "./looking.ts";
import * as store from "./store.ts";

const MOST_AT_ONCE = 100_000;
const IN_BATCH = 1_000;

export async function verifyContacts(
  act: Act,
  wish: { contactIds: readonly string[]; filter: ContactFilter | null; params: Record<string, unknown> },
) {
  const { db, caller } = act;
  const found = wish.filter ? await allContactsFound(db, caller.teamId, wish.filter, MOST_AT_ONCE + 1) : [];
  const entityIds = [...new Set([...wish.contactIds, ...found])];
  if (entityIds.length === 0 && wish.filter === null) throw new Refusal("selection_empty");
  if (entityIds.length > MOST_AT_ONCE) throw new Refusal("too_many_to_verify", { most: MOST_AT_ONCE });
  return startProgress(act, {
    jobType: "contact_email_verification",
    entityIds: await store.sortByDomain(db, caller.teamId, entityIds), // colleagues are asked for on one line
    params: wish.params,
    batchSize: IN_BATCH,
    instructions: { since: act.now.toString() },
  });
}

/** Asks the network, and writes nothing but how often it was asked; in a dry run no mail server. */
export function lookAtOne(app: App, teamId: string, email: string, isDryRun: boolean) {
  return nextProbeAt(app, teamId, [email.trim()], { mayProbe: !isDryRun });
}

export async function noteAddressesChecked(
  act: Act,
  email: string,
  looked: Awaited<ReturnType<typeof lookAtOne>>,
) {
  const { db, now, caller } = act;
  await store.writeDomains(db, caller.teamId, looked.learnt, now);
  const checked = looked.checked.get(email.trim());
  if (!checked) throw new Error("an address was looked at, and nothing came of it");
  await record(byCaller(act), {
    type: "address.checked",
    subject: { type: "team", id: caller.teamId },
    data: { code: checked.verdict.code },
  });
  const { verdict, evidence } = checked;
  return { email: checked.email, status: verdict.status, code: verdict.code, evidence, checkedAt: now };
}

/** Of the address the contact has now: what was said of another says nothing of this one. */
export async function readCheck({ db, caller }: Pick<Act, "db" | "caller">, contactId: string) {
  if (!(await store.contactExists(db, caller.teamId, contactId))) throw new Refusal("record_not_found");
  const check = await store.findCheck(db, caller.teamId, contactId);
  return check && check.email === check.contactEmail ? check : null;
}

export async function changeSettings(act: Act, change: Partial<store.Settings>) {
  const { db, caller } = act;
  const next = { ...(await store.lockSettings(db, caller.teamId)), ...change };
  if (next.probes && !next.probeFrom) throw new Refusal("probe_from_missing");
  await store.writeSettings(db, caller.teamId, next);
  await record(byCaller(act), {
    type: "verification.changed",
    subject: { type: "team", id: caller.teamId },
    data: { probes: next.probes },
  });
  return next;
}

export async function guessFor(
  { db, caller }: Pick<Act, "db" | "caller">,
  name: { firstName: string; lastName: string },
  given: string,
) {
  const domain = normalizeDomain(given);
  if (domain === null) throw new Refusal("domain_invalid", { domain: given });
  const known = await store.listVerified(db, caller.teamId, domain);
  return { domain, ...guessAddresses(name, domain, known) };
}
