// What is wished for a deal, new or known, and what came of it.

import type { RoleWish } from "./roles.ts";
import type { DealRow } from "./store.ts";

export type DealWish = {
  name?: string | undefined;
  ownerId?: string | null | undefined;
  accountId?: string | null | undefined;
  stageId?: string | undefined;
  /** A stage by its name, or its id. */
  stageName?: string | undefined;
  amount?: string | null | undefined;
  currency?: string | undefined;
  closesOn?: Temporal.PlainDate | null | undefined;
  description?: string | null | undefined;
  nextStep?: string | null | undefined;
  nextStepOn?: Temporal.PlainDate | null | undefined;
  closedLostReason?: string | null | undefined;
  closedWonReason?: string | null | undefined;
  probability?: number | null | undefined;
  customFields?: Record<string, unknown> | undefined;
  roles?: readonly RoleWish[] | undefined;
  /** Of a deal in a closed stage, where another day than today is known. */
  closedOn?: Temporal.PlainDate | null | undefined;
  salesforceId?: string | null | undefined;
  crmId?: string | null | undefined;
};

/** With the custom fields that were not taken, and why. */
export type SavedDeal = { deal: DealRow; fieldErrors: Record<string, string> };
