// A team for bulk changes: sequences with as many people as are asked for, and one more sequence that sends all the while.

import type { Client } from "@cadenza/sdk";
import type pg from "pg";

const DAY = [[0, 24]];
/** Two hours a day, which begin four hours from now: each contact who waits moves to another time, and nobody is due at once. */
const LATER = [[(new Date().getUTCHours() + 4) % 22, ((new Date().getUTCHours() + 4) % 22) + 2]];
const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

export type Ground = {
  teamId: string;
  mailboxes: [string, string];
  schedules: [string, string];
  stages: string[];
};

export async function plantTeam(
  owner: pg.Client,
  api: Client,
  teamId: string,
  port: number,
): Promise<Ground> {
  const mailboxes: string[] = [];
  for (let n = 0; n < 2; n++) {
    const { email_account } = await api.emailAccounts.create({
      email: `bulk${n}@bench.example`,
      type: "smtp",
      test: false,
      smtp: { host: "127.0.0.1", port, security: "none", username: "u", password: "p" },
      email_daily_threshold: null,
      max_outbound_emails_per_hour: null,
      seconds_delay_between_emails: null,
    });
    mailboxes.push(email_account.id);
  }
  const schedules: string[] = [];
  for (const hours of [DAY, LATER]) {
    const { emailer_schedule } = await api.schedules.create({
      name: hours === DAY ? "Always" : "Two hours a day",
      time_zone: "UTC",
      use_contacts_time_zone: false,
      skip_holidays: false,
      schedule_hash: Object.fromEntries(DAYS.map((day) => [day, hours])),
    });
    schedules.push(emailer_schedule.id);
  }
  const { rows } = await owner.query<{ id: string }>(
    "select id::text from contact_stages where team_id = $1 order by position limit 2",
    [teamId],
  );
  return {
    teamId,
    mailboxes: [mailboxes[0] ?? "", mailboxes[1] ?? ""],
    schedules: [schedules[0] ?? "", schedules[1] ?? ""],
    stages: rows.map(({ id }) => id),
  };
}

const touch = (subject: string) => ({
  status: "approved" as const,
  emailer_template: { subject, body_html: "<p>Hello {{first_name}}, we build plants in the north. Ole</p>" },
});

/** A mail, a call and a mail; switched on. */
export async function newSequence(api: Client, name: string, scheduleId: string) {
  const made = await api.sequences.create({
    name,
    active: true,
    emailer_schedule_id: scheduleId,
    emailer_steps: [
      { type: "auto_email", wait_time: 0, wait_mode: "minute", emailer_touches: [touch(`First of ${name}`)] },
      { type: "call", wait_time: 3, wait_mode: "day" },
      { type: "auto_email", wait_time: 3, wait_mode: "day", emailer_touches: [touch(`Last of ${name}`)] },
    ],
  });
  return { id: made.emailer_campaign.id, steps: made.emailer_steps.map(({ id }) => id) };
}

export type Sequence = Awaited<ReturnType<typeof newSequence>>;

export async function plantContacts(owner: pg.Client, teamId: string, domain: string, count: number) {
  const { rows } = await owner.query<{ id: string }>(
    `insert into contacts (team_id, id, first_name, last_name, email, email_status, organization_name, source, original_source,
            created_at, updated_at)
     select $1::ident, new_ident(), 'Ines' || n, 'Okafor', 'p' || n || '@' || $2, 'verified', 'Company ' || n, 'api', 'api',
            now(), now()
       from generate_series(1, $3::int) n returning id::text`,
    [teamId, domain, count],
  );
  return rows.map(({ id }) => id);
}

/**
 * One in ten is due within a day, so that mails are planned for them; one in a hundred at once, at most 500 of them. Their first step follows
 * without a wait on what they wait from.
 */
export async function plantPeople(
  owner: pg.Client,
  ground: Ground,
  sequence: Sequence,
  contacts: readonly string[],
) {
  await owner.query(
    `insert into enrollments (team_id, id, sequence_id, contact_id, state, current_step_id, mailbox_id, send_from_email, added_at,
            due_at, waits_from, updated_at)
     select $1::ident, new_ident(), $2::ident, c.id, 'active', $3::ident, $4::ident, 'bulk0@bench.example', now(), w.at, w.at, now()
       from unnest($5::text[]) with ordinality as c (id, n),
            lateral (select now() + case when c.n % 100 = 0 and c.n <= 50000 then interval '0' when c.n % 10 = 0 then interval '20 hours'
                                         else interval '3 days' end as at) w`,
    [ground.teamId, sequence.id, sequence.steps[0], ground.mailboxes[0], contacts],
  );
}

/** Until everybody whose step is due within a day has been planned, so that the engine does nothing else by the side. */
export async function untilPlanned(owner: pg.Client, teamId: string, sequenceId: string) {
  for (;;) {
    const { rows } = await owner.query<{ count: number }>(
      `select count(*)::int as count from enrollments
        where team_id = $1 and sequence_id = $2 and state = 'active' and plan_at <= now()`,
      [teamId, sequenceId],
    );
    if (rows[0]?.count === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Contacts that the product makes have their score. */
export async function untilScored(owner: pg.Client, teamId: string) {
  await owner.query(
    "insert into score_marks (team_id, contact_id) select team_id, id from contacts where team_id = $1",
    [teamId],
  );
  for (;;) {
    const { rows } = await owner.query("select from score_marks where team_id = $1 limit 1", [teamId]);
    if (rows.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
