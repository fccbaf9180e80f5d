// A receiver of webhooks, which refuses now and then, and writes down what came.

import type { TestContext } from "node:test";
import { feedSettles } from "../feed.ts";
import { PATIENCE_MS } from "../patience.ts";
import { openReceiver } from "../receiver.ts";
import type { Arena } from "./arena.ts";
import { allIsWritten, holdsWithin } from "./ground.ts";

const SAYS_NO = 0.03;
/** Without the many who were passed over. */
const TYPES = ["enrollment.added", "enrollment.removed", "message.sent"];

/** What happened and is not yet owed to anybody. */
const UNHEARD = `from events e join webhook_cursors c using (team_id)
  where (e.written_in, e.position) > (c.written_in, c.position)`;
/** Told for the first time; a clock that jumps meanwhile would have them told again. */
const UNTRIED = `from webhook_deliveries d where d.status = 'pending' and not exists (
  select from webhook_attempts a where a.team_id = d.team_id and a.subscription_id = d.subscription_id and a.event_id = d.event_id)`;

/** Answers what makes them say yes to everything, and waits until all that happened was told once. */
export async function listenTo(arena: Arena) {
  let isMoody = true;
  const { team, chance, closing } = arena;
  const after = (close: () => unknown) => void closing.push(close);
  const receiver = await openReceiver({ after } as unknown as TestContext, () =>
    isMoody && chance.happens(SAYS_NO) ? 503 : 200,
  );
  const wish = { url: receiver.url, types: TYPES };
  const { webhook_subscription: made } = await team.api.webhookSubscriptions.create(wish);
  arena.heard.webhooks = () =>
    receiver.received.map((one) => ({
      event_id: one.body.id,
      endpoint_id: made.id,
      at: new Date(one.atMs).toISOString(),
      sig_ok: receiver.isSignedBy(one, made.secret),
      replied: one.replied,
    }));
  return async () => {
    isMoody = false;
    await allIsWritten(arena, 60_000);
    await feedSettles(arena.world);
    for (const left of [UNHEARD, UNTRIED])
      await holdsWithin(async () => (await arena.count(left)) === 0, PATIENCE_MS);
  };
}
