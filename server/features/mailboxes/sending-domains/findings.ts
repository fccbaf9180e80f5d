// What each check of a domain found, over time: a result that is the same as before is seen once more, another one begins a new row.

import type { Db } from "../../../db/connect.ts";
import { type DomainFinding, isSameFinding } from "../../../domain/contacts/domain-standings.ts";
import * as store from "./findings-store.ts";

type Found = { domain: string; askedAt: Temporal.Instant; findings: readonly DomainFinding[] };

export async function noteFindings(db: Db, teamId: string, found: readonly Found[]) {
  const latest = await store.latestFindings(
    db,
    teamId,
    found.map(({ domain }) => domain),
  );
  const before = new Map(latest.map((row) => [`${row.domain} ${row.check}`, row]));
  const rows = found.flatMap(({ domain, askedAt, findings }) =>
    findings.flatMap((finding) => {
      const last = before.get(`${domain} ${finding.check}`);
      if (last && Temporal.Instant.compare(last.lastSeenAt, askedAt) >= 0) return [];
      const isSame = last !== undefined && isSameFinding(last, finding);
      return [{ ...finding, domain, askedAt, firstSeenAt: isSame ? last.firstSeenAt : askedAt }];
    }),
  );
  if (rows.length === 0) return;
  await store.writeFindings(db, teamId, rows);
  await store.forgetOldFindings(
    db,
    teamId,
    found.map(({ domain }) => domain),
  );
}
