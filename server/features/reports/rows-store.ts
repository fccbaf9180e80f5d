// The rows of each source: when and for whom they count, what they belong to, and what each number counts of them, as SQL. A row stands
// there as `o`, and once its words are known as `m`.
//
// Easy to get wrong here: joins are to one row or none, never to several, or rows would count twice.

import type { Count, Dimension, Source } from "../../domain/report-metrics.ts";
import { IS_COUNTED, WAS_ANSWERED, WAS_DELIVERED, WAS_SENT, WENT_AT } from "../statistics/store.ts";

type Column = Exclude<Dimension, "user" | "subteam" | "day" | "week" | "month" | "hour_of_day" | "weekday">;

export type Rows = {
  from: string;
  where: string;
  /** In the team's time zone, where only a day is known. */
  moment(zone: () => string): string;
  user: string;
  columns: Partial<Record<Column, string>>;
  /** Words that the counts need, beside the columns of the row. */
  words: readonly string[];
};

const CONTACT = "left join contacts c on c.team_id = o.team_id and c.id = o.contact_id";
const accountBy = (id: string) => `left join accounts a on a.team_id = o.team_id and a.id = ${id}`;

const machines = (type: "open" | "click") => `exists (
  select from message_events e where e.team_id = o.team_id and e.message_id = o.id and e.is_machine and e.type = '${type}')`;

const STAGES = { contact_stage: "c.contact_stage_id", account_stage: "a.account_stage_id" };
const OF_SEQUENCE = { sequence: "o.sequence_id", step: "o.step_id" };

const mails: Rows = {
  from: `messages o ${CONTACT} ${accountBy("o.account_id")}`,
  where: `${IS_COUNTED} and ${WAS_SENT}`,
  moment: () => `(${WENT_AT})`,
  user: "o.user_id",
  columns: {
    ...OF_SEQUENCE,
    ...STAGES,
    touch: "o.touch_id",
    mailbox: "o.mailbox_id",
    reply_class: "o.reply_class",
    recipient_domain: "nullif(lower(split_part(o.to_email, '@', 2)), '')",
  },
  words: [
    `${WAS_DELIVERED} as was_delivered`,
    `${WAS_ANSWERED} as was_answered`,
    `${machines("open")} as was_fetched`,
    `${machines("click")} as was_followed`,
  ],
};

const planned: Rows = {
  ...mails,
  where: `${IS_COUNTED} and o.status in ('scheduled', 'failed') and (o.status = 'scheduled' or not ${WAS_SENT})`,
  moment: () => "(case when o.due_at is not null then o.due_at else o.created_at end)",
  words: [],
};

const calls: Rows = {
  from: `calls o ${CONTACT} ${accountBy("o.account_id")}
    left join tasks k on k.team_id = o.team_id and k.id = o.task_id
    left join call_outcomes r on r.team_id = o.team_id and r.id = o.outcome_id`,
  where: "true",
  moment: () => "(case when o.started_at is not null then o.started_at else o.created_at end)",
  user: "o.user_id",
  columns: { ...STAGES, sequence: "k.sequence_id", step: "k.step_id" },
  words: ["r.is_connect"],
};

const tasks = (where: string, moment: string): Rows => ({
  from: `tasks o ${CONTACT} ${accountBy("o.account_id")}`,
  where,
  moment: () => moment,
  user: "o.user_id",
  columns: { ...STAGES, ...OF_SEQUENCE },
  words: [],
});

const members: Rows = {
  from: `enrollments o ${CONTACT} ${accountBy("c.account_id")}`,
  where: "o.state <> 'removed'",
  moment: () => "o.added_at",
  user: "o.added_by",
  columns: { ...STAGES, sequence: "o.sequence_id", mailbox: "o.mailbox_id" },
  words: [],
};

const deals: Rows = {
  from: `deals o ${accountBy("o.account_id")} left join deal_stages s on s.team_id = o.team_id and s.id = o.stage_id`,
  where: "true",
  moment: () => "o.created_at",
  user: "o.owner_id",
  columns: { account_stage: "a.account_stage_id", deal_stage: "o.stage_id" },
  words: ["s.is_won"],
};

export const ROWS: Readonly<Record<Source, Rows>> = {
  mails,
  planned,
  calls,
  tasks_created: tasks("true", "o.created_at"),
  tasks_completed: tasks("o.status = 'completed'", "o.completed_at"),
  tasks_skipped: tasks("o.status = 'skipped' and o.withdrawn_because is null", "o.skipped_at"),
  members,
  deals,
  closed_deals: {
    ...deals,
    where: "(s.is_won or s.is_closed)",
    moment: (zone) =>
      `coalesce(o.actually_closed_on::timestamp at time zone ${zone()}, o.stage_updated_at, o.updated_at)`,
  },
};

const all = "count(*)";
const those = (which: string) => `count(*) filter (where ${which})`;
const people = (which: string) => `count(distinct m.contact_id) filter (where ${which})`;
const OPENED = "m.was_delivered and m.num_opens > 0";
const CLICKED = "m.was_delivered and m.num_clicks > 0";

export const COUNTING: Readonly<Record<Count, string>> = {
  num_emails_sent: all,
  num_emails_delivered: those("m.was_delivered"),
  num_emails_bounced: those("m.has_bounced"),
  num_emails_hard_bounced: those("m.is_hard_bounce"),
  num_emails_spam_blocked: those("m.is_spam_blocked"),
  num_emails_opened: those(OPENED),
  num_emails_clicked: those(CLICKED),
  num_emails_replied: those("m.was_answered"),
  num_emails_auto_replied: those("m.reply_class = 'out_of_office'"),
  num_emails_unsubscribed: those("m.unsubscribed_at is not null"),
  num_emails_demoed: those("m.demoed_at is not null"),
  num_emails_open_tracked: those("m.was_delivered and m.open_tracking"),
  num_emails_click_tracked: those("m.was_delivered and m.click_tracking"),
  num_emails_opened_tracked: those(`${OPENED} and m.open_tracking`),
  num_emails_clicked_tracked: those(`${CLICKED} and m.click_tracking`),
  num_emails_opened_by_machines: those("m.was_delivered and m.was_fetched"),
  num_emails_clicked_by_machines: those("m.was_delivered and m.was_followed"),
  num_contacts_emailed: "count(distinct m.contact_id)",
  num_contacts_opened: people(OPENED),
  num_contacts_replied: people("m.was_answered"),
  num_contacts_unsubscribed: people("m.unsubscribed_at is not null"),
  num_emails_scheduled: those("m.status = 'scheduled'"),
  num_emails_not_sent: those("m.status = 'failed'"),
  num_phone_calls: all,
  num_phone_calls_connect: those("m.is_connect"),
  num_phone_calls_inbound: those("m.is_inbound"),
  num_tasks_created: all,
  num_tasks_completed: all,
  num_tasks_skipped: all,
  num_contacts_added_to_sequence: all,
  num_contacts_finished_sequence: those("m.state = 'finished'"),
  num_opportunities_created: all,
  num_opportunities_won: those("m.is_won"),
  num_opportunities_lost: those("not m.is_won"),
  num_opportunities_closed: all,
};
