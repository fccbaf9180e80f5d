// Mailboxes of a company with their limits, what its people do by hand, and machines that die.

import type { Chance } from "../../sample/chance.ts";
import type { Acting } from "./acts.ts";
import type { Company } from "./company.ts";

function limitsOf(chance: Chance) {
  return {
    email_daily_threshold: chance.happens(0.8) ? chance.whole(3, 30) : null,
    max_outbound_emails_per_hour: chance.happens(0.5) ? chance.whole(1, 8) : null,
    seconds_delay_between_emails: chance.pick([null, 30, 600]),
    max_new_contacts_per_day: chance.happens(0.2) ? chance.whole(1, 6) : null,
    ramp: chance.happens(0.15) ? { start: chance.whole(1, 4), step: chance.whole(1, 3), ceiling: 30 } : null,
  };
}

async function connect(company: Company, chance: Chance) {
  const email = `box${++company.known.made}@simulated${chance.whole(1, 3)}.example`;
  const { email_account } = await company.api.emailAccounts.create({
    email,
    type: "catcher",
    open_tracking: chance.happens(0.5),
    click_tracking: chance.happens(0.3),
  });
  company.known.mailboxes.push(email_account.id);
  await setLimits(company, email_account.id, chance);
}

async function setLimits(company: Company, id: string, chance: Chance) {
  const limits = limitsOf(chance);
  await company.api.emailAccounts.update({ id, ...limits });
  company.known.limits.push({
    mailboxId: id,
    at: await company.now(),
    daily: limits.email_daily_threshold,
    hourly: limits.max_outbound_emails_per_hour,
  });
}

async function disconnect(company: Company, chance: Chance) {
  const { mailboxes } = company.known;
  if (mailboxes.length < 3) return;
  const id = chance.pick(mailboxes);
  await company.api.emailAccounts.disconnect({ id });
  company.known.mailboxes = mailboxes.filter((one) => one !== id);
}

async function endTasks(company: Company, chance: Chance) {
  const { tasks } = await company.api.tasks.search({ statuses: ["scheduled"], per_page: 25 });
  for (const { id } of tasks) {
    if (chance.happens(0.2)) continue;
    if (chance.happens(0.3)) await company.api.tasks.skip({ id });
    else await company.api.tasks.complete({ id });
  }
}

/** A process that dies, wherever the work has got to. */
async function kill(company: Company, chance: Chance) {
  const goal = (await company.now()).add({ hours: chance.whole(1, 30) });
  await company.killOnTheWay(goal, chance.whole(0, 400));
}

async function refuse(company: Company, chance: Chance) {
  const replies = { mail: "451 4.3.0 Later", rcpt: "450 4.2.0 Later", data: "452 4.3.1 Full" } as const;
  const at = chance.pick(["mail", "rcpt", "data"] as const);
  const isForGood = chance.happens(0.2);
  const reply = isForGood ? "550 5.7.1 Refused" : replies[at];
  const one = { on: "smtp" as const, at, reply, times: chance.whole(1, 12) };
  await company.api.sandbox.setFaults({ faults: [one] });
}

async function liftBrakes(company: Company) {
  const { brakes } = await company.api.brakes.list({});
  for (const { id } of brakes) await company.api.brakes.lift({ id });
}

async function changeTeam(company: Company, chance: Chance) {
  await company.api.teams.update({
    linkedin_tasks_per_day: { linkedin_step_connect: chance.happens(0.5) ? chance.whole(1, 5) : null },
    hold_after_answer: chance.happens(0.7),
    holiday_calendar: chance.pick(["DE", "US", "none"]),
  });
}

/** Of a contact and of a company's addresses. What holds from when is noted, to be checked against what was sent. */
async function limitTouches(company: Company, chance: Chance) {
  const person = chance.happens(0.7) ? { most: chance.whole(1, 4), days: chance.whole(1, 9) } : null;
  const domain = chance.happens(0.4) ? chance.whole(1, 6) : null;
  await company.api.teams.update({
    touch_limits: person ? [{ scope: "person", counts: "emails", ...person }] : [],
    max_emails_per_recipient_domain_per_day: domain,
    recipient_limits: chance.happens(0.2) ? [{ to: "domain", most: chance.whole(1, 3), per: "hour" }] : [],
  });
  company.known.teamLimits.push({
    at: await company.now(),
    person_most: person?.most ?? null,
    person_days: person?.days ?? null,
    domain_most: domain,
  });
}

/** The database ends all of its connections, as when it restarts. */
async function cutOff(company: Company, chance: Chance) {
  const goal = (await company.now()).add({ hours: chance.whole(1, 30) });
  await company.cutOffOnTheWay(goal, chance.whole(0, 400));
}

export const SENDING = {
  "connect a mailbox": { share: 1, act: connect },
  "change the limits of a mailbox": {
    share: 2,
    act: (company, chance) => setLimits(company, chance.pick(company.known.mailboxes), chance),
  },
  "disconnect a mailbox": { share: 1, act: disconnect },
  "complete and skip tasks": { share: 8, act: endTasks },
  "lift the brakes": { share: 2, act: liftBrakes },
  "change the team's settings": { share: 1, act: changeTeam },
  "change the limits of the team": { share: 2, act: limitTouches },
  "cut the database off on its way": { share: 2, act: cutOff },
  "kill the server on its way": { share: 2, act: kill },
  "let the mail server refuse": { share: 2, act: refuse },
} satisfies Record<string, Acting>;
