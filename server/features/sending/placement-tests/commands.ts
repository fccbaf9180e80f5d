// Placement tests are started by users. The engine sends their emails and looks for them (releasing.ts, finding.ts).

import type { Act } from "../../../app.ts";
import { heldBackIn } from "../../../domain/gate/clone-guard.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { barsAmong } from "../../contacts/suppressions/barring.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { readFence } from "../../gate/clone-guard/store.ts";
import { getSender } from "../../mailboxes/mailboxes/sender.ts";
import { findSenders } from "../../mailboxes/mailboxes/store.ts";
import { messageIdFor, newToken } from "../outbox/claiming.ts";
import { type PlacementWish, textOfTest } from "./composing.ts";
import * as store from "./store.ts";

const MOST_RUNNING = 10;

type PlacementShown = store.PlacementShown;

type Viewing = Pick<Act, "db" | "caller">;

export async function startPlacementTest(act: Act, wish: PlacementWish): Promise<PlacementShown> {
  const { app, db, caller, now } = act;
  const { teamId } = caller;
  const like = wish.likeId === null ? null : (await getPlacementTest(act, wish.likeId)).test;
  const mailboxId = wish.mailboxId ?? like?.mailboxId ?? null;
  if (mailboxId === null) throw new Refusal("parameter_missing", { name: "email_account_id" });
  await getSender(act, mailboxId, null);
  const [sender] = await findSenders(db, teamId, [mailboxId]);
  if (!sender) throw new Refusal("mail_sender_not_permitted");
  if (app.sandbox || sender.type === "catcher") throw new Refusal("placement_stays_here");
  if (heldBackIn(await readFence(db))) throw new Refusal("test_mail_held_back");
  const seeds = await store.listSeeds(db, teamId, wish.seedIds);
  if (seeds.length === 0) throw new Refusal("placement_without_seeds");
  const barred = await barsAmong(
    db,
    teamId,
    seeds.map(({ email }) => email),
  );
  const stopped = seeds.filter(({ email }) => barred.isBarred(email));
  if (stopped.length > 0)
    throw new Refusal("placement_seed_suppressed", {
      addresses: stopped.map(({ email }) => email).join(", "),
    });
  if ((await store.countRunning(db, teamId)) >= MOST_RUNNING) throw new Refusal("placement_too_many");
  const text = like && like.touchId === null ? like : await textOfTest(act, like ?? wish, sender);
  const test = { ...text, id: newId(), mailboxId, startedBy: caller.userId };
  await store.insertTest(db, teamId, test, now);
  const mails = seeds.map(({ id: seedId, email: seedEmail }) => ({
    id: newId(),
    seedId,
    seedEmail,
    messageId: messageIdFor(sender.email),
    token: newToken(),
  }));
  await store.insertMails(db, teamId, test, mails, now);
  await record(byCaller(act), {
    type: "placement_test.started",
    subject: { type: "email_account", id: mailboxId },
    data: { test_id: test.id, email: sender.email, seeds: seeds.length },
  });
  return getPlacementTest(act, test.id);
}

/** Of a mailbox that the caller may send from. */
export async function getPlacementTest({ db, caller }: Viewing, id: string): Promise<PlacementShown> {
  const [test] = await store.listTests(db, caller.teamId, {
    id,
    mailboxId: null,
    viewerId: viewerOf(caller),
  });
  if (!test) throw new Refusal("record_not_found");
  return { test, mails: await store.listMails(db, caller.teamId, [id]) };
}

export async function listPlacementTests(
  { db, caller }: Viewing,
  mailboxId: string | null,
): Promise<PlacementShown[]> {
  const wanted = { id: null, mailboxId, viewerId: viewerOf(caller) };
  const tests = await store.listTests(db, caller.teamId, wanted);
  const mails = await store.listMails(
    db,
    caller.teamId,
    tests.map(({ id }) => id),
  );
  const byTest = Map.groupBy(mails, ({ testId }) => testId);
  return tests.map((test) => ({ test, mails: byTest.get(test.id) ?? [] }));
}

function viewerOf({ role, userId }: Act["caller"]) {
  return role === "admin" ? null : userId;
}
