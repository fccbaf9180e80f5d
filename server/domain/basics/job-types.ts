// The kinds of long work there are. The engine has one entry for each of them (engine/upkeep/long-jobs.ts), and a test starts each
// through its call: a kind without work, without words or without a test does not compile.

import { texts } from "../../kernel/say.ts";

/** What reads a file row by row. */
const IMPORT_JOB_TYPES = [
  "contact_import",
  "account_import",
  "opportunity_import",
  "people_import",
  "organization_import",
] as const;

export const JOB_TYPES = [
  ...IMPORT_JOB_TYPES,
  "import_undo",
  "account_bulk_update",
  "contact_bulk_update",
  "add_entities_to_labels",
  "remove_entities_from_labels",
  "sequence_add_contact",
  "sequence_remove_stop_contacts",
  "sequence_remove_contacts",
  "sequence_finish_contacts",
  "sequence_pause_contacts",
  "sequence_resume_contacts",
  "sequence_retry_contacts",
  "sequence_restart_contacts",
  "sequence_move_contacts",
  "contact_email_verification",
  "contact_enrichment",
  "contact_scoring",
  "invent_people",
  "remove_invented_people",
  "team_move",
  "trial_run",
] as const;

export type ImportJobType = (typeof IMPORT_JOB_TYPES)[number];
export type JobType = (typeof JOB_TYPES)[number];

/** What a person reads: "Removing contacts from a sequence failed". */
const JOB_NAMES: Record<JobType, string> = texts({
  contact_import: "Importing contacts",
  account_import: "Importing companies",
  opportunity_import: "Importing deals",
  people_import: "Importing people",
  organization_import: "Importing organizations",
  import_undo: "Undoing an import",
  account_bulk_update: "Updating companies",
  contact_bulk_update: "Updating contacts",
  add_entities_to_labels: "Adding records to lists",
  remove_entities_from_labels: "Removing records from lists",
  sequence_add_contact: "Adding contacts to a sequence",
  sequence_remove_stop_contacts: "Removing or stopping contacts in sequences",
  sequence_remove_contacts: "Removing contacts from a sequence",
  sequence_finish_contacts: "Finishing contacts in a sequence",
  sequence_pause_contacts: "Pausing contacts in a sequence",
  sequence_resume_contacts: "Resuming contacts in a sequence",
  sequence_retry_contacts: "Retrying contacts in a sequence",
  sequence_restart_contacts: "Restarting contacts in a sequence",
  sequence_move_contacts: "Moving contacts to another mailbox",
  contact_email_verification: "Verifying email addresses",
  contact_enrichment: "Enriching contacts",
  contact_scoring: "Scoring contacts",
  invent_people: "Creating sample people",
  remove_invented_people: "Removing sample people",
  team_move: "Moving the team in",
  trial_run: "Trying out a sequence",
});

/** A row may be of a version that knew other kinds. */
export function isJobType(said: string): said is JobType {
  return Object.hasOwn(JOB_NAMES, said);
}

export function jobName(said: string) {
  return isJobType(said) ? JOB_NAMES[said] : said.replaceAll("_", " ");
}
