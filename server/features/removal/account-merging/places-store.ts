// Where an account is named, and what becomes of it when the account is merged into another, as
// removal/contact-merging/places-store.ts does for contacts.

import type { Db } from "../../../db/connect.ts";
import { IN_UNFINISHED_RUNS, type MergeTreatment, renamed } from "../contact-merging/places-store.ts";

function given(table: string, column = "account_id") {
  return renamed(table, column);
}

export const ACCOUNT_PLACES: Readonly<Record<string, MergeTreatment>> = {
  "contacts.account_id": given("contacts"),
  "deals.account_id": given("deals"),
  "tasks.account_id": given("tasks"),
  "calls.account_id": given("calls"),
  "conversations.account_id": given("conversations"),
  "messages.account_id": given("messages"),
  "accounts.parent_account_id": {
    moved: [
      `update accounts set parent_account_id = $2
        where team_id = $1 and parent_account_id = any($3::text[]) and id <> $2 and id <> all($3::text[])`,
    ],
  },
  "account_labels.account_id": {
    moved: [
      `insert into account_labels (team_id, label_id, account_id, added_at)
       select $1::text, label_id, $2::text, min(added_at) from account_labels
        where team_id = $1 and account_id = any($3::text[]) group by label_id
       on conflict do nothing`,
    ],
  },
  "note_accounts.account_id": {
    moved: [
      `insert into note_accounts (team_id, note_id, account_id)
       select distinct $1::text, note_id, $2::text from note_accounts where team_id = $1 and account_id = any($3::text[])
       on conflict do nothing`,
    ],
  },
  "account_field_values.account_id": {
    moved: [
      `insert into account_field_values
       select distinct on (v.field_id) v.team_id, $2::text, v.field_id, v.text_value, v.number_value, v.date_value,
              v.moment_value, v.boolean_value, v.option_ids
         from account_field_values v
        where v.team_id = $1 and v.account_id = any($3::text[])
        order by v.field_id, array_position($3::text[], v.account_id::text)
       on conflict do nothing`,
    ],
  },
  "workflow_notices.entity_id": given("workflow_notices", "entity_id"),
  "workflow_runs.entity_ids": IN_UNFINISHED_RUNS,
  "workflow_candidates.entity_id": { movedBy: "features/automation/workflows/merging.ts" },
  "workflow_found.entities": { movedBy: "features/automation/workflows/merging.ts" },
  "contacts.salesforce_account_id": { stays: "it names a record of another system" },
  "score_marks.account_id": {
    stays: "it is a wish to score the contacts of an account, and the winner's changes mark the winner",
  },
};

/** Whatever belonged to the losers of a merge belongs to the winner. */
export async function carryOver(db: Db, teamId: string, winnerId: string, loserIds: readonly string[]) {
  for (const place of Object.values(ACCOUNT_PLACES))
    if ("moved" in place) for (const move of place.moved) await db.run(move, [teamId, winnerId, loserIds]);
}
