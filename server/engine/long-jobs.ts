// How each kind of long work is done: one entry for each job type. The type of the table is complete, so a new job type does not
// compile until it has an entry.

import type { Act, App } from "../app.ts";
import type { ImportJobType, JobType } from "../domain/job-types.ts";
import { workOnAccounts } from "../features/accounts/commands.ts";
import { workOnContacts } from "../features/contacts/commands.ts";
import { prepareEnrichment, workOnEnrichment } from "../features/enrichment/contacts.ts";
import { undoBatch } from "../features/imports/undoing.ts";
import { removeInventedBatch, workOnInvented } from "../features/invented-people/commands.ts";
import { workOnJoining } from "../features/joining/commands.ts";
import { workOnMembers } from "../features/labels/commands.ts";
import { workOnEnrollments } from "../features/managing/commands.ts";
import type { Outcome } from "../features/progress/store.ts";
import { scoreBatch } from "../features/scoring/commands.ts";
import { prepareVerification, workOnVerification } from "../features/verification/work.ts";
import type { OnBehalf } from "./act-for.ts";

/**
 * Deals with some items inside the batch's transaction, and answers one outcome for each, in their order.
 * It acts as the person who asked, and finds in `instructions` what `startProgress` was given.
 */
export type Work = (
  act: Act,
  instructions: Record<string, unknown>,
  itemKeys: readonly string[],
  prepared: ReadonlyMap<string, unknown>,
) => Promise<readonly Outcome[]>;

/** What the network says of some items, asked before their batch's transaction is open. Those left out wait their turn. */
export type Prepare = (
  app: App,
  onBehalf: OnBehalf,
  instructions: Record<string, unknown>,
  itemKeys: readonly string[],
  /** Whether the work is still wanted, and ours to do. */
  isWanted: () => Promise<boolean>,
) => Promise<ReadonlyMap<string, unknown>>;

/** `items`: the ids it was started with. `batches`: it finds by itself what comes next. `file`: rows of an imported file. */
export type LongJob =
  | { by: "items"; work: Work; prepare: Prepare | null }
  | { by: "batches"; batch(act: Act, progressId: string): Promise<"more" | "over"> }
  | { by: "file" };

const FILE: LongJob = { by: "file" };
const enrollments = byItems(workOnEnrollments);

const IMPORTS: Record<ImportJobType, LongJob> = {
  contact_import: FILE,
  account_import: FILE,
  people_import: FILE,
  organization_import: FILE,
};

export const LONG_JOBS: Record<JobType, LongJob> = {
  ...IMPORTS,
  import_undo: { by: "batches", batch: undoBatch },
  account_bulk_update: byItems(workOnAccounts),
  contact_bulk_update: byItems(workOnContacts),
  add_entities_to_labels: byItems(workOnMembers("add")),
  remove_entities_from_labels: byItems(workOnMembers("remove")),
  sequence_add_contact: byItems(workOnJoining),
  sequence_remove_stop_contacts: enrollments,
  sequence_remove_contacts: enrollments,
  sequence_finish_contacts: enrollments,
  sequence_pause_contacts: enrollments,
  sequence_resume_contacts: enrollments,
  sequence_retry_contacts: enrollments,
  sequence_restart_contacts: enrollments,
  sequence_move_contacts: enrollments,
  contact_email_verification: byItems(workOnVerification, prepareVerification),
  contact_enrichment: byItems(workOnEnrichment, prepareEnrichment),
  contact_scoring: { by: "batches", batch: scoreBatch },
  invent_people: byItems(workOnInvented),
  remove_invented_people: byItems(removeInventedBatch),
};

export function byItems(work: Work, prepare: Prepare | null = null): LongJob {
  return { by: "items", work, prepare };
}
