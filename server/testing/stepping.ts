// For tests of steps that people do: sequences of them with people in them, and the engine's rounds taken by hand.

import { planOnce } from "../engine/planning/plan-steps.ts";
import { replanOnce } from "../engine/planning/replan.ts";
import { skipOnce } from "../engine/planning/skip-tasks.ts";
import { alwaysOpen } from "./sending.ts";
import {
  CALL_STEP,
  type ContactInput,
  type JoiningWish,
  newContacts,
  newMailbox,
  newSequence,
  type SequenceWish,
  type StepWish,
} from "./sequenced.ts";
import { asOwner } from "./wire.ts";
import type { Team, World } from "./world.ts";

export const CALL_NOW = { ...CALL_STEP, wait_time: 0, wait_mode: "minute" as const };
export const CALL_IN_A_MINUTE = { ...CALL_NOW, wait_time: 1 };

/** Everything the engine would do by now, but sending. */
export async function catchUpEngine({ running: { app } }: World) {
  let did = 1;
  while (did > 0) did = (await replanOnce({ app })) + (await planOnce({ app })) + (await skipOnce({ app }));
}

export type EnrolledPeople = {
  sequence: string;
  steps: string[];
  contacts: string[];
  mailbox: string;
  schedule: string;
};

export async function newPeople(
  team: Team,
  steps: readonly StepWish[],
  {
    count = 1,
    contact = {},
    rest = {},
    mailboxId,
    schedule,
    flags = {},
  }: {
    count?: number;
    contact?: ContactInput;
    rest?: SequenceWish;
    mailboxId?: string;
    schedule?: string;
    flags?: Partial<JoiningWish>;
  } = {},
): Promise<EnrolledPeople> {
  const mailbox = mailboxId ?? (await newMailbox(team)).id;
  const hours = schedule ?? (await alwaysOpen(team));
  const { id, steps: ids } = await newSequence(team, {
    emailer_schedule_id: hours,
    emailer_steps: [...steps],
    ...rest,
  });
  const contacts = await newContacts(team, count, contact);
  await team.api.joining.addContacts({
    id,
    emailer_campaign_id: id,
    contact_ids: contacts,
    send_email_from_email_account_id: mailbox,
    sequence_unverified_email: true,
    ...flags,
  });
  return { sequence: id, steps: ids, contacts, mailbox, schedule: hours };
}

type SteppedEnrollment = {
  id: string;
  state: string;
  stepId: string | null;
  dueAt: Date | null;
  waitsFrom: Date | null;
  reason: string | null;
};

/** Where they stand, in the order in which they were added. */
export async function standingsIn(world: World, sequence: string): Promise<SteppedEnrollment[]> {
  return asOwner(world, async (client) => {
    const { rows } = await client.query(
      `select id, state, current_step_id as "stepId", due_at as "dueAt", waits_from as "waitsFrom",
              coalesce(inactive_reason, failure_reason) as reason
         from enrollments where sequence_id = $1 and state <> 'removed' order by contact_id`,
      [sequence],
    );
    return rows as SteppedEnrollment[];
  });
}

export async function openTasks({ api }: Team, contactIds: readonly string[]) {
  const { tasks, pagination } = await api.tasks.search({
    contact_ids: [...contactIds],
    statuses: ["scheduled"],
    per_page: 100,
  });
  return { tasks, total: pagination.total_entries };
}
