// Registers the service worker, in the built app alone: vite's own server has none at this address.

export function registerWorker() {
  // Browsers have it on https and on this machine's own address alone.
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  // Where a browser refuses it (a private window, a full disk), the app works as before.
  addEventListener("load", () => void navigator.serviceWorker.register("/service-worker.js").catch(() => {}));
}
