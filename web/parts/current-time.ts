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

/** As the server told it a moment ago. */
export function followSandbox(clock: SandboxClock) {
  sandbox = { atMs: Date.parse(clock.now), seenMs: Date.now(), speed: clock.speed };
}
