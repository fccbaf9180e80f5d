// What the n8n node offers: which calls of the contract, under which names, and what of each is shown at once. All the rest
// of a call (its further parameters, their kinds, what it answers) is read off the contract.

import type { Resource } from "./operation.ts";
import { OUTREACH } from "./outreach-operations.ts";
import { RECORDS } from "./record-operations.ts";

/** In the order in which n8n lists them. */
export const RESOURCES: readonly Resource[] = [...RECORDS, ...OUTREACH].sort((one, other) =>
  one.value < other.value ? -1 : 1,
);
