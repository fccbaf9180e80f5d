import type { Db } from "../../db/connect.ts";

// What points to a contact, but for enrollments. A merge is the one place that writes other nouns' tables from here: it changes nothing in
// them but whose they are, and all of it must happen in one stroke, before the losers and what is left on them go.
const MOVES = [
  "update messages set contact_id = $2 where team_id = $1 and contact_id = any($3::text[])",
  "update incoming_mails set contact_id = $2 where team_id = $1 and contact_id = any($3::text[])",
  "update answer_holds set contact_id = $2 where team_id = $1 and contact_id = any($3::text[])",
  `insert into answer_hold_keys (team_id, hold_id, key)
   select distinct $1::text, hold_id, $2::text from answer_hold_keys where team_id = $1 and key = any($3::text[])
   on conflict do nothing`,
  "update reply_examples set contact_id = $2 where team_id = $1 and contact_id = any($3::text[])",
  "update tasks set contact_id = $2 where team_id = $1 and contact_id = any($3::text[])",
  "update calls set contact_id = $2 where team_id = $1 and contact_id = any($3::text[])",
  `insert into note_contacts (team_id, note_id, contact_id)
   select distinct $1::text, note_id, $2::text from note_contacts where team_id = $1 and contact_id = any($3::text[])
   on conflict do nothing`,
  `insert into deal_contacts (team_id, deal_id, contact_id, id, role)
   select distinct on (deal_id) $1::text, deal_id, $2::text, new_ident(), role
     from deal_contacts where team_id = $1 and contact_id = any($3::text[]) order by deal_id, role nulls last
   on conflict do nothing`,
  `insert into contact_field_values (team_id, contact_id, field_id, text_value, number_value, date_value, moment_value, boolean_value, option_ids)
   select distinct on (field_id) $1::text, $2::text, field_id, text_value, number_value, date_value, moment_value, boolean_value, option_ids
     from contact_field_values where team_id = $1 and contact_id = any($3::text[])
    order by field_id, array_position($3::text[], contact_id::text)
   on conflict do nothing`,
];

/** Gives the winner whatever hangs on the losers, where it does not hang on the winner already. */
export async function moveEverything(db: Db, teamId: string, winnerId: string, loserIds: readonly string[]) {
  for (const move of MOVES) await db.run(move, [teamId, winnerId, loserIds]);
}

/** The winner comes onto the losers' lists. Answers which those are. */
export async function moveLists(db: Db, teamId: string, winnerId: string, loserIds: readonly string[]) {
  const rows = await db.rows<{ id: string }>(
    `insert into contact_labels (team_id, label_id, contact_id, added_at)
     select $1::text, label_id, $2::text, min(added_at) from contact_labels
      where team_id = $1 and contact_id = any($3::text[]) group by label_id
     on conflict do nothing
     returning label_id as id`,
    [teamId, winnerId, loserIds],
  );
  return rows.map(({ id }) => id);
}
