// The settings of a world that is a sandbox. Links in its emails lead to itself, so it knows its port beforehand.

import type { Config } from "../config.ts";
import { freePort } from "./doors.ts";

/** A Monday. */
export const SANDBOX_BEGINS = "2027-01-04T09:00:00Z";

export async function inSandbox(): Promise<Partial<Config>> {
  const port = await freePort();
  return {
    sandbox: { at: Temporal.Instant.from(SANDBOX_BEGINS), isKept: true },
    catcher: true,
    engineLoops: 4,
    port,
    publicUrl: `http://localhost:${port}`,
  };
}
