// Plans of a team drawn by lot, for tests that compare two accounts of what becomes of them: mailboxes with limits, hours in several
// zones, sequences, and contacts, some of them paused. The same seed draws the same plan.

import type { shapes } from "@cadenza/sdk";
import type { Chance } from "../sample/chance.ts";
import { MAIL_STEP, type MailboxWish, newSequence, type StepWish } from "./sequenced.ts";
import type { Team } from "./world.ts";

type Means = {
  now: () => Temporal.Instant;
  newMailbox: (team: Team, wish: MailboxWish) => Promise<{ id: string }>;
  /** Calls are skipped after a day. Without it, the test completes them. */
  skipsCalls?: boolean;
};

type Joining = { id: string; mailboxes: readonly string[]; companies: number };

/** Of a team each, or their contacts would have the same addresses. */
export function plansByLot({ now, newMailbox, skipsCalls = false }: Means) {
  let joined = 0;

  /** Of two mailboxes that wake up at the same instant the first by its id gets the last place of a day. */
  async function layOut(team: Team, chance: Chance, { isShared = false } = {}) {
    const mailboxes: string[] = [];
    for (let n = chance.whole(isShared ? 2 : 1, 3); n > 0; n--)
      mailboxes.push((await newMailbox(team, limitsOf(chance))).id);
    for (let n = chance.whole(1, 3); n > 0; n--) {
      const schedule = await newHours(team, chance);
      const steps = stepsOf(chance, skipsCalls);
      const cap = isShared || chance.happens(0.4) ? chance.whole(3, 12) : null;
      const { id } = await newSequence(team, {
        emailer_schedule_id: schedule,
        emailer_steps: steps,
        priority_policy: chance.pick(["score", "followups_first", "fifo"]),
        ...(cap !== null && { max_emails_per_day: cap }),
      });
      const isCapped = cap !== null || steps.some((step) => "max_emails_per_day" in step);
      const from = isCapped && !isShared ? [chance.pick(mailboxes)] : mailboxes;
      await join(team, chance, { id, mailboxes: from, companies: isShared ? 6 : 1e9 });
    }
  }

  async function join(team: Team, chance: Chance, { id, mailboxes, companies }: Joining) {
    joined += 1;
    const people = Array.from(
      { length: chance.whole(5, 15) },
      (_, n): shapes.ContactToCreate => ({
        first_name: `P${n}`,
        email: `p${n}-${joined}@c${chance.whole(1, companies)}.example`,
        ...(n % 3 > 0 && { direct_phone: `+4670123${String(1000 + n)}` }),
        title: n % 2 === 0 ? "Engineer" : "Buyer",
        email_status: chance.happens(0.9) ? "verified" : "unverified",
        ...(chance.happens(0.7) && { time_zone: chance.pick(ZONES) }),
        ...(chance.happens(0.5) && { present_raw_address: chance.pick(PLACES) }),
      }),
    );
    const { created_contacts: contacts } = await team.api.contacts.bulkCreate({
      contact_attributes: people,
    });
    await team.api.joining.addContacts({
      id,
      emailer_campaign_id: id,
      contact_ids: contacts.map((contact) => contact.id),
      send_email_from_email_account_id: [...mailboxes],
      sequence_unverified_email: true,
      sequence_same_company_in_same_campaign: true,
    });
    const some = contacts.filter(() => chance.happens(0.15)).map((contact) => contact.id);
    if (some.length === 0) return;
    const at = now().add({ hours: chance.whole(2, 90) });
    await team.api.enrollments.pause({
      id,
      contact_ids: some,
      ...(chance.happens(0.5) && { auto_unpause_at: at.toString() }),
    });
  }

  return { layOut, newHours, join };
}

const ZONES = ["Europe/Oslo", "America/New_York", "Asia/Tokyo", "Australia/Sydney", "America/Sao_Paulo"];

/** Each with public holidays of its own. */
const PLACES = [
  "Munich, Bavaria, Germany",
  "Berlin, Germany",
  "Tokyo, Japan",
  "Glasgow, Scotland",
  "Tehran, Iran",
];

function limitsOf(chance: Chance): MailboxWish {
  return {
    email_daily_threshold: chance.happens(0.6) ? chance.whole(4, 20) : null,
    max_outbound_emails_per_hour: chance.happens(0.5) ? chance.whole(1, 6) : null,
    seconds_delay_between_emails: chance.happens(0.7) ? chance.whole(30, 1_200) : null,
  };
}

async function newHours(team: Team, chance: Chance) {
  const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
  const starts = chance.whole(6, 12);
  const hours = [[starts, starts + chance.whole(2, 8)]];
  const { emailer_schedule } = await team.api.schedules.create({
    name: `Hours ${chance.whole(1, 1e9)}`,
    time_zone: chance.pick(ZONES),
    use_contacts_time_zone: chance.happens(0.5),
    skip_holidays: chance.happens(0.5),
    schedule_hash: Object.fromEntries(
      days.map((day) => [day, chance.happens(0.75) || day === "tuesday" ? hours : []]),
    ),
  });
  return emailer_schedule.id;
}

function stepsOf(chance: Chance, skipsCalls: boolean) {
  return Array.from({ length: chance.whole(1, 4) }, (_, n): StepWish => {
    const mode = chance.pick(["minute", "hour", "day"] as const);
    const wait = {
      wait_mode: mode,
      wait_time: { minute: chance.whole(0, 300), hour: chance.whole(0, 30), day: chance.whole(0, 4) }[mode],
    };
    if (n > 0 && chance.happens(0.3))
      return { type: "call", ...wait, ...(skipsCalls && { auto_skip_in_x_days: 1 }) };
    return { ...MAIL_STEP, ...wait, ...(chance.happens(0.25) && { max_emails_per_day: chance.whole(2, 8) }) };
  });
}
