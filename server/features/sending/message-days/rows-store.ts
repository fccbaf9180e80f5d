// The rows of each source: when and for whom they count, what they belong to, and what each number counts of them, as SQL. A row stands
// there as `o`, and once its words are known as `m`.
//
// Easy to get wrong here: joins are to one row or none, never to several, or rows would count twice.

import {
  COUNTS_OF_PEOPLE,
  type Count,
  type Dimension,
  type ReportSource,
} from "../../../domain/insight/report-metrics.ts";
import {
  IS_COUNTED,
  WAS_ANSWERED,
  WAS_DELIVERED,
  WAS_SENT,
  WENT_AT,
} from "../../sequences/statistics/store.ts";

type OfTime = "day" | "week" | "month" | "hour_of_day" | "weekday" | "reply_hour" | "reply_weekday";
type Column = Exclude<Dimension, OfTime | "user" | "subteam">;

export type RowSource = {
  from: string;
  where: string;
  /** In the team's time zone, where only a day is known. */
  moment(zone: () => string): string;
  user: string;
  columns: Partial<Record<Column, string>>;
  /** Words that the counts need, beside the columns of the row. */
  words: readonly string[];
  /** What stands in a list of the rows: whom or what it is about. */
  shown: { contact: string; title: string };
};

/** Why a mail came back: how, and with which code, by the server that returned it or that refused it. */
const BOUNCE_CAUSE = `case when o.has_bounced or o.is_spam_blocked then concat_ws(' ',
  case when o.is_spam_blocked then 'blocked' when o.is_hard_bounce then 'hard' else 'soft' end,
  coalesce(
    (select i.bounce_code from incoming_mails i
      where i.team_id = o.team_id and i.message_id = o.id and i.kind = 'bounce' and i.bounce_code is not null
      order by i.received_at limit 1),
    (select coalesce(t.enhanced_code, t.smtp_code::text) from send_attempts t
      where t.team_id = o.team_id and t.message_id = o.id and t.outcome like 'rejected%' order by t.started_at desc limit 1))) end`;

const OPENED = "m.was_delivered and m.num_opens > 0";
const CLICKED = "m.was_delivered and m.num_clicks > 0";

const CONTACT = "left join contacts c on c.team_id = o.team_id and c.id = o.contact_id";
const accountBy = (id: string) => `left join accounts a on a.team_id = o.team_id and a.id = ${id}`;

const machines = (type: "open" | "click") => `exists (
  select from message_events e where e.team_id = o.team_id and e.message_id = o.id and e.is_machine and e.type = '${type}')`;

const STAGES = { contact_stage: "c.contact_stage_id", account_stage: "a.account_stage_id" };
const OF_SEQUENCE = { sequence: "o.sequence_id", step: "o.step_id" };

const mails: RowSource = {
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
    bounce_cause: BOUNCE_CAUSE,
    not_sent_reason: "coalesce(o.not_sent_reason, o.failure_reason)",
    recipient_domain: "nullif(lower(split_part(o.to_email, '@', 2)), '')",
  },
  words: [
    `${WAS_DELIVERED} as was_delivered`,
    `${WAS_ANSWERED} as was_answered`,
    `${machines("open")} as was_fetched`,
    `${machines("click")} as was_followed`,
  ],
  shown: { contact: "m.contact_id", title: "m.subject" },
};

const planned: RowSource = {
  ...mails,
  where: `${IS_COUNTED} and o.status in ('scheduled', 'failed') and (o.status = 'scheduled' or not ${WAS_SENT})`,
  moment: () => "(case when o.due_at is not null then o.due_at else o.created_at end)",
  words: [],
};

const calls: RowSource = {
  from: `calls o ${CONTACT} ${accountBy("o.account_id")}
    left join tasks k on k.team_id = o.team_id and k.id = o.task_id
    left join call_outcomes r on r.team_id = o.team_id and r.id = o.outcome_id`,
  where: "true",
  moment: () => "(case when o.started_at is not null then o.started_at else o.created_at end)",
  user: "o.user_id",
  columns: { ...STAGES, sequence: "k.sequence_id", step: "k.step_id", call_outcome: "o.outcome_id" },
  words: ["r.is_connect", "r.name as outcome_name"],
  shown: { contact: "m.contact_id", title: "m.outcome_name" },
};

const tasks = (where: string, moment: string): RowSource => ({
  from: `tasks o ${CONTACT} ${accountBy("o.account_id")}`,
  where,
  moment: () => moment,
  user: "o.user_id",
  columns: { ...STAGES, ...OF_SEQUENCE, task_type: "o.type" },
  words: [],
  shown: { contact: "m.contact_id", title: "coalesce(m.title, m.type)" },
});

const members: RowSource = {
  from: `enrollments o ${CONTACT} ${accountBy("c.account_id")}`,
  where: "o.state <> 'removed'",
  moment: () => "o.added_at",
  user: "o.added_by",
  columns: { ...STAGES, sequence: "o.sequence_id", mailbox: "o.mailbox_id" },
  words: [
    "(select q.name from sequences q where q.team_id = o.team_id and q.id = o.sequence_id) as sequence_name",
  ],
  shown: { contact: "m.contact_id", title: "m.sequence_name" },
};

const deals: RowSource = {
  from: `deals o ${accountBy("o.account_id")} left join deal_stages s on s.team_id = o.team_id and s.id = o.stage_id`,
  where: "true",
  moment: () => "o.created_at",
  user: "o.owner_id",
  columns: { account_stage: "a.account_stage_id", deal_stage: "o.stage_id" },
  words: ["s.is_won"],
  shown: { contact: "null", title: "m.name" },
};

export const ROWS: Readonly<Record<ReportSource, RowSource>> = {
  mails,
  planned,
  calls,
  tasks_created: tasks("true", "o.created_at"),
  tasks_completed: tasks("o.status = 'completed'", "o.completed_at"),
  tasks_skipped: tasks("o.status = 'skipped' and o.withdrawn_because is null", "o.skipped_at"),
  tasks_open: tasks("o.status = 'scheduled'", "o.due_at"),
  members,
  deals,
  closed_deals: {
    ...deals,
    where: "(s.is_won or s.is_closed)",
    moment: (zone) =>
      `coalesce(o.actually_closed_on::timestamp at time zone ${zone()}, o.stage_updated_at, o.updated_at)`,
  },
};

/** Which of its source's rows a number counts; null: all of them. */
export const WHICH: Readonly<Record<Count, string | null>> = {
  num_emails_sent: null,
  num_emails_delivered: "m.was_delivered",
  num_emails_bounced: "m.has_bounced",
  num_emails_hard_bounced: "m.is_hard_bounce",
  num_emails_spam_blocked: "m.is_spam_blocked",
  num_emails_opened: OPENED,
  num_emails_clicked: CLICKED,
  num_emails_replied: "m.was_answered",
  num_emails_auto_replied: "m.reply_class = 'out_of_office'",
  num_emails_unsubscribed: "m.unsubscribed_at is not null",
  num_emails_demoed: "m.demoed_at is not null",
  num_emails_open_tracked: "m.was_delivered and m.open_tracking",
  num_emails_click_tracked: "m.was_delivered and m.click_tracking",
  num_emails_opened_tracked: `${OPENED} and m.open_tracking`,
  num_emails_clicked_tracked: `${CLICKED} and m.click_tracking`,
  num_emails_opened_by_machines: "m.was_delivered and m.was_fetched",
  num_emails_clicked_by_machines: "m.was_delivered and m.was_followed",
  num_contacts_emailed: null,
  num_contacts_opened: OPENED,
  num_contacts_replied: "m.was_answered",
  num_contacts_unsubscribed: "m.unsubscribed_at is not null",
  num_emails_scheduled: "m.status = 'scheduled'",
  num_emails_not_sent: "m.status = 'failed'",
  num_phone_calls: null,
  num_phone_calls_connect: "m.is_connect",
  num_phone_calls_inbound: "m.is_inbound",
  num_tasks_created: null,
  num_tasks_completed: null,
  num_tasks_skipped: null,
  num_tasks_open: null,
  num_contacts_added_to_sequence: null,
  num_contacts_finished_sequence: "m.state = 'finished'",
  num_opportunities_created: null,
  num_opportunities_won: "m.is_won",
  num_opportunities_lost: "not m.is_won",
  num_opportunities_closed: null,
};

/** The same, as what is counted over them. */
export function counting(count: Count) {
  const which = WHICH[count];
  const what = COUNTS_OF_PEOPLE.includes(count) ? "count(distinct m.contact_id)" : "count(*)";
  return which === null ? what : `${what} filter (where ${which})`;
}
