// The whole table: what Cadenza can be asked.

import { auth } from "./apollo/auth.ts";
import { emailAccounts } from "./apollo/email-accounts.ts";
import { notes } from "./apollo/notes.ts";
import { opportunities, opportunityStages } from "./apollo/opportunities.ts";
import { phoneCalls } from "./apollo/phone-calls.ts";
import { tasks } from "./apollo/tasks.ts";
import { usageStats } from "./apollo/usage-stats.ts";
import { users } from "./apollo/users.ts";
import type { Endpoint, Example } from "./endpoint.ts";
import { examples } from "./examples/index.ts";
import { invitations, sessions, setup } from "./extras/access.ts";
import { apiKeys } from "./extras/api-keys.ts";
import { auditLog } from "./extras/audit-log.ts";
import { callChoices } from "./extras/calls.ts";
import { events } from "./extras/events.ts";
import { mailboxes } from "./extras/mailboxes.ts";
import { noteWriting } from "./extras/notes.ts";
import { people } from "./extras/people.ts";
import { progress } from "./extras/progress.ts";
import { suppressions } from "./extras/suppressions.ts";
import { teams } from "./extras/teams.ts";
import { webhookSubscriptions } from "./extras/webhooks.ts";

export const contract = {
  auth,
  users: { ...users, ...people },
  usageStats,
  apiKeys,
  auditLog,
  emailAccounts: { ...emailAccounts, ...mailboxes },
  notes: { ...notes, ...noteWriting },
  opportunities,
  opportunityStages,
  phoneCalls: { ...phoneCalls, ...callChoices },
  events,
  invitations,
  progress,
  sessions,
  setup,
  suppressions,
  tasks,
  teams,
  webhookSubscriptions,
};

export type Contract = typeof contract;

export type Entry = { name: string; endpoint: Endpoint; examples: readonly Example[] };

/** Every endpoint with the name the SDK gives it (`users.search`) and its examples. */
export const endpoints: readonly Entry[] = Object.entries(contract).flatMap(([noun, verbs]) =>
  Object.entries(verbs as Record<string, Endpoint>).map(([verb, endpoint]) => {
    const name = `${noun}.${verb}`;
    return { name, endpoint, examples: examples[name] ?? [] };
  }),
);

export { EMPTY_FACETS } from "./apollo/tasks.ts";
export type { Access, Endpoint, Example, Method } from "./endpoint.ts";
export { pathParameters, scopeName } from "./endpoint.ts";
export { type RefusalCode, type RefusalEntry, refusals } from "./errors.ts";
export * as fields from "./fields.ts";
