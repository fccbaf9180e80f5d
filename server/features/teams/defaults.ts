// What every new team starts with. Each noun fills in its own, in the order they need each other.

import type { Db } from "../../db/connect.ts";
import { seedCallChoices } from "../calls/store.ts";
import { seedCreditLimits } from "../credits/store.ts";
import { seedDealStages } from "../deals/commands.ts";
import { seedRuleset } from "../rulesets/store.ts";
import { seedSchedule } from "../schedules/store.ts";
import { seedStages } from "../stages/store.ts";

type Seed = (db: Db, teamId: string, now: Temporal.Instant) => Promise<unknown>;

const SEEDS: readonly Seed[] = [
  seedStages,
  seedDealStages,
  seedCallChoices,
  seedSchedule,
  seedRuleset,
  seedCreditLimits,
];

/** Called in the transaction that opens the team, with the team entered. */
export async function seedDefaults(db: Db, teamId: string, now: Temporal.Instant) {
  for (const seed of SEEDS) await seed(db, teamId, now);
}
