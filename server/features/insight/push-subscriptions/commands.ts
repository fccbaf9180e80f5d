// A user's own devices: which are told of replies and due tasks, and what they show.

import type { Language } from "@cadenza/contract/languages";
import type { Act, App, Caller } from "../../../app.ts";
import { judgePush } from "../../../domain/basics/retry.ts";
import { readableUserAgent } from "../../../domain/basics/user-agent.ts";
import { newId } from "../../../kernel/ids.ts";
import { inLanguage } from "../../../kernel/language.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { say } from "../../../kernel/say.ts";
import { isBrowserKey } from "../../../kernel/web-push.ts";
import type { UrlFault } from "../../../outgoing/door.ts";
import { byCaller, type EventType, record } from "../../events/events/store.ts";
import { callPushService, placeOfAuth } from "./calling.ts";
import { openPushKeys } from "./keys.ts";
import * as store from "./store.ts";

const MOST = 10;

type DeviceWish = store.DeviceWishes & {
  endpoint: string;
  p256dh: string;
  auth: string;
  language: Language;
};

/** `fault` is the network policy's refusal of the address. */
export async function addDevice(act: Act, wish: DeviceWish, fault: UrlFault | null) {
  const { app, db, caller, now } = act;
  const { teamId, userId } = caller;
  refuseInSandbox(app);
  if (fault || !isSecure(wish.endpoint)) throw new Refusal("push_endpoint_refused");
  if (!isBrowserKey(wish.p256dh))
    throw new Refusal("parameter_invalid", {
      name: "p256dh",
      why: say("is not the public key of a browser"),
    });
  await store.lockUserOfDevices(db, teamId, userId);
  await store.takeFromOthers(db, teamId, userId, wish.endpoint);
  const known = await store.listDevices(db, teamId, userId);
  const before = known.find(({ endpoint }) => endpoint === wish.endpoint);
  if (!before && known.length >= MOST) throw new Refusal("too_many_push_subscriptions", { limit: MOST });
  const id = before?.id ?? newId();
  const sealed = app.secrets.seal(placeOfAuth(teamId, id), wish.auth);
  const saved = await store.saveDevice(
    db,
    teamId,
    { ...wish, id, userId, auth: sealed, ...(await browserOf(act)) },
    now,
  );
  await tell(act, "push_subscription.created", saved);
  return saved;
}

const KINDS = ["wantsReplies", "wantsTasks", "wantsMentions"] as const;

export async function changeDevice(act: Act, id: string, change: Partial<store.DeviceWishes>) {
  const { db, caller, now } = act;
  const before = await getDevice(db, caller, id);
  const after = {
    id,
    wantsReplies: change.wantsReplies ?? before.wantsReplies,
    wantsTasks: change.wantsTasks ?? before.wantsTasks,
    wantsMentions: change.wantsMentions ?? before.wantsMentions,
    showsNames: change.showsNames ?? before.showsNames,
  };
  const startsAnew = KINDS.some((kind) => after[kind] && !before[kind]);
  const saved = await store.updateDevice(db, caller.teamId, { ...after, startsAnew }, now);
  await tell(act, "push_subscription.changed", saved);
  return saved;
}

export async function removeDevice(act: Act, id: string) {
  const { db, caller } = act;
  const device = await getDevice(db, caller, id);
  await store.deleteDevice(db, caller.teamId, id);
  await tell(act, "push_subscription.deleted", device);
}

/** Calls the push service, before the act. */
export async function callForTest(app: App, caller: Caller, id: string) {
  refuseInSandbox(app);
  const { teamId } = caller;
  const { device, keys } = await app.db.inTeam(teamId, async (db) => ({
    device: await getDevice(db, caller, id),
    keys: await openPushKeys(app, db),
  }));
  const title = inLanguage(device.language, () => say("Notifications work on this device"));
  const outcome = await callPushService(
    app,
    { teamId, device, keys },
    { title, tag: "test", url: "/settings/appearance" },
  );
  return judgePush(outcome, 1, app.now()).is;
}

/** A device that the push service no longer knows is removed. */
export async function noteTest(act: Act, id: string, verdict: Awaited<ReturnType<typeof callForTest>>) {
  const { db, caller, now } = act;
  const device = await getDevice(db, caller, id);
  await tell(act, "push_subscription.tested", device);
  if (verdict === "delivered") await store.noteTested(db, caller.teamId, id, now);
  if (verdict === "gone") await removeDevice(act, id);
  return verdict === "delivered" || verdict === "gone" ? verdict : ("failed" as const);
}

function refuseInSandbox({ sandbox }: App) {
  if (sandbox) throw new Refusal("push_not_in_sandbox");
}

/** Without https only to this computer itself, where the operator allows that. */
function isSecure(endpoint: string) {
  const url = URL.parse(endpoint);
  return url?.protocol === "https:" || (url?.hostname.startsWith("127.") ?? false);
}

async function browserOf({ db, caller: { credential, teamId } }: Act) {
  if (credential.kind !== "session") return { device: null, sessionId: null };
  const session = await store.lockSession(db, teamId, credential.id);
  if (!session) throw new Refusal("not_signed_in");
  return { device: readableUserAgent(session.userAgent), sessionId: credential.id };
}

async function getDevice(db: Act["db"], { teamId, userId }: Caller, id: string) {
  const found = await store.findDevice(db, teamId, userId, id);
  if (!found) throw new Refusal("record_not_found");
  return found;
}

function tell(act: Act, type: EventType, { id, device }: store.DeviceRow) {
  return record(byCaller(act), {
    type,
    subject: { type: "user", id: act.caller.userId },
    data: { push_subscription: id, device },
  });
}
