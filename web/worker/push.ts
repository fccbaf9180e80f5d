// Notifications in this browser: whether it can show them, and the address under which its maker's push service reaches it.

export type PushHere =
  | { kind: "insecure" | "unsupported" | "blocked" }
  /** `endpoint` is null where this browser has not subscribed. */
  | { kind: "ready"; endpoint: string | null };

export async function readPushHere(): Promise<PushHere> {
  if (!isSecureContext) return { kind: "insecure" };
  if (!("PushManager" in globalThis) || !("Notification" in globalThis)) return { kind: "unsupported" };
  const manager = await pushManager();
  if (!manager) return { kind: "unsupported" };
  if (Notification.permission === "denied") return { kind: "blocked" };
  return { kind: "ready", endpoint: (await manager.getSubscription())?.endpoint ?? null };
}

/** The browser asks its user, if it has not yet. */
export async function beginPush(publicKey: string) {
  const manager = await pushManager();
  if (!manager) throw new Error("no service worker is registered");
  await endPush(); // one that was made with another key is in the way
  const subscription = await manager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
  const { endpoint = "", keys = {} } = subscription.toJSON();
  return { endpoint, p256dh: keys.p256dh ?? "", auth: keys.auth ?? "" };
}

/** The push service then answers the server that the browser is gone. */
export async function endPush() {
  const subscription = await (await pushManager())?.getSubscription();
  await subscription?.unsubscribe();
}

/** Without waiting for a service worker: where a browser has refused it, it never comes. */
async function pushManager() {
  if (!("serviceWorker" in navigator)) return undefined;
  return (await navigator.serviceWorker.getRegistration())?.pushManager;
}
