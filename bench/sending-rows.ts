// A team whose mailboxes lead to a sink, with people in a sequence of one mail, or of a branch and a mail on its path.

import type { Client } from "@cadenza/sdk";
import type pg from "pg";

export type Planted = {
  teamId: string;
  sequenceId: string;
  mailboxes: readonly string[];
  /** So many people join, due at once, spread over the mailboxes. */
  enrol(count: number, how?: { isAnalyzed: boolean }): Promise<void>;
  /** The same mails, ready to be sent by anybody. */
  prepared(
    count: number,
  ): Promise<{ from: string; to: string; envelope: { from: string; to: string }; raw: string }[]>;
};

type Mailing = {
  mailboxes: number;
  port: number;
  isBranched?: boolean;
  /** So many contacts share a domain. Null: all of them do. */
  perCompany?: number | null;
};

/** All contacts that are planted match it, and the database must look. */
const BRANCH = {
  type: "branch" as const,
  wait_time: 0,
  wait_mode: "minute" as const,
  condition: {
    rules: [{ type: "contact" as const, filters: { email_statuses: ["verified"] } }],
  },
};

export async function plantMailing(
  owner: pg.Client,
  api: Client,
  teamId: string,
  { mailboxes, port, isBranched = false, perCompany = null }: Mailing,
): Promise<Planted> {
  const ids: string[] = [];
  for (let n = 0; n < mailboxes; n++) {
    const { email_account } = await api.emailAccounts.create({
      email: `box${n}@bench.example`,
      type: "smtp",
      test: false,
      imap: null,
      smtp: { host: "127.0.0.1", port, security: "none", username: "u", password: "p" },
      email_daily_threshold: null,
      max_outbound_emails_per_hour: null,
      seconds_delay_between_emails: null,
    });
    ids.push(email_account.id);
  }
  const day = [[0, 24]];
  const { emailer_schedule } = await api.schedules.create({
    name: "Always",
    time_zone: "UTC",
    use_contacts_time_zone: false,
    skip_holidays: false,
    schedule_hash: {
      monday: day,
      tuesday: day,
      wednesday: day,
      thursday: day,
      friday: day,
      saturday: day,
      sunday: day,
    },
  });
  const body = `<p>Hello {{first_name}},</p><p>${"We build plants in the north, and they run. ".repeat(12)}</p><p>Ole</p>`;
  const made = await api.sequences.create({
    name: "Sending",
    active: true,
    emailer_schedule_id: emailer_schedule.id,
    emailer_steps: [
      ...(isBranched ? [BRANCH] : []),
      {
        ...(isBranched && { branch_position: 1, branch_path: "yes" as const }),
        type: "auto_email",
        wait_time: 0,
        wait_mode: "minute",
        emailer_touches: [
          {
            status: "approved",
            emailer_template: { subject: "A question for {{company}}", body_html: body },
          },
        ],
      },
    ],
  });
  const ADDRESS = perCompany
    ? `'p' || n || '@company' || n / ${perCompany} || '.example'`
    : "'p' || n || '@people.example'";
  const sequenceId = made.emailer_campaign.id;
  const stepId = made.emailer_steps[0]?.id;
  let contacts = 0;
  return {
    teamId,
    sequenceId,
    mailboxes: ids,
    async enrol(count, { isAnalyzed } = { isAnalyzed: true }) {
      await owner.query(
        `insert into contacts (team_id, id, first_name, last_name, email, email_status, organization_name, source, original_source, created_at, updated_at)
         select $1::ident, new_ident(), 'Ines' || n, 'Okafor', ${ADDRESS}, 'verified', 'Company ' || n, 'api', 'api', now(), now()
           from generate_series($2::int, $3::int) n`,
        [teamId, contacts, contacts + count - 1],
      );
      await owner.query(
        `insert into enrollments (team_id, id, sequence_id, contact_id, state, current_step_id, mailbox_id, added_at, due_at, updated_at)
         select $1::ident, new_ident(), $2::ident, c.id, 'active', $3::ident, ($4::text[])[1 + (row_number() over (order by c.id)) % cardinality($4::text[])], now(), now(), now()
           from contacts c where c.team_id = $1::ident and c.email in (select ${ADDRESS} from generate_series($5::int, $6::int) n)`,
        [teamId, sequenceId, stepId, ids, contacts, contacts + count - 1],
      );
      if (isAnalyzed) await owner.query("analyze");
      contacts += count;
    },
    async prepared(count) {
      const { rows } = await owner.query(
        `select from_email, to_email, subject, body_html, body_text, internet_message_id from messages where team_id = $1 and delivery = 'sent' order by id limit $2`,
        [teamId, count],
      );
      return rows.map((row) => {
        const boundary = "part-of-a-mail";
        const raw = [
          ...[
            `From: Ole <${row.from_email}>`,
            `To: <${row.to_email}>`,
            `Subject: ${row.subject}`,
            `Message-ID: ${row.internet_message_id}`,
          ],
          ...[
            "Date: Fri, 20 Nov 2026 12:00:00 +0000",
            "MIME-Version: 1.0",
            `Content-Type: multipart/alternative; boundary=${boundary}`,
            "",
          ],
          ...[`--${boundary}`, "Content-Type: text/plain; charset=utf-8", "", row.body_text],
          ...[
            `--${boundary}`,
            "Content-Type: text/html; charset=utf-8",
            "",
            row.body_html,
            `--${boundary}--`,
            "",
          ],
        ].join("\r\n");
        return {
          from: row.from_email,
          to: row.to_email,
          envelope: { from: row.from_email, to: row.to_email },
          raw,
        };
      });
    },
  };
}
