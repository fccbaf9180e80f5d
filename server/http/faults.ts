// Faults of calls in a sandbox: slow, refused, or done without an answer, as the list of the team says.

import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyRequest } from "fastify";
import { Refusal } from "../kernel/refusal.ts";
import type { Inside } from "./server.ts";

export type CallToFault = { method: string; path: string };

export type CallFault = {
  status?: keyof typeof CODES | undefined;
  latency_ms?: number | undefined;
  /** The call has its effect, and no answer comes. */
  lost?: boolean | undefined;
};

const PREFIX = /^\/(?:api\/)?v1(?=\/)/;

const CODES = {
  429: "sandbox_fault_rate_limited",
  500: "sandbox_fault_failed",
  502: "sandbox_fault_bad_gateway",
  503: "sandbox_fault_unavailable",
  504: "sandbox_fault_timed_out",
} as const;

/** Waits or refuses, as the fault says. Answers whether the call is carried out and its answer lost. */
export async function meetFault({ faultOf }: Inside, teamId: string, request: FastifyRequest) {
  if (!faultOf) return false;
  const [url = ""] = request.url.split("?");
  const path = url.replace(PREFIX, "");
  if (path.startsWith("/sandbox/")) return false; // or nobody could take it back
  const fault = await faultOf(teamId, { method: request.method, path });
  if (!fault) return false;
  const { status, latency_ms: latencyMs = 0, lost = false } = fault;
  await sleep(latencyMs);
  if (status !== undefined) throw new Refusal(CODES[status]);
  return lost;
}
