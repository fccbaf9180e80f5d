// Rows that the product writes only while it runs: people in a sequence, mails, tasks. Planted by the
// database's owner, so that what is counted from them can be tested by itself.

import { asOwner } from "./wire.ts";
import type { Team, World } from "./world.ts";

type At = Pick<World, "ownerConnection">;

/** Inserts one row; a column that is left out has its default. Answers the id. */
export function plant(world: At, team: Pick<Team, "id">, table: string, row: Record<string, unknown>) {
  return asOwner(world, async (client) => {
    const values: Record<string, unknown> = { team_id: team.id, ...row };
    const columns = Object.keys(values);
    const { rows } = await client.query<{ id: string }>(
      `insert into ${table} (id, ${columns.join(", ")}) values (new_ident(), ${columns.map((_, n) => `$${n + 1}`).join(", ")}) returning id`,
      Object.values(values),
    );
    return rows[0]?.id ?? "";
  });
}

const now = () => new Date().toISOString();

export function plantContact(world: At, team: Pick<Team, "id">, row: Record<string, unknown> = {}) {
  return plant(world, team, "contacts", {
    source: "api",
    original_source: "api",
    created_at: now(),
    updated_at: now(),
    ...row,
  });
}

export async function plantEnrollment(
  world: At,
  team: Pick<Team, "id">,
  sequenceId: string,
  row: Record<string, unknown> = {},
) {
  const contact_id = row.contact_id ?? (await plantContact(world, team));
  return plant(world, team, "enrollments", {
    sequence_id: sequenceId,
    contact_id,
    state: "active",
    added_at: now(),
    updated_at: now(),
    ...row,
  });
}

export function plantMessage(
  world: At,
  team: Pick<Team, "id">,
  sequenceId: string,
  { status = "completed", ...row }: Record<string, unknown> & { status?: keyof typeof DELIVERY } = {},
) {
  return plant(world, team, "messages", {
    sequence_id: sequenceId,
    type: "outreach_automatic_email",
    delivery: DELIVERY[status],
    released_at: row.completed_at ?? null,
    created_at: now(),
    updated_at: now(),
    ...row,
  });
}

const DELIVERY = { drafted: "draft", scheduled: "planned", completed: "sent", failed: "failed" } as const;
