// One notification, handed to the push service of the browser's maker. The service learns when and how much is sent, and can
// read nothing of it.

import type { App } from "../../../app.ts";
import type { PushNotice } from "../../../domain/insight/push-words.ts";
import { encryptFor, type PushKeys, vapidHeader } from "../../../kernel/web-push.ts";
import type { DeviceRow } from "./store.ts";

/** So long the service keeps it for a device that is off: what is older is no news. */
const KEPT_FOR_SECONDS = 3_600;
const LONGEST_MS = 10_000;

/** `status` is null where no answer came. */
type PushOutcome = { status: number | null; asked: string | null };

export async function callPushService(
  app: Pick<App, "outgoing" | "secrets" | "config" | "now">,
  { teamId, device, keys }: { teamId: string; device: DeviceRow; keys: PushKeys },
  notice: PushNotice,
): Promise<PushOutcome> {
  const { endpoint, p256dh } = device;
  const { publicUrl } = app.config;
  const browser = { p256dh, auth: app.secrets.open(placeOfAuth(teamId, device.id), device.auth) };
  // Services take a page or an address of mail, and refuse a page that is not https.
  const subject = publicUrl.startsWith("https:") ? publicUrl : null;
  const outcome = await app.outgoing.fetch({
    method: "POST",
    url: endpoint,
    headers: {
      authorization: vapidHeader(keys, { endpoint, subject, now: app.now() }),
      "content-encoding": "aes128gcm",
      "content-type": "application/octet-stream",
      ttl: String(KEPT_FOR_SECONDS),
      topic: notice.tag,
      "user-agent": "Cadenza",
    },
    body: encryptFor(browser, JSON.stringify(notice)),
    longestMs: LONGEST_MS,
    answer: "words",
  });
  return outcome.kind === "answered"
    ? { status: outcome.status, asked: outcome.retryAfter }
    : { status: null, asked: null };
}

export function placeOfAuth(teamId: string, rowId: string) {
  return { teamId, table: "push_subscriptions", rowId, column: "auth" };
}
