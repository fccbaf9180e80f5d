// Where a contact is named, and what becomes of it when the contact is merged into another. A test asks the catalog
// for every such column, so a new one needs a decision here first.
//
// A merge is the one place that writes other nouns' tables from here. It changes only which contact they name. All of
// it must happen in one transaction, before the losers and what is left on them go. In the statements $1 is the team,
// $2 the winner, $3 the losers.

import type { Db } from "../../../db/connect.ts";

export type MergeTreatment = { moved: readonly string[] } | { movedBy: string } | { stays: string };

/** Rows of this table name the winner from then on. */
export function renamed(table: string, column: string): MergeTreatment {
  return {
    moved: [`update ${table} set ${column} = $2 where team_id = $1 and ${column} = any($3::text[])`],
  };
}

function given(table: string, column = "contact_id") {
  return renamed(table, column);
}

/** One that has found its candidates names them as they were. */
export const IN_UNFINISHED_RUNS: MergeTreatment = {
  moved: [
    `update workflow_runs set entity_ids = array(
       select distinct case when id = any($3::text[]) then $2 else id end from unnest(entity_ids) as e (id))
      where team_id = $1 and status = 'finding' and entity_ids && $3::text[]`,
  ],
};

const GOES_WITH_CONTACT = "it is a copy of the contact's own facts, which are merged by their own rules";
const SAID_ONCE = "it says what was said of that id at that time";

export const CONTACT_PLACES: Readonly<Record<string, MergeTreatment>> = {
  "messages.contact_id": given("messages"),
  "message_events.contact_id": given("message_events"),
  "incoming_mails.contact_id": given("incoming_mails"),
  "answer_holds.contact_id": given("answer_holds"),
  "answer_hold_keys.key": {
    moved: [
      `insert into answer_hold_keys (team_id, hold_id, key)
       select distinct $1::text, hold_id, $2::text from answer_hold_keys where team_id = $1 and key = any($3::text[])
       on conflict do nothing`,
    ],
  },
  "reply_examples.contact_id": given("reply_examples"),
  "tasks.contact_id": given("tasks"),
  "trial_run_emails.contact_id": given("trial_run_emails"),
  "trial_run_people.contact_id": {
    moved: [
      `insert into trial_run_people (team_id, trial_run_id, contact_id, state, code, emails, next_at, waited_for, waited_hours, collides)
       select distinct on (trial_run_id) $1::text, trial_run_id, $2::text, state, code, emails, next_at, waited_for, waited_hours, collides
         from trial_run_people where team_id = $1 and contact_id = any($3::text[]) order by trial_run_id, emails desc, contact_id
       on conflict do nothing`,
    ],
  },
  "calls.contact_id": given("calls"),
  "bookings.contact_id": given("bookings"),
  "conversation_participants.contact_id": given("conversation_participants"),
  "note_contacts.contact_id": {
    moved: [
      `insert into note_contacts (team_id, note_id, contact_id)
       select distinct $1::text, note_id, $2::text from note_contacts where team_id = $1 and contact_id = any($3::text[])
       on conflict do nothing`,
    ],
  },
  "deal_contacts.contact_id": {
    moved: [
      // Who was the main contact of a deal still is, under the id that stays.
      `insert into deal_contacts (team_id, deal_id, contact_id, id, roles, is_primary, created_at, updated_at)
       select distinct on (deal_id) $1::text, deal_id, $2::text, new_ident(), roles,
              bool_or(is_primary) over (partition by deal_id), created_at, updated_at
         from deal_contacts where team_id = $1 and contact_id = any($3::text[]) order by deal_id, cardinality(roles) desc, id
       on conflict (team_id, deal_id, contact_id) do update
         set is_primary = deal_contacts.is_primary or excluded.is_primary`,
    ],
  },
  "contact_field_values.contact_id": {
    moved: [
      `insert into contact_field_values (team_id, contact_id, field_id, text_value, number_value, date_value, moment_value, boolean_value, option_ids)
       select distinct on (field_id) $1::text, $2::text, field_id, text_value, number_value, date_value, moment_value, boolean_value, option_ids
         from contact_field_values where team_id = $1 and contact_id = any($3::text[])
        order by field_id, array_position($3::text[], contact_id::text)
       on conflict do nothing`,
    ],
  },
  // A copilot proposes no contact twice. Of several proposals the one that was decided stays, so a rejection is not
  // forgotten.
  "copilot_proposals.contact_id": {
    moved: [
      `delete from copilot_proposals p using (
         select id, row_number() over (partition by copilot_id order by state = 'proposed', contact_id <> $2, day, id) as place
           from copilot_proposals where team_id = $1 and contact_id = any($3::text[] || $2::text)) r
        where p.team_id = $1 and p.id = r.id and r.place > 1`,
      "update copilot_proposals set contact_id = $2 where team_id = $1 and contact_id = any($3::text[])",
    ],
  },
  "copilots.example_ids": {
    moved: [
      `update copilots set example_ids = array(
         select case when id = any($3::text[]) then $2 else id end
           from unnest(example_ids) with ordinality as e (id, place) group by 1 order by min(place))
        where team_id = $1 and example_ids && $3::text[]`,
    ],
  },
  "verdicts.contact_id": {
    stays: "it says what was decided of the id that the request named, and is looked up by that id",
  },
  "workflow_notices.contact_id": given("workflow_notices"),
  "workflow_notices.entity_id": given("workflow_notices", "entity_id"),
  "workflow_payloads.contact_id": given("workflow_payloads"),
  "workflow_runs.entity_ids": IN_UNFINISHED_RUNS,
  "workflow_candidates.entity_id": { movedBy: "features/automation/workflows/merging.ts" },
  "workflow_candidates.contact_id": { movedBy: "features/automation/workflows/merging.ts" },
  "workflow_found.entities": { movedBy: "features/automation/workflows/merging.ts" },
  "workflow_found.contacts": { movedBy: "features/automation/workflows/merging.ts" },
  "enrollments.contact_id": { movedBy: "features/removal/contact-merging/enrollments.ts" },
  "contact_labels.contact_id": { movedBy: "features/removal/contact-merging/store.ts" },
  "contact_emails.contact_id": { movedBy: "domain/contacts/contact-merging.ts" },
  "contact_phones.contact_id": { movedBy: "domain/contacts/contact-merging.ts" },
  "address_claims.contact_id": { movedBy: "features/contacts/suppressions/claims-store.ts" },
  "address_checks.contact_id": {
    stays: `${GOES_WITH_CONTACT}: a check is of one address, and is asked for again`,
  },
  "contacts.salesforce_contact_id": { stays: "it names a record of another system" },
  "score_marks.contact_id": {
    stays: "it is a wish to score somebody, and the winner's changes mark the winner",
  },
  "row_history.subject_id": { stays: "it says how the loser stood, and goes with the loser" },
  "events.subject_id": { stays: `${SAID_ONCE}; contact.merged names the losers` },
  "progress.entity_ids": { stays: "a job says for each id that it was given what came of it" },
  "progress_items.item_key": { stays: "a job says for each id that it was given what came of it" },
  "import_rows.record_id": { stays: "undoing an import changes what the import made, and nothing of others" },
  "import_byproducts.record_id": {
    stays: "undoing an import changes what the import made, and nothing of others",
  },
  "credit_legs.subject_id": { stays: "the ledger is never changed" },
  "credit_reservations.subject_id": { stays: "a reservation ends as what it was made for" },
  "provider_calls.record_id": { stays: "it names a record of the people database" },
  "brakes.subject_id": { stays: "it names a mailbox, a sequence or the team, never a contact" },
  "set_aside.subject_id": { stays: "it names what failed, and is forgotten after a day" },
};

/**
 * Gives the winner whatever hangs on the losers, where it does not hang on the winner already. The statements run in this order, and are sent
 * without waiting for one another.
 */
export function moveEverything(db: Db, teamId: string, winnerId: string, loserIds: readonly string[]) {
  const moves = Object.values(CONTACT_PLACES).flatMap((place) => ("moved" in place ? place.moved : []));
  return Promise.all(moves.map((move) => db.run(move, [teamId, winnerId, loserIds])));
}
