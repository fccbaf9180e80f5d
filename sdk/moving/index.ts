// A team moves from one server to another: the source is read, the target is written, and nothing is sent. It goes on where it stopped
// when it is started again with the same ledger.

import { copyAccounts } from "./accounts.ts";
import { copyCalls, copyDeals, copyNotes, copyTasks } from "./activities.ts";
import { copyContacts } from "./contacts.ts";
import { type Copying, ifShown } from "./copying.ts";
import { copyEnrollments } from "./enrollments.ts";
import { copySequences } from "./sequences.ts";
import { copySettings } from "./settings.ts";

export type { Copying, Show } from "./copying.ts";
export { type Batch, type Copied, KEPT_MS, KINDS, type Kind, type Ledger } from "./ledger.ts";
export { SourceUnusable } from "./reading.ts";
export { openReport, type Report } from "./report.ts";
export { type Undone, undo } from "./undo.ts";

export const APOLLO = "https://api.apollo.io";

export async function moveTeam(copying: Copying, { withNotes }: { withNotes: boolean }) {
  const { ledger, report } = copying;
  const stagesOf = (kind: "contact_stages" | "account_stages" | "deal_stages") =>
    ledger.all(kind).map(({ from }) => from);
  await copySettings(copying);
  await ifShown(copying, () => copyAccounts(copying, stagesOf("account_stages")));
  await copyContacts(copying, stagesOf("contact_stages"));
  await ifShown(copying, async () => copyEnrollments(copying, await copySequences(copying)));
  await ifShown(copying, () => copyDeals(copying, stagesOf("deal_stages")));
  await ifShown(copying, () => copyTasks(copying));
  await ifShown(copying, () => copyCalls(copying));
  if (withNotes) await ifShown(copying, () => copyNotes(copying));
  else report.note("Notes were not copied: they take a call for each record.");
}
