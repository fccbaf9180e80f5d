// Contacts who have read emails before, at hours that a test chooses.

import { asOwner } from "./wire.ts";
import type { Team, World } from "./world.ts";

type Habit = {
  contactId: string;
  at: readonly Temporal.Instant[];
  type?: "open" | "click";
  isMachine?: boolean;
};

/** Of emails that were withdrawn later, so that nothing else counts them. */
export async function haveRead(world: World, team: Pick<Team, "id">, habits: readonly Habit[]) {
  const rows = habits.flatMap(({ contactId, at, type = "click", isMachine = false }) =>
    at.map((one) => ({ contact: contactId, at: one.toString(), type, machine: isMachine })),
  );
  await asOwner(world, (db) =>
    db.query(
      `with read as (
         select contact, at, type, machine, new_ident() as email
           from jsonb_to_recordset($2) as r (contact text, at timestamptz, type text, machine boolean)),
       emails as (
         insert into messages (team_id, id, contact_id, type, delivery, created_at, updated_at)
         select $1, email, contact, 'outreach_manual_email', 'cancelled', at, at from read)
       insert into message_events (team_id, id, message_id, contact_id, type, at, is_machine)
       select $1, new_ident(), email, contact, type, at, machine from read`,
      [team.id, JSON.stringify(rows)],
    ),
  );
}
