// What receivers reported of a domain in the last days, and what to do about it.

import type { Act } from "../../../app.ts";
import { registeredDomain } from "../../../domain/contacts/companies.ts";
import {
  dmarcAdvice,
  dmarcRecordOf,
  isReadBy,
  reportAddressesIn,
} from "../../../domain/contacts/dmarc-advice.ts";
import { spfNaming } from "../../../domain/contacts/spf-coverage.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import * as store from "./store.ts";

type Reading = Pick<Act, "db" | "caller" | "now">;

const MOST_SOURCES = 50;
const NOTHING: store.Figures = { emails: 0, passed: 0, dkimPassed: 0, spfPassed: 0 };

export async function getSendingDomain({ db, caller }: Pick<Act, "db" | "caller">, name: string) {
  const domain = name.trim().toLowerCase();
  const row = await store.findSendingDomain(db, caller.teamId, domain);
  if (!row) throw new Refusal("record_not_found");
  return { domain, parent: registeredDomain(domain) ?? domain, facts: row.facts };
}

export async function summarizeReports(
  act: Reading,
  name: string,
  days: number,
): Promise<store.DmarcSummary> {
  const { db, now } = act;
  const { teamId } = act.caller;
  const { domain, parent, facts } = await getSendingDomain(act, name);
  const scope = { domain, parent, since: now.subtract({ hours: 24 * days }) };
  const totals = (await store.totalsOf(db, teamId, scope)) ?? NOTHING;
  const byDay = await store.daysOf(db, teamId, scope);
  const sources = await store.sourcesOf(db, teamId, scope, MOST_SOURCES);
  const organizations = await store.organizationsOf(db, teamId, scope);
  const read = await store.addressesRead(db, teamId);
  const record = dmarcRecordOf(domain, facts);
  const [worst] = sources;
  const failing = worst ? worst.emails - worst.passed - worst.forwarded : 0;
  return {
    domain,
    days,
    totals,
    byDay,
    sources: sources.map((one) => ({
      ...one,
      namedBy: one.ip === null ? null : spfNaming(one.ip, domain, facts),
    })),
    organizations,
    record: record?.value ?? null,
    addresses: record
      ? reportAddressesIn(record).map((email) => ({ email, isRead: isReadBy(email, read) }))
      : [],
    advice: dmarcAdvice(
      { domain, record, read },
      {
        emails: totals.emails,
        days: byDay.length,
        failing: worst && failing > 0 ? { ip: worst.ip, emails: failing } : null,
      },
    ),
  };
}
