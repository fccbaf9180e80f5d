// How each kind of long work is done: one entry for each job type. The type of the table is complete, so a new job type does not
// compile until it has an entry.

import type { Act, App } from "../../app.ts";
import type { ImportJobType, JobType } from "../../domain/basics/job-types.ts";
import { workOnMembers } from "../../features/contacts/labels/commands.ts";
import { scoreBatch } from "../../features/contacts/scoring/commands.ts";
import { workOnContacts } from "../../features/desk/contacts/commands.ts";
import { workOnJoining } from "../../features/enrollments/enrolling/commands.ts";
import { workOnEnrollments } from "../../features/enrollments/managing/long-change.ts";
import type { ItemOutcome } from "../../features/events/progress/store.ts";
import { undoBatch } from "../../features/imports/imports/undoing.ts";
import { prepareEnrichment, workOnEnrichment } from "../../features/prospecting/enrichment/contacts.ts";
import { removeInventedBatch, workOnInvented } from "../../features/prospecting/invented-people/commands.ts";
import { prepareVerification, workOnVerification } from "../../features/prospecting/verification/work.ts";
import { workOnAccounts } from "../../features/saving/accounts/commands.ts";
import type { OnBehalf } from "../running/act-for.ts";

/**
 * Deals with some items inside the batch's transaction, and answers one outcome for each, in their order.
 * It acts as the person who asked, and finds in `instructions` what `startProgress` was given.
 */
export type BatchHandler = (
  act: Act,
  instructions: Record<string, unknown>,
  itemKeys: readonly string[],
  prepared: ReadonlyMap<string, unknown>,
) => Promise<readonly ItemOutcome[]>;

/** What the network says of some items, asked before their batch's transaction is open. Those left out wait their turn. */
type Prepare = (
  app: App,
  onBehalf: OnBehalf,
  instructions: Record<string, unknown>,
  itemKeys: readonly string[],
  /** Whether the work is still wanted, and ours to do. */
  isWanted: () => Promise<boolean>,
) => Promise<ReadonlyMap<string, unknown>>;

/** `items`: the ids it was started with. `batches`: it finds by itself what comes next. `file`: rows of an imported file. `move`: a team. `trial`: a sequence. */
export type LongJob =
  | { by: "items"; work: BatchHandler; prepare: Prepare | null }
  | { by: "batches"; batch(act: Act, progressId: string): Promise<"more" | "over"> }
  | { by: "file" }
  | { by: "move" }
  | { by: "trial" };

const FILE: LongJob = { by: "file" };
const enrollments = byItems(workOnEnrollments);

const IMPORTS: Record<ImportJobType, LongJob> = {
  contact_import: FILE,
  account_import: FILE,
  opportunity_import: FILE,
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
  team_move: { by: "move" },
  trial_run: { by: "trial" },
};

export function byItems(work: BatchHandler, prepare: Prepare | null = null): LongJob {
  return { by: "items", work, prepare };
}
