import assert from "node:assert/strict";
import { test } from "node:test";
import { makeWake } from "./wakeable-loop.ts";

const NEVER = new AbortController().signal;
const LONG_MS = 60_000;

test("a loop that pauses goes on when woken, and not before its time else", async () => {
  const { wake, pause } = makeWake();
  const began = performance.now();
  await pause(30, NEVER);
  assert.ok(performance.now() - began >= 29);
  const pausing = pause(LONG_MS, NEVER);
  wake();
  await pausing;
});

test("who was woken while busy does not pause, once", async () => {
  const { wake, pause } = makeWake();
  wake();
  wake();
  await pause(LONG_MS, NEVER);
  const began = performance.now();
  await pause(20, NEVER);
  assert.ok(performance.now() - began >= 19);
});

test("who is told to stop does not pause on", async () => {
  const { pause } = makeWake();
  const stopping = new AbortController();
  const pausing = pause(LONG_MS, stopping.signal);
  stopping.abort();
  await pausing;
  await pause(LONG_MS, stopping.signal);
});
