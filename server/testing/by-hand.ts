// The engine's steps of one mail, taken by hand, one by one: claimed, let go, written down. No engine works meanwhile but
// what a test does itself.

import assert from "node:assert/strict";
import { planOnce } from "../engine/planning/plan-steps.ts";
import { byEngine } from "../engine/running/engine.ts";
import type { ClaimedOutgoingMail } from "../features/sending/outbox/claiming.ts";
import type { GatePassage } from "../features/sending/outbox/gate.ts";
import { noteEnded, passGate } from "../features/sending/outbox/mail-life.ts";
import { newId } from "../kernel/ids.ts";
import type { SendOutcome } from "../mail/outcome.ts";
import { claimFrom } from "./claim-from.ts";
import { newScene, type SceneWish, type TortureScene } from "./torture/scene.ts";
import { asOwner } from "./wire.ts";
import type { Team, World } from "./world.ts";

export const TAKEN = { kind: "accepted", serverSaid: "250 ok", queueId: null, newMessageId: null } as const;
export const UNCLEAR = { kind: "ambiguous", why: "timed_out", detail: null } as const;

export function byHand(world: World) {
  async function scene({ team: own, ...wish }: Partial<SceneWish> & { team?: Team } = {}) {
    const team = own ?? (await world.newTeam());
    const made = await newScene(team, { port: 9, mailboxes: 1, contacts: 1, waits: [0], ...wish });
    await planOnce(world.running);
    return made;
  }

  function inTeam<T>(
    { team }: Pick<TortureScene, "team">,
    work: (by: ReturnType<typeof byEngine>) => Promise<T>,
  ) {
    const { app } = world.running;
    return app.db.inTeam(team.id, (db) => work(byEngine(app, db, team.id)));
  }

  async function claimAll(made: TortureScene): Promise<ClaimedOutgoingMail[]> {
    const wish = { mailboxId: made.mailboxIds[0] ?? "", engineId: newId(), publicUrl: world.url };
    return (await inTeam(made, (by) => claimFrom(by, wish))).claimed;
  }

  async function claim(made: TortureScene): Promise<ClaimedOutgoingMail> {
    const [claimed, ...more] = await claimAll(made);
    assert.ok(claimed && more.length === 0);
    return claimed;
  }

  async function gateAll(made: TortureScene, claimed: readonly ClaimedOutgoingMail[]) {
    const passages = await inTeam(made, (by) => passGate(by, claimed, { leave: null, seen: 0 }));
    return claimed.map(({ slot }) => passages.get(slot.id) ?? null);
  }

  async function gate(made: TortureScene, claimed: ClaimedOutgoingMail) {
    return (await gateAll(made, [claimed]))[0] ?? null;
  }

  function ended(
    made: TortureScene,
    claimed: ClaimedOutgoingMail,
    outcome: SendOutcome,
    passage: GatePassage | null = null,
  ) {
    return inTeam(made, (by) => noteEnded(by, { claimed, outcome, passage }));
  }

  async function delivery({ team }: TortureScene) {
    const { rows } = await asOwner(world, (client) =>
      client.query("select delivery, is_queued, to_email from messages where team_id = $1", [team.id]),
    );
    return rows[0];
  }

  return { scene, inTeam, claimAll, claim, gateAll, gate, ended, delivery };
}
