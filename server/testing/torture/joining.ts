// What both kinds of adding people need: the wish, the second mails of everybody, and what must hold afterwards.

import { brokenPromises, verdictsAstray } from "../joining-checks.ts";
import { PATIENCE_MS } from "../patience.ts";
import type { Arena } from "./arena.ts";
import { holdsWithin } from "./ground.ts";
import type { TortureScene } from "./scene.ts";

export type JoinRequest = { requestId: string; contactIds: readonly string[] };

export const adding = (
  { sequenceId: id, mailboxIds }: TortureScene,
  contact_ids: readonly string[],
  rest = {},
) => ({
  id,
  contact_ids,
  send_email_from_email_account_id: mailboxIds,
  sequence_unverified_email: true,
  ...rest,
});

/** Everybody gets both mails, and is seen to get each of them once. */
export async function goOnToTheSecond(arena: Arena) {
  await firstIsSent(arena);
  arena.advance({ minutes: 61 });
}

/** Until no contact is at the first step any more. */
export async function firstIsSent({ count }: Arena) {
  const first = `from enrollments e join sequence_steps p on p.id = e.current_step_id
                  where e.state = 'active' and p.position = 1`;
  await holdsWithin(async () => (await count(first)) === 0, PATIENCE_MS);
}

export async function promises(arena: Arena, asked: readonly JoinRequest[]) {
  const { world, team } = arena;
  const astray = await verdictsAstray(world, asked);
  return [...(await brokenPromises(world, team)), ...astray.map((one) => `not one verdict: ${one}`)];
}
