// A sandbox that answers as Apollo does. For keys and access tokens there is what Apollo documents: its operations, with their
// parameters and the fields of their answers, its places for a key, its limits. Sessions of the web app, and the calls by which a test
// steers the sandbox, stay as they are.

import { type Endpoint, scopeName } from "@cadenza/contract";
import { isIncluded, mostPages, planLimits } from "@cadenza/contract/plans";
import type { FastifyRequest } from "fastify";
import type { Caller } from "../app.ts";
import type { RateLimits } from "../config.ts";
import type { Plan } from "../domain/identity/apollo-plans.ts";
import { Refusal } from "../kernel/refusal.ts";
import { UNLIMITED } from "../kernel/usage.ts";
import { scopeMissing } from "./access.ts";
import { headerCredential } from "./credentials.ts";
import { type DocumentedCall, documentedCall } from "./documented.ts";

export type StrictCall = DocumentedCall & {
  limits: RateLimits;
  /** Of a search; null: up to the limit that all searches have. */
  mostPages: number | null;
};

/** By which a test steers the sandbox, and reads the emails that were sent. */
const SPARED = /^\/(?:sandbox|catcher)\//;

export async function strictPlanFor(
  strictOf: ((teamId: string) => Promise<Plan | null>) | undefined,
  { teamId, credential }: Caller,
  endpoint: Endpoint,
): Promise<Plan | null> {
  const isProgram = credential.kind === "key" || credential.kind === "token";
  if (!strictOf || !isProgram || SPARED.test(endpoint.path)) return null;
  return strictOf(teamId);
}

/** The call as Apollo documents it, or Apollo's refusal. */
export async function strictCall(
  plan: Plan,
  caller: Caller,
  endpoint: Endpoint,
  request: FastifyRequest,
): Promise<StrictCall> {
  const documented = await documentedCall(endpoint);
  if (!documented) throw new Refusal("route_not_found");
  refusePlace(caller, request);
  if (!holdsScope(caller, endpoint)) throw refusalOfScope(plan, caller, endpoint);
  if (!isIncluded(plan, endpoint.scope)) throw new Refusal("strict_paid_plans");
  const { minute, hour, day } = planLimits(plan, endpoint.scope);
  const limits = { minute: minute ?? UNLIMITED, hour: hour ?? UNLIMITED, day: day ?? UNLIMITED };
  return { ...documented, limits, mostPages: mostPages(plan) };
}

/** Apollo takes a key in one place alone. */
function refusePlace({ credential }: Caller, request: FastifyRequest) {
  if (credential.kind !== "key" || request.headers["x-api-key"] !== undefined) return;
  throw new Refusal(headerCredential(request) ? "invalid_api_key" : "strict_key_location");
}

/** Without `read_only`, which is Cadenza's own; what any key may call here needs its scope at Apollo. */
function holdsScope({ credential }: Caller, { access, oauth, scope }: Endpoint) {
  if (credential.kind === "token")
    return credential.scopes.some((one) => one === oauth || (one === "app_scopes" && access !== "master"));
  if (credential.kind !== "key" || credential.isMaster) return true;
  return access !== "master" && credential.scopes.includes(scopeName({ scope }));
}

function refusalOfScope(plan: Plan, { credential }: Caller, endpoint: Endpoint) {
  const facts = { scope: scopeName(endpoint) };
  if (credential.kind === "token") return new Refusal("token_scope_missing", facts);
  return plan === "free" ? new Refusal("strict_scope_on_free", facts) : scopeMissing(endpoint);
}

export function refusePageBeyond({ mostPages: most }: StrictCall, { page }: Record<string, unknown>) {
  if (most !== null && typeof page === "number" && page > most) throw new Refusal("page_over_threshold");
}

const ERROR_KEYS = new Set([
  "error",
  "error_code",
  "error_details",
  "error_message",
  "message",
  "status",
  "skip_alert_dialog",
  "allow_moving_to_next_task",
  "deleted_contact_ids",
  "retry_after_seconds",
]);

/** What Apollo says of a refusal: our code and advice are not among it. */
export function asApolloRefuses(body: object) {
  return Object.fromEntries(Object.entries(body).filter(([key]) => ERROR_KEYS.has(key)));
}
