// One company lives through its plan. After each day everything is checked; the first day on which something is wrong is its last.

import { Refused } from "@cadenza/sdk";
import { chanceFrom } from "../../sample/chance.ts";
import { asOwner } from "../owner.ts";
import { ACTS } from "./acts.ts";
import { listen, lookAt, openWitness } from "./checks.ts";
import { type Company, foundCompany } from "./company.ts";
import { type Act, instantOf, type Plan } from "./plan.ts";

export type Lived = {
  days: number;
  mails: number;
  answers: number;
  kills: number;
  /** How often each act was done, and why it was refused. */
  acts: Map<string, number>;
  refusals: Map<string, number>;
  /** What was wrong on the last day; empty: nothing on any day. */
  wrong: readonly string[];
};

/** `plant` is for tests, which do something wrong before the last day is checked. */
export async function live(plan: Plan, plant?: (company: Company) => Promise<unknown>): Promise<Lived> {
  const company = await foundCompany(plan.begins);
  const witness = openWitness();
  const lived: Lived = {
    days: 0,
    mails: 0,
    answers: 0,
    kills: 0,
    acts: new Map(),
    refusals: new Map(),
    wrong: [],
  };
  try {
    for (let day = 0; day < plan.days && lived.wrong.length === 0; day++) {
      const wrong: string[] = [];
      const today = plan.acts.filter((act) => act.day === day);
      for (const act of today) {
        await company.advanceTo(instantOf(plan, act));
        wrong.push(...(await perform(company, act, lived)));
        // What a contact that is deleted got is forgotten: it is read before.
        const now = await company.now();
        await asOwner({ ownerConnection: company.owner }, (client) =>
          listen(client, company.teamId, witness, now),
        );
      }
      await company.advanceTo(instantOf(plan, { day: day + 1, minute: 0 }));
      if (day === plan.days - 1) await plant?.(company);
      lived.wrong = [...wrong, ...(await lookAt(company, witness))];
      lived.days = day + 1;
    }
    return Object.assign(lived, {
      mails: witness.mails.size,
      answers: witness.answers.size,
      kills: company.kills,
    });
  } finally {
    await company.close();
  }
}

async function perform(company: Company, { name, seed }: Act, lived: Lived) {
  const add = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  add(lived.acts, name);
  try {
    await ACTS[name].act(company, chanceFrom(seed));
    return [];
  } catch (error) {
    if (!(error instanceof Refused) || error.status >= 500)
      return [`${name}: ${error instanceof Error ? error.stack : error}`];
    add(lived.refusals, `${name}: ${error.code}`);
    return [];
  }
}
