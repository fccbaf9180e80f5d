// The service worker: opens the app where there is no network. It keeps the page and what that page loads first, all of it
// the same for every visitor. Answers of the API are never kept, so nothing personal is. And it shows notifications.
//
// While the server can be reached, the page always comes from it: a new version shows itself at the next page that is opened.

/// <reference lib="webworker" />

import { listenForPush } from "./push-events.ts";

/** Written in by the build (vite.config.ts): the files of this version. */
declare const SHELL_FILES: readonly string[];
/** A word that changes with them. */
declare const SHELL_VERSION: string;

const worker = globalThis as unknown as ServiceWorkerGlobalScope;

const PREFIX = "cadenza-shell-";
const CACHE = PREFIX + SHELL_VERSION;
/** Answers of the server that are not pages of the app. */
const NOT_THE_APP = /^\/(?:api|v1|assets|icons|health|help|docs|oauth|mcp|\.well-known)(?:\/|$)|\.json$/;

listenForPush(worker);

worker.addEventListener("install", (event) => {
  event.waitUntil(keepShell().then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(dropOlder().then(() => worker.clients.claim()));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== worker.location.origin) return;
  if (request.mode === "navigate") {
    if (!NOT_THE_APP.test(pathname)) event.respondWith(fetch(request).catch(() => keptOr(request, "/")));
  } else if (pathname.startsWith("/assets/")) event.respondWith(keptOr(request, pathname));
});

/** Without cookies, so that no answer can be about a person. */
async function keepShell() {
  const cache = await caches.open(CACHE);
  await Promise.all(SHELL_FILES.map((path) => keep(cache, path)));
}

async function keep(cache: Cache, path: string) {
  const headers = { accept: path === "/" ? "text/html" : "*/*" };
  const answer = await fetch(path, { headers, credentials: "omit" });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  await cache.put(path, answer);
}

async function dropOlder() {
  const older = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(older.map((name) => caches.delete(name)));
}

async function keptOr(request: Request, path: string) {
  const cache = await caches.open(CACHE);
  return (await cache.match(path, { ignoreVary: true })) ?? fetch(request);
}
