// People in a sequence, planted many at a time, and looked at behind the scenes.

import { setTimeout as sleep } from "node:timers/promises";
import { restMs } from "./patience.ts";
import type { SequenceWish } from "./sequenced.ts";
import { asOwner } from "./wire.ts";
import type { Team, World } from "./world.ts";

export type MemberRow = {
  id: string;
  contact_id: string;
  sequence_id: string;
  generation: number;
  revision: number;
  state: string;
  inactive_reason: string | null;
  failure_reason: string | null;
  current_step_id: string | null;
  mailbox_id: string | null;
  send_from_email: string | null;
  added_by: string | null;
  due_at: Date | null;
  paused_at: Date | null;
  resume_at: Date | null;
  manually_set_unpause: boolean | null;
  finished_at: Date | null;
  failed_at: Date | null;
  removed_at: Date | null;
};

type At = Pick<World, "ownerConnection">;

type Wished = Omit<SequenceWish, "emailer_steps"> & { steps?: number };

export async function newSequence(team: Team, { steps = 3, active = true, ...rest }: Wished = {}) {
  const made = await team.api.sequences.create({
    name: "Managed",
    emailer_steps: Array.from(
      { length: steps },
      () => ({ type: "call", wait_time: 1, wait_mode: "day" }) as const,
    ),
    active,
    ...rest,
  });
  return { id: made.emailer_campaign.id, steps: made.emailer_steps.map(({ id }) => id) };
}

/** So many contacts, each in the sequence in the same way. Answers the rows in the order they were made. */
export function plantMembers(
  world: At,
  team: Pick<Team, "id" | "owner">,
  sequenceId: string,
  count: number,
  row: Partial<Record<keyof MemberRow | "in_response_to", unknown>> = {},
) {
  return asOwner(world, async (client) => {
    const values: Record<string, unknown> = { state: "active", added_by: team.owner.id, ...row };
    const columns = Object.keys(values);
    const { rows } = await client.query<MemberRow>(
      `with people as (
         insert into contacts (team_id, id, first_name, email, email_status, source, original_source, created_at, updated_at)
         select $1::text, new_ident(), 'Member ' || n, 'm' || n || '-' || left(new_ident(), 24) || '@example.se', 'verified', 'api', 'api', now(), now()
           from generate_series(1, $3::int) n
         returning id
       )
       insert into enrollments (team_id, id, sequence_id, contact_id, added_at, updated_at, ${columns.join(", ")})
       select $1::text, new_ident(), $2::text, id, now(), now(), ${columns.map((_, n) => `$${n + 4}`).join(", ")} from people
       returning *`,
      [team.id, sequenceId, count, ...Object.values(values)],
    );
    return rows;
  });
}

export function membersOf(world: At, sequenceId: string) {
  return asOwner(world, async (client) => {
    const { rows } = await client.query<MemberRow>(
      "select * from enrollments where sequence_id = $1 order by added_at, id",
      [sequenceId],
    );
    return rows;
  });
}

export async function memberOf(world: At, id: string) {
  return asOwner(world, async (client) => {
    const { rows } = await client.query<MemberRow>("select * from enrollments where id = $1", [id]);
    return rows[0] as MemberRow;
  });
}

type RecordedEvent = {
  type: string;
  subject_id: string;
  user_id: string | null;
  cause: string;
  data: Record<string, unknown>;
};

/** What was told of enrollments in a sequence, oldest first. */
export function toldOf(world: At, sequenceId: string) {
  return asOwner(world, async (client) => {
    const { rows } = await client.query<RecordedEvent>(
      `select type, subject_id, user_id, cause, data from events
        where type like 'enrollment.%' and data ->> 'sequence_id' = $1 order by position`,
      [sequenceId],
    );
    return rows;
  });
}

/** An answer that was not put off. */
export function atOnce<T extends object>(answer: T) {
  if (!("contacts" in answer)) throw new Error("it was put off");
  return answer as Extract<T, { contacts: unknown }>;
}

export function jobStartedBy<T extends object>(answer: T) {
  if (!("entity_progress_job" in answer)) throw new Error("it was not put off");
  return answer as Extract<T, { entity_progress_job: unknown }>;
}

export async function untilOver(team: Team, id: string) {
  for (;;) {
    const askedAt = performance.now();
    const { entity_progress_job: job } = await team.api.progress.get({ id });
    if (job.finished_at) return job;
    await sleep(restMs(performance.now() - askedAt));
  }
}
