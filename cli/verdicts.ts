// Shows what became of each contact that was to join a sequence.

import type { Client, Job, Output } from "@cadenza/sdk";
import { layout } from "./calling.ts";
import type { Session } from "./connection.ts";
import { EXIT } from "./exits.ts";
import { jsonOf, type Row, tableOf } from "./table.ts";

const SHOWN = 50;

export type AddContactsAnswer = Output<"joining", "addContacts">;

type Asked = { dryRun?: boolean; wait: boolean; strict?: boolean; json?: boolean };

type AddContactsReport = {
  wish: Asked;
  sequence: { id: string; name: string };
  answer: AddContactsAnswer;
};

export async function report(session: Session, api: Client, told: AddContactsReport) {
  const { wish, sequence, answer } = told;
  const outcome =
    "contacts" in answer ? outcomeAtOnce(answer) : await outcomeOfJob(api, sequence.id, answer, wish);
  if (wish.json) session.say(jsonOf(answer));
  else tell(session, told, outcome);
  if (outcome.failed) return EXIT.notAll;
  if (outcome.isUnderWay) return EXIT.done;
  return outcome.added === 0 || (wish.strict && outcome.skipped > 0) ? EXIT.notAll : EXIT.done;
}

type Outcome = {
  added: number;
  skipped: number;
  rows: Row[];
  isUnderWay?: true;
  failed?: string;
  previews?: { subject: string; body_text: string }[];
};
type AtOnce = Extract<AddContactsAnswer, { contacts: unknown }>;
type PutOff = Exclude<AddContactsAnswer, AtOnce>;

function outcomeAtOnce(answer: AtOnce): Outcome {
  const mailboxes = new Map(
    answer.mailbox_split.map(({ email_account_id, email }) => [email_account_id, email]),
  );
  const contacts = new Map(answer.contacts.map((contact) => [contact.id, contact]));
  const added = answer.enrollments.map(({ contact_id, status, email_account_id, first_step_due_at }) => ({
    contact_id,
    name: contacts.get(contact_id)?.name,
    verdict: status === "paused" ? "added, paused" : "added",
    mailbox: mailboxes.get(email_account_id),
    starts: first_step_due_at,
    why: null,
  }));
  const skipped = answer.skipped_contacts.map(({ contact_id, reasons }) => skippedRow(contact_id, reasons));
  return {
    added: added.length,
    skipped: skipped.length,
    rows: [...added, ...skipped],
    ...(answer.previews && { previews: answer.previews }),
  };
}

type Reason = { sentence: string; flag: string | null };

function skippedRow(contact_id: string, reasons: readonly Reason[]): Row {
  const lifting = reasons.flatMap(({ flag }) => (flag ? [`--${flag.replaceAll("_", "-")}`] : []));
  const isLiftable = lifting.length > 0 && lifting.length === reasons.length;
  const why = reasons.map(({ sentence }) => sentence).join(" ");
  return { contact_id, verdict: "skipped", why: isLiftable ? `${why} (${lifting.join(" ")})` : why };
}

async function outcomeOfJob(api: Client, sequenceId: string, answer: PutOff, wish: Asked): Promise<Outcome> {
  if (wish.dryRun) {
    const skipped = (answer.skipped_contacts ?? []).map(({ contact_id, reasons }) =>
      skippedRow(contact_id, reasons),
    );
    return { added: answer.num_added ?? 0, skipped: skipped.length, rows: skipped };
  }
  const job = answer.entity_progress_job as typeof answer.entity_progress_job & Partial<Job>;
  if (!job.counts || !wish.wait) return { added: 0, skipped: 0, rows: [], isUnderWay: true };
  const rows: Row[] = [];
  for await (const { contact_id, verdict, reasons } of api.joining.verdicts.each({
    id: sequenceId,
    request_id: answer.request_id,
  })) {
    rows.push(verdict === "added" ? { contact_id, verdict } : skippedRow(contact_id, reasons));
    if (rows.length >= SHOWN) break;
  }
  const { added = 0, skipped = 0 } = job.counts;
  return {
    added,
    skipped,
    rows,
    ...(job.status !== "done" && { failed: job.error ?? `The job is ${job.status}.` }),
  };
}

function tell(session: Session, { wish, sequence, answer }: AddContactsReport, outcome: Outcome) {
  if (outcome.isUnderWay) {
    const { id } = (answer as PutOff).entity_progress_job;
    session.say(`Running in the background as job ${id}. See the progress: cadenza jobs get ${id}`);
    return;
  }
  const columns = ["contact_id", "name", "verdict", "mailbox", "starts", "why"];
  const used = columns.filter((column) => outcome.rows.some((row) => row[column]));
  if (outcome.rows.length > 0)
    session.say(tableOf(outcome.rows.slice(0, SHOWN), { ...layout({}), columns: used }));
  if (outcome.failed) session.complain(outcome.failed);
  const would = wish.dryRun ? "would be " : "";
  session.say(`${outcome.added} ${would}added to ${sequence.name}, ${outcome.skipped} ${would}skipped.`);
  for (const { sentence } of answer.first_email_surges ?? []) session.say(`Warning: ${sentence}`);
  const total = outcome.added + outcome.skipped;
  if (total > Math.min(outcome.rows.length, SHOWN))
    session.say(`See all: cadenza joining verdicts ${sequence.id} --request-id ${answer.request_id} --csv`);
  for (const { subject, body_text } of outcome.previews?.slice(0, 1) ?? [])
    session.say(`\nThe first email:\n\n${subject}\n\n${body_text}`);
}
