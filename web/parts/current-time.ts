// What time it is: this device's, and in a sandbox the sandbox's. Nothing else in the web app asks a clock.

type SandboxClock = { now: string; speed: number };

let sandbox: { atMs: number; seenMs: number; speed: number } | null = null;

export function currentTime() {
  if (!sandbox) return new Date();
  return new Date(sandbox.atMs + (Date.now() - sandbox.seenMs) * sandbox.speed);
}

export function currentTimeMs() {
  return currentTime().getTime();
}

let minute = new Date(0);

/** The same for a minute at a time: rows that show it in words are not drawn again in between. */
export function currentMinute() {
  const now = currentTime();
  if (Math.abs(now.getTime() - minute.getTime()) >= 60_000) minute = now;
  return minute;
}

/** As the server told it a moment ago. */
export function followSandbox(clock: SandboxClock) {
  sandbox = { atMs: Date.parse(clock.now), seenMs: Date.now(), speed: clock.speed };
}
