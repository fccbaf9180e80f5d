// What a language model suggested: one row for each proposal and each reply, which it changes and nothing else.

import type { Db } from "../../../db/connect.ts";
import { notAside } from "../../events/set-aside/store.ts";

type SuggestionState =
  | "waiting"
  | "asking"
  | "suggested"
  | "accepted"
  | "dropped"
  | "unfit"
  | "failed"
  | "withheld";

/** As others show it beside their own rows. Times are text there. */
export type Suggested = {
  state: SuggestionState;
  opener: string | null;
  draft: string | null;
  replyClass: string | null;
  reason: string | null;
  error: string | null;
  model: string | null;
  prompt: string | null;
  promptTokens: number | null;
  completionTokens: number | null;
  answeredAt: string | null;
  decidedAt: string | null;
  decidedBy: string | null;
};

/** In a select of what it is about, whose row `on` names. */
export function suggestedOn(column: "proposal_id" | "incoming_mail_id", on: "p" | "i") {
  return `(select json_build_object('state', s.state, 'opener', s.opener, 'draft', s.draft, 'replyClass', s.reply_class,
            'reason', s.reason, 'error', s.error, 'model', s.model, 'prompt', s.prompt, 'promptTokens', s.prompt_tokens,
            'completionTokens', s.completion_tokens, 'answeredAt', s.answered_at, 'decidedAt', s.decided_at,
            'decidedBy', s.decided_by)
     from model_suggestions s where s.team_id = ${on}.team_id and s.${column} = ${on}.id)`;
}

export type SuggestionCandidate = {
  /** Null: nothing is there about it yet. */
  suggestionId: string | null;
  asks: number;
  proposalId: string | null;
  incomingId: string | null;
  contactId: string;
  email: string | null;
  isBarred: boolean;
  subject: string | null;
  text: string;
};

const BARRED = "(c.do_not_contact or c.email_unsubscribed is true or c.bounced_at is not null)";

/** Proposals that a person is to decide on and nothing was drafted for, the newest day and the best first. */
export function candidateProposals(db: Db, teamId: string, now: Temporal.Instant, limit: number) {
  return db.rows<SuggestionCandidate>(
    `select s.id as suggestion_id, coalesce(s.asks, 0) as asks, p.id as proposal_id, null as incoming_id, p.contact_id, c.email,
            ${BARRED} as is_barred, null as subject, '' as text
       from copilot_proposals p
       join copilots k on k.team_id = p.team_id and k.id = p.copilot_id
       join contacts c on c.team_id = p.team_id and c.id = p.contact_id
       left join model_suggestions s on s.team_id = p.team_id and s.proposal_id = p.id
      where p.team_id = $1 and p.state in ('proposed', 'approved')
        and case when s.id is null then p.state = 'proposed' and k.is_reviewed else s.state = 'waiting' and s.next_at <= $2 end
        and ${notAside("ask-models", "p.id")}
      order by p.day desc, p.rank desc, p.id limit $3`,
    [teamId, now, limit],
  );
}

/** Only what our own reader is not sure of leaves for the model's server. */
const IS_UNSURE =
  "(i.certainty <> 'sure' or coalesce(i.reply_class, 'none_of_the_above') = 'none_of_the_above')";

/** Answers that came since the team wanted to know and lately, that no person has said anything of. */
export function candidateReplies(
  db: Db,
  teamId: string,
  { since, now, limit }: { since: Temporal.Instant; now: Temporal.Instant; limit: number },
) {
  return db.rows<SuggestionCandidate>(
    `select s.id as suggestion_id, coalesce(s.asks, 0) as asks, null as proposal_id, i.id as incoming_id, i.contact_id, c.email,
            ${BARRED} as is_barred, i.subject, i.body_text as text
       from incoming_mails i
       join contacts c on c.team_id = i.team_id and c.id = i.contact_id
       left join model_suggestions s on s.team_id = i.team_id and s.incoming_mail_id = i.id
      where i.team_id = $1 and i.received_at > $3::timestamptz - interval '7 days' and i.processed_at >= $2
        and (i.kind = 'reply' or i.question in ('reply', 'unsubscribe')) and i.overruled_at is null and ${IS_UNSURE}
        and i.body_text <> ''
        and (s.id is null or s.state = 'waiting' and s.next_at <= $3) and ${notAside("ask-models", "i.id")}
      order by i.received_at desc, i.id desc limit $4`,
    [teamId, since, now, limit],
  );
}

export type Begun = Pick<SuggestionCandidate, "proposalId" | "incomingId" | "asks"> & {
  id: string;
  state: "asking" | "withheld";
  model: string | null;
  prompt: string | null;
};

/**
 * Written before the request: a process that dies from here on counts as having asked. Answers which are begun: not those that a
 * person has decided on since they were found. `asks`: how often each had been asked then.
 */
export async function begin(
  db: Db,
  teamId: string,
  begun: readonly Begun[],
  { until, now }: { until: Temporal.Instant; now: Temporal.Instant },
) {
  const rows = await db.rows<{ id: string }>(
    `with r as (
       select *, case state when 'asking' then $3::timestamptz end as next_at, (state = 'asking')::int as one,
              case state when 'withheld' then 'withheld' end as error
         from jsonb_to_recordset($2::jsonb) as r (id text, "proposalId" text, "incomingId" text, asks int, state text, model text, prompt text)
     ), again as (
       update model_suggestions s
          set state = r.state, next_at = r.next_at, asks = s.asks + r.one, model = r.model, prompt = r.prompt, error = r.error
         from r where s.team_id = $1 and s.id = r.id and s.state = 'waiting' and s.asks = r.asks
       returning s.id
     ), fresh as (
       insert into model_suggestions (team_id, id, proposal_id, incoming_mail_id, state, next_at, asks, model, prompt, error, created_at)
       select $1, r.id, r."proposalId", r."incomingId", r.state, r.next_at, r.one, r.model, r.prompt, r.error, $4
         from r where not exists (select from model_suggestions s where s.team_id = $1 and s.id = r.id)
       on conflict do nothing
       returning id)
     select id from again union all select id from fresh`,
    [teamId, JSON.stringify(begun), until, now],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Requests whose process has died, or whose answer came too late, by what they are about. */
export function lockLost(db: Db, teamId: string, now: Temporal.Instant) {
  const about = "coalesce(s.proposal_id, s.incoming_mail_id)::text";
  return db.rows<{ id: string; suggestionId: string }>(
    `select ${about} as id, s.id as suggestion_id from model_suggestions s
      where s.team_id = $1 and s.state = 'asking' and s.next_at <= $2 and ${notAside("ask-models", about)}
      order by s.id for update of s skip locked`,
    [teamId, now],
  );
}

export function giveUp(db: Db, teamId: string, ids: readonly string[]) {
  return db.run(
    `update model_suggestions set state = 'failed', error = 'lost', next_at = null
      where team_id = $1 and id = any($2) and state = 'asking'`,
    [teamId, ids],
  );
}

export type SuggestionOutcome = {
  id: string;
  asks: number;
  state: "suggested" | "unfit" | "failed" | "waiting";
  nextAt: Temporal.Instant | null;
  draft: string | null;
  replyClass: string | null;
  reason: string | null;
  error: string | null;
  promptTokens: number | null;
  completionTokens: number | null;
  tookMs: number;
};

/** Writes nothing where another process has written the outcome meanwhile. */
export function writeOutcome(db: Db, teamId: string, one: SuggestionOutcome, now: Temporal.Instant) {
  return db.run(
    `update model_suggestions
        set state = $4, next_at = $5, draft = $6, opener = $6, reply_class = $7, reason = $8, error = $9, prompt_tokens = $10,
            completion_tokens = $11, took_ms = $12, answered_at = $13
      where team_id = $1 and id = $2 and asks = $3 and state = 'asking'`,
    [
      ...[teamId, one.id, one.asks, one.state, one.nextAt, one.draft, one.replyClass, one.reason, one.error],
      ...[one.promptTokens, one.completionTokens, one.tookMs, now],
    ],
  );
}

export type SuggestionRow = {
  id: string;
  state: SuggestionState;
  opener: string | null;
  replyClass: string | null;
};

export function lockOf(db: Db, teamId: string, column: "proposal_id" | "incoming_mail_id", id: string) {
  return db.row<SuggestionRow>(
    `select id, state, opener, reply_class from model_suggestions where team_id = $1 and ${column} = $2 for update`,
    [teamId, id],
  );
}

type SuggestionDecision = { state: "accepted" | "dropped"; opener: string | null };

export function writeVerdict(
  db: Db,
  teamId: string,
  id: string,
  { state, opener }: SuggestionDecision,
  by: { userId: string; now: Temporal.Instant },
) {
  return db.run(
    `update model_suggestions set state = $3, opener = $4, next_at = null, decided_at = $5, decided_by = $6
      where team_id = $1 and id = $2`,
    [teamId, id, state, opener, by.now, by.userId],
  );
}

/** What a user wrote where there was no draft. */
export function insertByHand(
  db: Db,
  teamId: string,
  { id, proposalId, opener }: { id: string; proposalId: string; opener: string },
  by: { userId: string; now: Temporal.Instant },
) {
  return db.run(
    `insert into model_suggestions (team_id, id, proposal_id, state, opener, decided_at, decided_by, created_at)
     values ($1, $2, $3, 'accepted', $4, $5, $6, $5)`,
    [teamId, id, proposalId, opener, by.now, by.userId],
  );
}

/** Puts it back, to be asked about as if for the first time. */
export async function waitAnew(
  db: Db,
  teamId: string,
  { id, proposalId }: { id: string; proposalId: string },
  now: Temporal.Instant,
) {
  await db.run(
    `insert into model_suggestions (team_id, id, proposal_id, state, next_at, created_at) values ($1, $2, $3, 'waiting', $4, $4)
     on conflict (team_id, id) do update
        set state = 'waiting', next_at = $4, asks = 0, opener = null, draft = null, error = null, decided_at = null,
            decided_by = null, answered_at = null`,
    [teamId, id, proposalId, now],
  );
}

/** What was suggested of replies goes with what they said. */
export function forgetAbout(db: Db, teamId: string, contactIds: readonly string[]) {
  return db.run(
    `delete from model_suggestions s using incoming_mails i
      where s.team_id = $1 and i.team_id = $1 and i.id = s.incoming_mail_id and i.contact_id = any($2::text[])`,
    [teamId, contactIds],
  );
}
