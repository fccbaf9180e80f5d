// Sequences of a company: made, edited while people are in them, switched off and on, copied. Each email carries a mark of its person
// and its step, so that what was received tells whose step it was without asking the product.

import type { shapes } from "@cadenza/sdk";
import type { Chance } from "../../sample/chance.ts";
import type { Acting } from "./acts.ts";
import type { Company } from "./company.ts";

type NewStep = shapes.NewStepInSequence;

function mailOf(mark: number, chance: Chance) {
  return {
    status: "approved" as const,
    type: chance.happens(0.5) ? ("reply_to_thread" as const) : ("new_thread" as const),
    emailer_template: {
      subject: `{Hello|Good day} {{first_name}} ${mark}`,
      body_html: `<p>{Hello|Good day} {{first_name}}</p><p>T:{{first_name}}:${mark}</p>`,
    },
  };
}

function mailStep(company: Company, chance: Chance): NewStep {
  const wait = { wait_time: chance.whole(1, 5), wait_mode: "day" as const };
  return { type: "auto_email", ...wait, emailer_touches: [mailOf(++company.known.made, chance)] };
}

/** Mostly emails. A later step may come at once, after minutes, or after weeks. */
function newStep(company: Company, chance: Chance, isFirst: boolean): NewStep {
  const wait = isFirst
    ? { wait_time: 0, wait_mode: "minute" as const }
    : chance.pick([
        { wait_time: chance.whole(1, 9), wait_mode: "day" as const },
        { wait_time: chance.whole(1, 40), wait_mode: "hour" as const },
        { wait_time: chance.whole(0, 90), wait_mode: "minute" as const },
      ]);
  if (!isFirst && chance.happens(0.3)) {
    const type = chance.pick(["call", "action_item", "linkedin_step_connect"] as const);
    return { type, ...wait, ...(chance.happens(0.4) && { auto_skip_in_x_days: chance.whole(1, 6) }) };
  }
  const marks = chance.happens(0.25) ? 2 : 1; // variants
  const touches = Array.from({ length: marks }, () => mailOf(++company.known.made, chance));
  const first = touches.map((touch) => ({ ...touch, type: "new_thread" as const }));
  return { type: "auto_email", ...wait, emailer_touches: isFirst ? first : touches };
}

/** Two emails and the paths of a branch, each with an email of its own. */
function branched(company: Company, chance: Chance): NewStep[] {
  const first = newStep(company, chance, true);
  const onPath = (branch_path: "yes" | "no"): NewStep => ({
    ...mailStep(company, chance),
    branch_position: 2,
    branch_path,
  });
  const branch: NewStep = {
    type: "branch",
    wait_time: chance.whole(0, 3),
    wait_mode: "day",
    condition: {
      match: chance.pick(["all", "any"]),
      wait_days: chance.whole(0, 5),
      rules: chance.shuffled(RULES).slice(0, chance.whole(1, 2)),
    },
  };
  return [first, branch, onPath("yes"), onPath("no"), mailStep(company, chance)];
}

const RULES: NonNullable<NewStep["condition"]>["rules"] = [
  { type: "contact", filters: { q_title: "engineer" } },
  { type: "contact", not: true, filters: { email_statuses: ["verified"] } },
  { type: "email_opened" },
  { type: "email_clicked", not: true, step_position: 1 },
  { type: "replied", reply_classes: ["willing_to_meet"] },
];

async function newSchedule(company: Company, chance: Chance) {
  const { emailer_schedule } = await company.api.schedules.create({
    name: `Schedule ${++company.known.made}`,
    ...hoursOf(chance),
  });
  company.known.schedules.push(emailer_schedule.id);
  return emailer_schedule.id;
}

function hoursOf(chance: Chance) {
  const from = chance.whole(0, 16);
  const day: [number, number][] = [[from, from + chance.whole(3, 8)]];
  const [monday, weekend] = [chance.happens(0.9) ? day : [], chance.happens(0.3) ? day : []];
  return {
    time_zone: chance.pick([
      "UTC",
      "Europe/Berlin",
      "America/New_York",
      "Asia/Kolkata",
      "Australia/Lord_Howe",
      "America/Santiago",
    ]),
    use_contacts_time_zone: chance.happens(0.3),
    skip_holidays: chance.happens(0.4),
    schedule_hash: {
      monday,
      tuesday: day,
      wednesday: day,
      thursday: day,
      friday: day,
      saturday: weekend,
      sunday: weekend,
    },
  };
}

async function make(company: Company, chance: Chance) {
  const { schedules } = company.known;
  const schedule =
    schedules.length > 0 && chance.happens(0.4) ? chance.pick(schedules) : await newSchedule(company, chance);
  const isBranched = chance.happens(0.25);
  const straight = Array.from({ length: chance.whole(2, 6) }, (_, n) => newStep(company, chance, n === 0));
  const steps = isBranched ? branched(company, chance) : straight;
  const { emailer_campaign } = await company.api.sequences.create({
    name: `Sequence ${++company.known.made}`,
    active: true,
    emailer_schedule_id: schedule,
    emailer_steps: steps,
    mark_finished_if_reply: true,
    ...settingsOf(chance),
  });
  company.known.sequences.push(emailer_campaign.id);
}

function settingsOf(chance: Chance) {
  const delays = chance.happens(0.2);
  return {
    mark_paused_if_ooo: chance.happens(0.7),
    mark_finished_if_click: chance.happens(0.2),
    days_to_wait_before_mark_as_response: chance.happens(0.4) ? chance.whole(3, 30) : null,
    same_account_reply_policy_cd: delays
      ? ("delay" as const)
      : chance.pick(["none", "mark_not_sent"] as const),
    same_account_reply_delay_days: delays ? chance.whole(1, 9) : null,
    max_emails_per_day: chance.happens(0.3) ? chance.whole(2, 20) : null,
    max_new_contacts_per_day: chance.happens(0.3) ? chance.whole(1, 8) : null,
    on_not_sent: chance.pick(["fail", "continue"] as const),
    priority_policy: chance.pick(["followups_first", "fifo"] as const),
    send_at_usual_hour: chance.happens(0.2),
  };
}

/** The wishes for some steps, from those that are there. */
type Edit = (steps: readonly NewStep[], company: Company, chance: Chance) => NewStep[];

const EDITS: Readonly<Record<string, Edit>> = {
  reword: (steps, company, chance) => {
    const at = chance.whole(0, steps.length - 1);
    const touches = () => [mailOf(++company.known.made, chance)];
    return steps.map((step, n) =>
      n === at && step.type === "auto_email" ? { ...step, emailer_touches: touches() } : step,
    );
  },
  add: (steps, company, chance) =>
    steps.toSpliced(chance.whole(0, steps.length), 0, newStep(company, chance, false)),
  remove: (steps, _, chance) =>
    steps.length < 3 ? [...steps] : steps.toSpliced(chance.whole(0, steps.length - 1), 1),
  swap: (steps, _, chance) => {
    const at = chance.whole(0, Math.max(0, steps.length - 2));
    return [...steps.slice(0, at), ...steps.slice(at, at + 2).toReversed(), ...steps.slice(at + 2)];
  },
  disable: (steps, _, chance) => {
    const at = chance.whole(0, steps.length - 1);
    return steps.map((step, n) => (n === at ? { ...step, enabled: chance.happens(0.5) } : step));
  },
};

type ShownStep = Awaited<ReturnType<Company["api"]["sequences"]["show"]>>["emailer_steps"][number];

/** Of a branch and its paths, what makes them so. */
function asWish(shown: ShownStep) {
  const { id, type, wait_time, wait_mode, condition, branch_step_id, branch_path } = shown;
  return {
    id,
    type,
    wait_time,
    wait_mode,
    ...(condition && { condition }),
    ...(branch_step_id && { branch_step_id, branch_path }),
  } as NewStep;
}

async function edit(company: Company, chance: Chance) {
  const id = chance.pick(company.known.sequences);
  const { emailer_steps } = await company.api.sequences.show({ id });
  const steps = emailer_steps.map(asWish);
  await company.api.sequences.update({
    id,
    force: true,
    edit_mode: chance.pick(["live", "frozen"] as const),
    emailer_steps: chance.pick(Object.values(EDITS))(steps, company, chance),
  });
}

const turn =
  (call: "abort" | "approve" | "archive"): Acting["act"] =>
  (company, chance) =>
    company.api.sequences[call]({ id: chance.pick(company.known.sequences) });

async function copy(company: Company, chance: Chance) {
  const id = chance.pick(company.known.sequences);
  const { emailer_campaign } = await company.api.sequences.clone({
    id,
    name: `Copy ${++company.known.made}`,
  });
  company.known.sequences.push(emailer_campaign.id);
  await company.api.sequences.approve({ id: emailer_campaign.id });
}

async function changeSettings(company: Company, chance: Chance) {
  await company.api.sequences.update({ id: chance.pick(company.known.sequences), ...settingsOf(chance) });
}

async function changeHours(company: Company, chance: Chance) {
  await company.api.schedules.update({ id: chance.pick(company.known.schedules), ...hoursOf(chance) });
}

async function addHolidays(company: Company, chance: Chance) {
  const first = (await company.now()).toZonedDateTimeISO("UTC").toPlainDate();
  const day = first.add({ days: chance.whole(0, 30) });
  await company.api.holidays.create({
    name: `Holiday ${++company.known.made}`,
    starts_on: day.toString(),
    ends_on: day.add({ days: chance.whole(0, 4) }).toString(),
    every_year: chance.happens(0.3),
  });
}

export const SEQUENCES = {
  "make a sequence": { share: 2, act: make },
  "edit the steps of a sequence": { share: 4, act: edit },
  "switch a sequence off": { share: 2, act: turn("abort") },
  "switch a sequence on": { share: 3, act: turn("approve") },
  "archive a sequence": { share: 1, act: turn("archive") },
  "copy a sequence": { share: 1, act: copy },
  "change the settings of a sequence": { share: 3, act: changeSettings },
  "change the hours of a schedule": { share: 2, act: changeHours },
  "add holidays": { share: 1, act: addHolidays },
} satisfies Record<string, Acting>;
