// What the service worker does with a notification of the server: it shows it, and opens its page at a click.

/// <reference lib="webworker" />

type PushNotice = { title: string; tag: string; url: string };

export function listenForPush(worker: ServiceWorkerGlobalScope) {
  worker.addEventListener("push", (event) => {
    const notice = event.data?.json() as PushNotice | undefined;
    if (notice) event.waitUntil(show(worker, notice));
  });

  worker.addEventListener("notificationclick", (event) => {
    event.notification.close();
    const { url = "/" } = (event.notification.data ?? {}) as Partial<PushNotice>;
    event.waitUntil(openPage(worker, url));
  });

  // Browsers change the address of a subscription now and then. Where this fails, the settings show that the device is off.
  worker.addEventListener("pushsubscriptionchange", (event) => {
    event.waitUntil(resubscribe(worker, event.oldSubscription).catch(() => {}));
  });
}

function show(worker: ServiceWorkerGlobalScope, { title, tag, url }: PushNotice) {
  return worker.registration.showNotification(title, {
    tag,
    icon: "/icons/icon-192.png",
    badge: "/icons/icon-192.png",
    data: { url },
  });
}

/** In the window that is open, or in a new one. */
async function openPage(worker: ServiceWorkerGlobalScope, path: string) {
  const url = new URL(path, worker.location.origin);
  if (url.origin !== worker.location.origin) return;
  const [open] = await worker.clients.matchAll({ type: "window" });
  try {
    if (!open) throw new Error("no window is open");
    await open.focus();
    await open.navigate(url.href);
  } catch {
    await worker.clients.openWindow(url.href);
  }
}

const PLACE = "/api/v1/push_subscriptions";

type Known = { id: string; endpoint: string; [wish: string]: unknown };

/** With the same wishes as before, under the new address. */
async function resubscribe(worker: ServiceWorkerGlobalScope, old: PushSubscription | null) {
  const answer = await fetch(PLACE);
  if (!answer.ok) return;
  const { public_key, push_subscriptions } = (await answer.json()) as {
    public_key: string;
    push_subscriptions: Known[];
  };
  const before = push_subscriptions.find(({ endpoint }) => endpoint === old?.endpoint);
  if (!before) return;
  const { pushManager } = worker.registration;
  const fresh = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: public_key });
  const { endpoint, keys } = fresh.toJSON();
  const { language, wants_replies, wants_tasks, wants_mentions, shows_names } = before;
  const wishes = { language, wants_replies, wants_tasks, wants_mentions, shows_names };
  await fetch(PLACE, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ endpoint, p256dh: keys?.p256dh, auth: keys?.auth, ...wishes }),
  });
  await fetch(`${PLACE}/${before.id}`, { method: "DELETE" });
}
