// A claim of one mailbox, as its lane gets it.

import assert from "node:assert/strict";
import type { By } from "../features/events/events/store.ts";
import type { BatchMode } from "../features/events/set-aside/commands.ts";
import type { Claims, ClaimWish } from "../features/sending/outbox/claiming.ts";
import { claimMails } from "../features/sending/outbox/mail-life.ts";

type Wish = Omit<ClaimWish, "mailboxIds"> & { mailboxId: string };

export async function claimFrom(by: By, { mailboxId, ...wish }: Wish, manner?: BatchMode): Promise<Claims> {
  const claims = await claimMails(by, { mailboxIds: [mailboxId], ...wish }, manner);
  return claims.get(mailboxId) ?? assert.fail("a claim answers for each mailbox");
}
