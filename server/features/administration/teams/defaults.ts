// What every new team starts with. Each noun fills in its own, in the order they need each other.

import type { Db } from "../../../db/connect.ts";
import { FIRST_RULESET } from "../../../domain/sequences/rules.ts";
import { newId } from "../../../kernel/ids.ts";
import { seedStages } from "../../contacts/stages/store.ts";
import { seedCallChoices } from "../../desk/calls/store.ts";
import { seedCreditLimits } from "../../identity/credits/store.ts";
import { insertRuleset } from "../../sequences/rulesets/store.ts";
import { seedSchedule } from "../../sequences/schedules/store.ts";
import { seedDealStages } from "../../work/deals/commands.ts";

type Seed = (db: Db, teamId: string, now: Temporal.Instant) => Promise<unknown>;

const SEEDS: readonly Seed[] = [
  seedStages,
  seedDealStages,
  seedCallChoices,
  seedSchedule,
  seedRuleset,
  seedCreditLimits,
];

function seedRuleset(db: Db, teamId: string, now: Temporal.Instant) {
  const first = { ...FIRST_RULESET, name: "Default ruleset", isDefault: true };
  return insertRuleset(db, teamId, newId(), first, now);
}

/** Called in the transaction that opens the team, with the team entered. */
export async function seedDefaults(db: Db, teamId: string, now: Temporal.Instant) {
  for (const seed of SEEDS) await seed(db, teamId, now);
}
