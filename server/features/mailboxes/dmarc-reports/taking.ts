// Reports of receivers that came with the mail are written down. Each counts once, to whichever mailboxes it came.

import type { AggregateReport } from "../../../domain/receiving/aggregate-report.ts";
import { newId } from "../../../kernel/ids.ts";
import type { By } from "../../events/events/store.ts";
import * as store from "./taking-store.ts";

type ArrivedReport = {
  report: AggregateReport;
  fromEmail: string | null;
  receivedAt: Temporal.Instant;
};

/** Far more than receivers send of one domain: anybody can send a mail that looks like a report. */
const MOST_A_DAY = 500;

export async function takeReports({ db, teamId }: By, arrived: readonly ArrivedReport[]) {
  for (const { report, fromEmail, receivedAt } of arrived) {
    const since = receivedAt.subtract({ hours: 24 });
    if ((await store.countSince(db, teamId, report.domain, since)) >= MOST_A_DAY) continue;
    const { sources, beginsAt, endsAt, ...rest } = report;
    const id = newId();
    const row = { ...rest, id, fromEmail, receivedAt, beginsAt: instant(beginsAt), endsAt: instant(endsAt) };
    if (await store.insertReport(db, teamId, row)) await store.insertSources(db, teamId, id, sources);
  }
}

const instant = (seconds: number) => Temporal.Instant.fromEpochMilliseconds(seconds * 1000);
