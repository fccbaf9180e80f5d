// `npm run simulate`: companies live through years of random days, and after each day everything is checked. `-- --years=3` so many
// company-years, `--minutes=60` for so long, `--days=90` each; two at once. A company with a fault ends with its seed, and with the
// fewest acts that show the fault. `--seed=7` lives one of them again, `--acts=3,17` with these acts of it alone.

import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { openTestDatabase, stopTestServer } from "../database.ts";
import { drawPlan, type Plan } from "./plan.ts";
import { type Lived, live } from "./run.ts";
import { shorten } from "./shorten.ts";

const text = { type: "string" } as const;
const { values } = parseArgs({
  options: { years: text, minutes: text, days: text, seed: text, acts: text, "at-once": text, tries: text },
});
const days = Number(values.days ?? 365);
const until = performance.now() + Number(values.minutes ?? Number.POSITIVE_INFINITY) * 60_000;
let left = values.seed === undefined ? Number(values.years ?? (values.minutes ? 1e9 : 1)) : 1;
const totals = { years: 0, mails: 0, answers: 0, kills: 0, acts: 0, faults: 0 };

const kept = await openTestDatabase(); // so that the server is started once for all
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void stopTestServer().finally(() => process.exit(130)));
await Promise.all(Array.from({ length: Number(values["at-once"] ?? 2) }, lifeAfterLife));
console.log(
  `\n${totals.years.toFixed(1)} company-years: ${totals.acts} acts, ${totals.mails} emails, ${totals.answers} answers, ${totals.kills} kills, ${totals.faults} with a fault`,
);
await kept.drop();
process.exit(totals.faults > 0 ? 1 : 0);

async function lifeAfterLife() {
  while (left > 0 && performance.now() < until) {
    left -= 1;
    await one(chosenOf(drawPlan(Number(values.seed ?? randomInt(1, 2 ** 31)), days)));
  }
}

function chosenOf(plan: Plan): Plan {
  const numbers = values.acts?.split(",").map(Number);
  return numbers ? { ...plan, acts: plan.acts.filter((_, n) => numbers.includes(n)) } : plan;
}

async function one(plan: Plan) {
  const began = performance.now();
  const lived = await live(plan);
  const seconds = Math.round((performance.now() - began) / 1_000);
  count(plan, lived);
  console.log(
    `seed ${plan.seed}: ${lived.days} days from ${plan.begins.slice(0, 10)}, ${lived.mails} emails, ${lived.answers} answers, ${lived.kills} kills, ${seconds} s`,
  );
  if (values.seed !== undefined) tell(lived);
  if (lived.wrong.length === 0) return;
  totals.faults += 1;
  for (const wrong of lived.wrong) console.log(`  WRONG: ${wrong}`);
  if (values.acts !== undefined) return;
  const short = await shorten(
    plan.acts.filter(({ day }) => day < lived.days),
    Number(values.tries ?? 40),
    async (acts) => shows(lived, await live({ ...plan, days: lived.days, acts })),
  );
  const numbers = short.map((act) => plan.acts.indexOf(act)).join();
  console.log(
    `  shown by ${short.length} of its acts: npm run simulate -- --seed=${plan.seed} --days=${lived.days} --acts=${numbers}`,
  );
  for (const { day, minute, name } of short) console.log(`    day ${day}, minute ${minute}: ${name}`);
}

/** The same thing is wrong, whatever else is. */
function shows(first: Lived, now: Lived) {
  const kindOf = (wrong: string) => wrong.split(":")[0];
  const kinds = new Set(first.wrong.map(kindOf));
  return now.wrong.some((wrong) => kinds.has(kindOf(wrong)));
}

function count({ days: planned }: Plan, { days: lasted, mails, answers, kills, acts }: Lived) {
  totals.years += (Math.min(lasted, planned) || 0) / 365;
  totals.mails += mails;
  totals.answers += answers;
  totals.kills += kills;
  totals.acts += [...acts.values()].reduce((sum, n) => sum + n, 0);
}

function tell({ acts, refusals }: Lived) {
  for (const [name, n] of acts) console.log(`  ${n} × ${name}`);
  for (const [name, n] of refusals) console.log(`  refused ${n} × ${name}`);
}
