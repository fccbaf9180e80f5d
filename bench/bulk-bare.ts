// The least that a bulk change can cost: one bare UPDATE that leaves the same rows as the change leaves them. No triggers, no history, no
// events, one statement for everybody.
//
// It writes the same columns, because what an UPDATE costs is the indexes it writes: a row that is paused is no longer in the indexes
// of active rows, one that is resumed comes back into them, and one that has no due date would not be written into any index by an UPDATE of its due date.

import type pg from "pg";
import type { Scene } from "./bulk-changes.ts";

/** `$1` is the team, `$2` the sequence or the contacts, `$3` and later what the change names. */
export type Bare = {
  statements: readonly string[];
  params(scene: Scene, sequence: Scene["sequence"]): readonly unknown[];
  /** What must be there once the change has answered, too: a row of history for each person, and an event. `$1` and `$2` as above. */
  history?: readonly string[];
};

const EVENT = `insert into events (team_id, id, type, occurred_at, cause, subject_type, subject_id, data)
     select team_id, new_ident(), 'enrollment.paused', now(), 'bare', 'enrollment', id,
            jsonb_build_object('sequence_id', sequence_id, 'contact_id', contact_id, 'reason', 'bare', 'step_position', 1)
       from enrollments where team_id = $1 and sequence_id = $2`;

/** All that was known of an enrollment before, as little as that can be said with. */
const BEFORE = `insert into row_history (team_id, subject_id, until_at, was)
     select team_id, id, now(), jsonb_build_object('state', state, 'inactive_reason', inactive_reason, 'step_id', current_step_id,
            'mailbox_id', mailbox_id, 'due_at', due_at, 'resume_at', resume_at)
       from enrollments where team_id = $1 and sequence_id = $2`;

const STATE_BEFORE = `insert into enrollment_states (team_id, enrollment_id, from_at, to_at, state, reason)
     select team_id, id, now(), now() + interval '1 second', state, inactive_reason
       from enrollments where team_id = $1 and sequence_id = $2`;

const ofSequence = (
  set: string,
  named: (scene: Scene, sequence: Scene["sequence"]) => unknown[] = () => [],
): Bare => ({
  statements: [
    `update enrollments set ${set}, updated_at = now(), revision = revision + 1
      where team_id = $1 and sequence_id = $2 and state <> 'removed'`,
  ],
  params: (scene, sequence) => [scene.ground.teamId, sequence.id, ...named(scene, sequence)],
  history: [BEFORE, EVENT],
});

const otherState = (state: string, set: string) => ({
  ...ofSequence(`state = '${state}', state_since = now(), ${set}`),
  history: [BEFORE, STATE_BEFORE, EVENT],
});
const LATER = "due_at = due_at + interval '4 hours', plan_at = due_at - interval '20 hours'";

/** By what becomes of the enrollments. */
export const ENROLLMENTS = {
  paused: otherState("paused", "inactive_reason = 'bare', paused_at = now(), plan_at = null"),
  resumed: otherState(
    "active",
    "inactive_reason = null, paused_at = null, plan_at = due_at - interval '1 day'",
  ),
  moved: ofSequence(
    "mailbox_id = $3, send_from_email = 'bulk1@bench.example', plan_at = due_at - interval '1 day'",
    ({ ground }) => [ground.mailboxes[1]],
  ),
  rescheduled: ofSequence(LATER),
  atNextStep: ofSequence(`current_step_id = $3, ${LATER}`, (_, sequence) => [sequence.steps[1]]),
  finished: otherState(
    "finished",
    "inactive_reason = 'bare', finished_at = now(), due_at = null, plan_at = null",
  ),
  removed: otherState("removed", "removed_at = now(), due_at = null, plan_at = null"),
};

export const STAGES: Bare = {
  statements: [
    `update contacts set contact_stage_id = $3, stage_updated_at = now(), updated_at = now()
      where team_id = $1 and id = any($2::text[])`,
  ],
  params: ({ ground, contacts }) => [ground.teamId, contacts, ground.stages[1]],
  history: [
    `insert into row_history (team_id, subject_id, until_at, was)
     select team_id, id, now(), jsonb_build_object('stage_id', contact_stage_id, 'owner_id', owner_id, 'account_id', account_id,
            'email_status', email_status, 'is_unsubscribed', false, 'is_do_not_contact', do_not_contact, 'bounced_at', bounced_at,
            'paused_until', paused_until, 'has_email', email is not null)
       from contacts where team_id = $1 and id = any($2::text[])`,
    `insert into events (team_id, id, type, occurred_at, cause, subject_type, subject_id, data)
     select team_id, new_ident(), 'contact.stage_changed', now(), 'bare', 'contact', id,
            jsonb_build_object('from', contact_stage_id, 'to', contact_stage_id)
       from contacts where team_id = $1 and id = any($2::text[])`,
  ],
};

const THEIR_ENROLLMENTS =
  "any(array(select id from enrollments where team_id = $1 and contact_id = any($2::text[])))";

/**
 * Contacts that go, and what goes with them or names another contact or none from then on. Their history names people, so it is deleted: by
 * the shortest way here, too, because an UPDATE of rows that nothing is to be left of would write more than is needed.
 */
export const ALL_OF_CONTACTS: Bare = {
  statements: [
    `delete from enrollment_states where team_id = $1 and enrollment_id = ${THEIR_ENROLLMENTS}`,
    `delete from row_history where team_id = $1 and subject_id = ${THEIR_ENROLLMENTS}`,
    "delete from row_history where team_id = $1 and subject_id = any($2::text[])",
    "update contacts set updated_at = now() where team_id = $1 and id = any($2::text[])",
    "update enrollments set added_at = added_at + interval '1 microsecond' where team_id = $1 and contact_id = any($2::text[])",
    "update messages set created_at = created_at + interval '1 microsecond' where team_id = $1 and contact_id = any($2::text[])",
    "update tasks set due_at = due_at + interval '1 microsecond' where team_id = $1 and contact_id = any($2::text[])",
    "update contact_emails set position = position where team_id = $1 and contact_id = any($2::text[])",
  ],
  params: ({ ground, contacts }) => [ground.teamId, contacts],
};

/**
 * In milliseconds, with the commit: the UPDATE alone, and with the history and the events. What it wrote is taken back, so that the change
 * finds the rows as they were: what the commit writes to disk is the same.
 */
export async function timeBare(
  owner: pg.Client,
  { statements, params, history = [] }: Bare,
  scene: Scene,
  sequence: Scene["sequence"],
) {
  const values = [...params(scene, sequence)];
  await owner.query("begin; set local session_replication_role = replica");
  await owner.query("select pg_current_xact_id()"); // without it the commit would find nothing to wait for
  await owner.query("savepoint bare");
  const began = performance.now();
  for (const statement of statements) await owner.query(statement, values);
  const updated = performance.now();
  for (const statement of history) await owner.query(statement, values.slice(0, 2));
  const told = performance.now();
  await owner.query("rollback to savepoint bare");
  const committing = performance.now();
  await owner.query("commit");
  const commit = performance.now() - committing;
  return {
    bare: updated - began + commit,
    withHistory: history.length > 0 ? told - began + commit : null,
  };
}
