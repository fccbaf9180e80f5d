// Puts one question to one provider over the network: time-outs, retries, and checks of the answer. Never inside a
// transaction.
//
// A provider may hang, lie, send a hundred megabytes or say 429 for hours. At most a megabyte is read. A provider that
// asks us to wait is not asked meanwhile, and neither is one that fails five times in a row.

import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { App } from "../../../app.ts";
import { peaceAsked } from "../../../domain/basics/retry.ts";
import {
  isAbout,
  isAboutOrganization,
  type OrganizationQuestion,
  type PersonQuestion,
  saysWho,
} from "../../../domain/prospecting/enrichment.ts";
import {
  isObject,
  type ProviderAnswer,
  readApolloOrganization,
  readApolloPerson,
} from "../../../domain/prospecting/provider-answers.ts";
import {
  type CallMapping,
  type FilledCall,
  fillCall,
  readOrganization,
  readProviderPerson,
  valuesOfOrganization,
  valuesOfPerson,
} from "../../../domain/prospecting/provider-mapping.ts";
import type { FetchResult } from "../../../outgoing/door.ts";
import { providerFault } from "../../sending/sandbox-faults/commands.ts";
import type { ProviderRow, WithKey } from "./store.ts";

export type ProviderQuestion =
  | { about: "person"; person: PersonQuestion; wantsPhone: boolean }
  | { about: "organization"; organization: OrganizationQuestion };

const PAUSE_MS = 250;
const FINDING_MS = 5_000;
const PEACE_MS = 60_000;
const FAILURES_IN_A_ROW = 5;

/** Whether it can be asked this at all. */
export function canAnswer({ kind, mapping }: ProviderRow, question: ProviderQuestion) {
  // Our ids mean nothing to others.
  if (question.about === "person" && !saysWho({ ...question.person, id: null })) return false;
  return kind === "apollo" || Boolean(mapping?.[question.about]);
}

export function placeOfProviderKey(teamId: string, rowId: string) {
  return { teamId, table: "enrichment_providers", rowId, column: "sealed_key" };
}

/** With all its tries, and finding out where it is each time. */
export function longestAsk({ timeoutMs, retries }: Pick<ProviderRow, "timeoutMs" | "retries">) {
  return (retries + 1) * (timeoutMs + FINDING_MS) + (PAUSE_MS * retries * (retries + 1)) / 2;
}

export async function askProvider(
  app: App,
  teamId: string,
  provider: WithKey,
  question: ProviderQuestion,
  requestId: string,
): Promise<ProviderAnswer> {
  const began = performance.now();
  const key = app.secrets.open(placeOfProviderKey(teamId, provider.id), provider.sealedKey);
  const call = withRequestId(callFor(provider, question, key), requestId);
  let last: { error: string; retryAfterMs: number | null } = { error: "not_asked", retryAfterMs: null };
  for (let tries = 0; tries <= provider.retries; tries++) {
    if (tries > 0) await sleep(PAUSE_MS * tries);
    const said = await send(app, teamId, provider, call);
    const tookMs = Math.round(performance.now() - began);
    if (said.kind === "failed") {
      last = { error: said.error, retryAfterMs: null };
      if (said.error !== "connection_failed") break; // the others will be no different a moment later
      continue;
    }
    if (said.status === 404 || said.status === 204) return { outcome: "miss", tookMs };
    if (said.status >= 200 && said.status < 300)
      return { ...understand(provider, question, said.body), tookMs };
    last = {
      error: `status_${said.status}`,
      retryAfterMs: peaceAsked(said.status, said.retryAfter, app.now()),
    };
    if (said.status < 500) break;
  }
  return { outcome: "failed", ...last, tookMs: Math.round(performance.now() - began) };
}

/** In a sandbox it may go wrong on purpose. */
async function send(app: App, teamId: string, provider: WithKey, call: FilledCall): Promise<FetchResult> {
  const ask = () => app.outgoing.fetch({ ...call, longestMs: provider.timeoutMs, answer: "provider" });
  const fault = app.sandbox && (await providerFault(app, teamId, provider));
  if (!fault) return ask();
  const { status, latency_ms: latencyMs = 0, lost = false } = fault.settings;
  await sleep(latencyMs);
  if (status !== undefined) return { kind: "answered", status, body: "", retryAfter: null, location: null };
  const said = await ask();
  return lost ? { kind: "failed", error: "timed_out" } : said;
}

/**
 * A second try, by us or by the process that takes over, sends the same id as the first; another wording is another
 * request. A mapping that names its own key is left as it is.
 */
function withRequestId(call: FilledCall, requestId: string): FilledCall {
  const told = [requestId, call.method, call.url, call.body ?? ""].join(" ");
  const id = createHash("sha256").update(told).digest("hex").slice(0, 32);
  return { ...call, headers: { "idempotency-key": id, ...call.headers } };
}

function callFor({ kind, baseUrl, mapping }: WithKey, question: ProviderQuestion, key: string): FilledCall {
  if (kind === "apollo") return apolloCall(baseUrl ?? "", question, key);
  const call = mapping?.[question.about];
  if (!mapping || !call) throw new Error("a provider is asked what it cannot answer");
  const values =
    question.about === "person"
      ? valuesOfPerson(question.person)
      : valuesOfOrganization(question.organization);
  return fillCall(call, mapping.key, values, key);
}

function apolloCall(baseUrl: string, question: ProviderQuestion, key: string): FilledCall {
  const headers = { accept: "application/json", "content-type": "application/json", "x-api-key": key };
  const base = baseUrl.replace(/(?<!\/)\/+$/, "");
  if (question.about === "organization") {
    const { domain, linkedinUrl, name } = question.organization;
    const wish = withoutNulls({ domain, linkedin_url: linkedinUrl, name });
    const url = `${base}/api/v1/organizations/enrich?${new URLSearchParams(wish)}`;
    return { method: "GET", url, headers, body: null };
  }
  const { person } = question;
  const wish = withoutNulls({
    first_name: person.firstName,
    last_name: person.lastName,
    name: person.name,
    email: person.email,
    hashed_email: person.hashedEmail,
    organization_name: person.organizationName,
    domain: person.domain,
    linkedin_url: person.linkedinUrl,
  });
  return { method: "POST", url: `${base}/api/v1/people/match`, headers, body: JSON.stringify(wish) };
}

function withoutNulls(values: Record<string, string | null>) {
  return Object.fromEntries(Object.entries(values).filter((one): one is [string, string] => one[1] !== null));
}

function understand(provider: WithKey, question: ProviderQuestion, body: string) {
  const answer = parsed(body);
  if (answer === undefined)
    return { outcome: "failed", error: "unreadable_answer", retryAfterMs: null } as const;
  if (question.about === "person") {
    const person = personIn(provider, answer);
    if (person === null) return { outcome: "miss" } as const;
    if (!isAbout(question.person, person))
      return { outcome: "failed", error: "somebody_else", retryAfterMs: null } as const;
    return { outcome: "hit", person, organization: null } as const;
  }
  const organization = organizationIn(provider, answer);
  if (organization === null) return { outcome: "miss" } as const;
  if (!isAboutOrganization(question.organization, organization))
    return { outcome: "failed", error: "somebody_else", retryAfterMs: null } as const;
  return { outcome: "hit", person: null, organization } as const;
}

function personIn({ kind, mapping }: WithKey, answer: unknown) {
  if (kind === "apollo") return isObject(answer) ? readApolloPerson(answer.person) : null;
  return readProviderPerson(mapping?.person as CallMapping, answer);
}

function organizationIn({ kind, mapping }: WithKey, answer: unknown) {
  if (kind === "apollo") return isObject(answer) ? readApolloOrganization(answer.organization) : null;
  return readOrganization(mapping?.organization as CallMapping, answer);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

/** What its last answers mean for whether it is asked again. */
export function providerHealthAfter(
  failuresBefore: number,
  answers: readonly ProviderAnswer[],
  now: Temporal.Instant,
): { failures: number; pausedUntil: Temporal.Instant | null } {
  let failures = failuresBefore;
  let peaceMs = 0;
  for (const answer of answers) {
    if (answer.outcome !== "failed") failures = 0;
    else {
      failures += 1;
      peaceMs = Math.max(peaceMs, answer.retryAfterMs ?? 0);
    }
  }
  if (failures >= FAILURES_IN_A_ROW) peaceMs = Math.max(peaceMs, PEACE_MS * Math.min(60, failures));
  return { failures, pausedUntil: peaceMs > 0 ? now.add({ milliseconds: peaceMs }) : null };
}
