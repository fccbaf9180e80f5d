// One device is told what is new for it: read in one transaction, called with none open, recorded in another. A process that dies
// in between leaves a device that is taken for two minutes. The same notification then comes once more, under the tag of the first
// one, so the device shows one of both.

import type { App } from "../../../app.ts";
import { judgePush } from "../../../domain/basics/retry.ts";
import { noticesOf } from "../../../domain/insight/push-words.ts";
import { inLanguage } from "../../../kernel/language.ts";
import { crashPoint } from "../../../seams.ts";
import { type By, record } from "../../events/events/store.ts";
import { callPushService } from "./calling.ts";
import { openPushKeys } from "./keys.ts";
import * as news from "./news-store.ts";
import { type DeviceRow, deleteDevice } from "./store.ts";

type Recording = (teamId: string, work: (by: By) => Promise<unknown>) => Promise<unknown>;

/** `recording` opens the transaction of the result. */
export async function tellDevice(app: App, teamId: string, taken: news.TakenDevice, recording: Recording) {
  const found = await app.db.inTeam(teamId, async (db) => {
    const due = await news.findTaken(db, teamId, taken, app.now());
    return due && { ...due, keys: await openPushKeys(app, db) };
  });
  if (!found) return;
  const { device, keys } = found;
  const told = found.news.filter(({ isTold }) => isTold).map(({ key }) => key);
  const fresh = found.news.filter(({ isTold }) => !isTold);
  let failures = device.failures;
  let hasDelivered = false;
  let nextTryAt: Temporal.Instant | null = null;
  const notices = inLanguage(device.language, () => noticesOf(fresh, device));
  for (const { keys: of, notice } of notices) {
    const outcome = await callPushService(app, { teamId, device, keys }, notice);
    const verdict = judgePush(outcome, failures + 1, app.now());
    if (verdict.is === "gone" || verdict.is === "given_up") {
      await recording(teamId, (by) => remove(by, device, verdict.is));
      return;
    }
    if (verdict.is === "retry") {
      failures += 1;
      nextTryAt = app.now().add({ milliseconds: verdict.afterMs });
      break;
    }
    told.push(...of);
    hasDelivered = true;
    failures = 0;
  }
  await crashPoint("push-before-record");
  const result = { told, hasDelivered, failures, nextTryAt };
  await recording(teamId, ({ db, now }) => news.noteTold(db, teamId, taken, result, now));
}

async function remove(by: By, { id, userId, device }: DeviceRow, because: "gone" | "given_up") {
  if ((await deleteDevice(by.db, by.teamId, id)) === 0) return;
  await record(by, {
    type: "push_subscription.deleted",
    subject: { type: "user", id: userId },
    data: { push_subscription: id, device, because },
  });
}
