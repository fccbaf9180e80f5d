// All faults, in the order they are tried.

import { ADDING } from "./adders.ts";
import { closingHours, limits } from "./allowances.ts";
import { sendingByApis } from "./apis.ts";
import { apiKills } from "./callers.ts";
import { copies } from "./copies.ts";
import { databaseKills } from "./databases.ts";
import { edits } from "./edits.ts";
import { errorTable } from "./error-table.ts";
import type { TortureFault } from "./fault.ts";
import { inboxes } from "./inboxes.ts";
import { namedKills, randomKills, recovery, sleepers } from "./kills.ts";
import { droppingSink, eightEngines, neverLost } from "./loads.ts";
import { oracle } from "./oracle.ts";
import { respites } from "./respites.ts";
import { STOP_FAULTS } from "./stops.ts";
import { touches } from "./touches.ts";

export const KILLS: readonly TortureFault[] = [randomKills, namedKills, sleepers, recovery];
/** Of providers that mailboxes are connected to by their APIs. */
export const APIS: readonly TortureFault[] = [sendingByApis()];
export const LOADS: readonly TortureFault[] = [
  ...[errorTable, droppingSink, neverLost, eightEngines, limits, touches, closingHours],
];
export const STOPS: readonly TortureFault[] = [...STOP_FAULTS, respites, edits];
/** What comes in from outside: answers to mails, and callers. */
export const COMERS: readonly TortureFault[] = [inboxes, apiKills, ...ADDING];
export const DATABASES: readonly TortureFault[] = [databaseKills, copies];

export const FAULTS: readonly TortureFault[] = [
  ...KILLS,
  ...APIS,
  ...LOADS,
  ...STOPS,
  ...COMERS,
  ...DATABASES,
  oracle,
];
