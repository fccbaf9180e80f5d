// All faults, in the order they are tried.

import type { Fault } from "./fault.ts";
import { namedKills, randomKills, recovery, sleepers } from "./kills.ts";

export const FAULTS: readonly Fault[] = [randomKills, namedKills, sleepers, recovery];
