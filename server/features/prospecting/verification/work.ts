// Verifying contacts' addresses as long work: the network is asked before a batch's transaction, and what it said is
// written in it.

import type { Act, App } from "../../../app.ts";
import { statusAfter } from "../../../domain/prospecting/address-verdict.ts";
import { byCaller, record } from "../../events/events/store.ts";
import type { ItemOutcome } from "../../events/progress/store.ts";
import { nextProbeAt, type VerifiedAddress } from "./looking.ts";
import * as store from "./store.ts";

type Prepared = { checked: VerifiedAddress | null; learnt: readonly store.LearntDomain[] };

/** Stores each server's answer as it arrives, so that a batch that is killed keeps the answers it has. */
export async function prepareVerification(
  app: App,
  { teamId }: { teamId: string },
  instructions: Record<string, unknown>,
  contactIds: readonly string[],
  isWanted: () => Promise<boolean>,
): Promise<ReadonlyMap<string, Prepared>> {
  const { rows, known } = await app.db.inTeam(teamId, async (db) => ({
    rows: await store.listAddresses(db, teamId, contactIds),
    known: await store.listHeard(db, teamId, contactIds, String(instructions.since ?? app.now())),
  }));
  const heard = new Map(known.map((row) => [row.contactId, checkedAs(row)]));
  const idsOf = Map.groupBy(
    rows.filter(({ id }) => !heard.has(id)),
    ({ email }) => email ?? "",
  );
  const { checked, learnt } = await nextProbeAt(
    app,
    teamId,
    [...idsOf.keys()].filter((email) => email !== ""),
    {
      watch: {
        goesOn: isWanted,
        heard: (some) => {
          const checks = some.flatMap((one) =>
            (idsOf.get(one.email) ?? []).map(({ id }) => checkOf(id, one)),
          );
          return app.db.inTeam(teamId, (db) => store.keepHeard(db, teamId, checks, app.now()));
        },
      },
    },
  );
  const emailOf = new Map(rows.map(({ id, email }) => [id, email]));
  const found = contactIds.flatMap((id): [string, Prepared][] => {
    const email = emailOf.get(id) ?? null;
    const one = heard.get(id) ?? (email === null ? null : checked.get(email));
    return one === undefined ? [] : [[id, { checked: one, learnt: [] }]];
  });
  // What was learnt of domains is written with the first of the batch.
  return new Map(found.map(([id, one], n) => [id, n === 0 ? { ...one, learnt } : one]));
}

function checkOf(contactId: string, { email, verdict, evidence }: VerifiedAddress) {
  return { contactId, email, status: verdict.status, code: verdict.code, evidence };
}

function checkedAs({ email, status, code, evidence }: store.CheckRow): VerifiedAddress {
  const { isRole, isDisposable, isFree, isCatchAll } = evidence;
  return { email, evidence, verdict: { status, code, isRole, isDisposable, isFree, isCatchAll } };
}

export async function workOnVerification(
  act: Act,
  _instructions: Record<string, unknown>,
  contactIds: readonly string[],
  prepared: ReadonlyMap<string, unknown>,
): Promise<ItemOutcome[]> {
  const { db, now, caller } = act;
  const { teamId } = caller;
  const of = (id: string) => prepared.get(id) as Prepared | undefined;
  await store.writeDomains(
    db,
    teamId,
    contactIds.flatMap((id) => of(id)?.learnt ?? []),
    now,
  );
  const rows = new Map((await store.lockStatuses(db, teamId, contactIds)).map((row) => [row.id, row]));
  const checks: (Omit<store.CheckRow, "checkedAt"> & { contactId: string })[] = [];
  const changed: store.NewStatus[] = [];
  const news: { id: string; status: string }[] = [];
  const outcomes = contactIds.map((id): ItemOutcome => {
    const row = rows.get(id);
    if (!row) return { outcome: "skipped", code: "contact_not_found" };
    if (row.email === null) return { outcome: "skipped", code: "no_email" };
    const checked = of(id)?.checked;
    if (checked?.email !== row.email) return { outcome: "skipped", code: "email_changed" };
    const { verdict } = checked;
    checks.push(checkOf(id, checked));
    const status = statusAfter(row.emailStatus, verdict);
    const isCatchAll = verdict.isCatchAll ?? row.emailDomainCatchall;
    const isOther = status !== row.emailStatus || isCatchAll !== row.emailDomainCatchall;
    // An address that counted as verified because the team gave it is now known to be: no other status, and no news.
    const isFound = verdict.status !== null && verdict.status === status;
    const isProven = isFound && row.emailTrueStatus === "User Managed";
    if (isOther || isProven) changed.push({ id, status, isFound, isCatchAll });
    if (isOther) news.push({ id, status });
    return { outcome: verdict.status ?? "unknown", code: verdict.code };
  });
  await store.writeChecks(db, teamId, checks, now);
  await store.writeStatuses(db, teamId, changed, now);
  if (news.length > 0)
    await record(
      byCaller(act),
      ...news.map(({ id, status }) => ({
        type: "contact.updated" as const,
        subject: { type: "contact" as const, id },
        data: { changed: ["email_status"], because: "verified", email_status: status },
      })),
    );
  return outcomes;
}
