// All faults, in the order they are tried.

import { copies } from "./copies.ts";
import { databaseKills } from "./databases.ts";
import type { Fault } from "./fault.ts";
import { namedKills, randomKills, recovery, sleepers } from "./kills.ts";
import { closingHours, droppingSink, eightEngines, limits, neverLost } from "./loads.ts";
import { STOP_FAULTS } from "./stops.ts";

export const KILLS: readonly Fault[] = [randomKills, namedKills, sleepers, recovery];
export const LOADS: readonly Fault[] = [droppingSink, neverLost, eightEngines, limits, closingHours];
export const DATABASES: readonly Fault[] = [databaseKills, copies];
export const STOPS: readonly Fault[] = STOP_FAULTS;

export const FAULTS: readonly Fault[] = [...KILLS, ...LOADS, ...STOPS, ...DATABASES];
