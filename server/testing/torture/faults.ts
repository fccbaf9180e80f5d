// All faults, in the order they are tried.

import { copies } from "./copies.ts";
import { databaseKills } from "./databases.ts";
import type { Fault } from "./fault.ts";
import { namedKills, randomKills, recovery, sleepers } from "./kills.ts";
import { closingHours, droppingSink, eightEngines, limits, neverLost } from "./loads.ts";
import { STOP_FAULTS } from "./stops.ts";

export const FAULTS: readonly Fault[] = [
  ...[randomKills, namedKills, sleepers, recovery],
  ...[droppingSink, neverLost, eightEngines, limits, closingHours],
  ...STOP_FAULTS,
  ...[databaseKills, copies],
];
