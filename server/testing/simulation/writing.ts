// Emails that people of a company write by hand, and what they do with emails of steps before they leave.

import type { Input } from "@cadenza/sdk";
import type { Chance } from "../../sample/chance.ts";
import type { Acting } from "./acts.ts";
import type { Company } from "./company.ts";

/** It carries a mark like the emails of steps, so that it is known as received. */
async function write(company: Company, chance: Chance) {
  const { people, mailboxes } = company.known;
  const { emailer_message } = await company.api.emailerMessages.create({
    contact_id: chance.pick(people).id,
    subject: "A question",
    body_html: `<p>Hello</p><p>T:by-hand:${++company.known.made}</p>`,
    email_account_id: chance.pick(mailboxes),
    ...(chance.happens(0.3) && { remind_after_days: chance.whole(1, 9) }),
  });
  await sendSomehow(company, chance, emailer_message.id);
}

async function sendSomehow({ api, now }: Company, chance: Chance, id: string) {
  const later = (await now()).add({ minutes: chance.whole(1, 60 * 24 * 6) }).toString();
  if (chance.happens(0.5)) await api.emailerMessages.sendNow({ id });
  else await api.emailerMessages.update({ id, due_at: later });
}

/** In the thread of an email that was sent. */
async function followUp(company: Company, chance: Chance) {
  const sent = await found(company, ["delivered", "replied"]);
  if (sent.length === 0) return;
  const { emailer_message } = await company.api.emailerMessages.create({
    in_response_to_emailer_message_id: chance.pick(sent),
    body_html: `<p>And one thing more</p><p>T:by-hand:${++company.known.made}</p>`,
  });
  await sendSomehow(company, chance, emailer_message.id);
}

type Stats = NonNullable<Input<"emailerMessages", "search">["emailer_message_stats"]>;

async function found({ api }: Company, emailer_message_stats: Stats) {
  const { emailer_messages } = await api.emailerMessages.search({ emailer_message_stats, per_page: 25 });
  return emailer_messages.map(({ id }) => id);
}

const WAITING = ["scheduled", "held"] as const;

async function sendWaitingNow(company: Company, chance: Chance) {
  const waiting = chance.shuffled(await found(company, [...WAITING])).slice(0, chance.whole(1, 5));
  if (waiting.length > 0) await company.api.emailerMessages.bulkSendNow({ emailer_message_ids: waiting });
}

async function reschedule(company: Company, chance: Chance) {
  const waiting = chance.shuffled(await found(company, [...WAITING])).slice(0, chance.whole(1, 5));
  if (waiting.length === 0) return;
  const now = await company.now();
  const emailer_messages = waiting.map((id) => ({
    id,
    due_at: now.add({ minutes: chance.whole(1, 60 * 24 * 5) }).toString(),
  }));
  await company.api.emailerMessages.bulkSchedule({ emailer_messages });
}

/** Its step's mark stays: it is the email of that step. */
async function rewordWaiting(company: Company, chance: Chance) {
  const waiting = await found(company, [...WAITING]);
  if (waiting.length === 0) return;
  const { emailer_message } = await company.api.emailerMessages.show({ id: chance.pick(waiting) });
  const { id, subject, body_html } = emailer_message;
  await company.api.emailerMessages.update({ id, subject, body_html: `<p>By hand.</p>${body_html ?? ""}` });
}

async function deleteWaiting(company: Company, chance: Chance) {
  const waiting = await found(company, ["drafted", ...WAITING]);
  if (waiting.length > 0) await company.api.emailerMessages.delete({ id: chance.pick(waiting) });
}

async function retryFailed(company: Company) {
  const failed = await found(company, ["failed_other"]);
  if (failed.length > 0)
    await company.api.emailerMessages.bulkSendNow({ emailer_message_ids: failed.slice(0, 5) });
}

export const WRITING = {
  "write an email by hand": { share: 3, act: write },
  "follow up on an email": { share: 2, act: followUp },
  "send waiting emails now": { share: 2, act: sendWaitingNow },
  "reschedule waiting emails": { share: 2, act: reschedule },
  "reword a waiting email": { share: 2, act: rewordWaiting },
  "delete a waiting email": { share: 1, act: deleteWaiting },
  "send failed emails again": { share: 1, act: retryFailed },
} satisfies Record<string, Acting>;
