// "Add contacts to sequence", as automation platforms describe an action: the input fields (JSON Schema), and what is then
// done. One definition for workflows, n8n, the command line and other callers; the part without a client is in adding.ts.

import { type Configuration as AnyConfiguration, addContacts, description } from "./adding.ts";
import { type Client, createClient, type Input, type Output } from "./client.ts";
import { type Job, waitForJob } from "./jobs.ts";
import type { ClientOptions } from "./sending.ts";

export { Misconfigured, MOST_AT_ONCE, type Problem } from "./adding.ts";

export type Configuration = Omit<AnyConfiguration, "additional_fields"> & {
  additional_fields?: Partial<Input<"joining", "addContacts">>;
};

export type Context = {
  /** Where the answer is put. */
  variables: Record<string, unknown>;
  /** Who is asked: a client, or what one is made from. */
  client?: Pick<Client, "joining" | "progress">;
  connection?: ClientOptions;
  /** The same key for the same run of a workflow: a repeated run adds no contact twice and gets the first answer. */
  idempotencyKey?: string;
  dryRun?: boolean;
  signal?: AbortSignal;
  /** How far the job is, where it is waited for. */
  onProgress?: (job: Job) => void;
};

export const addContactsToSequence = { ...description, run } as const;

type Answer = Output<"joining", "addContacts">;

/** Puts the API's answer into `context.variables`, and answers it too. */
async function run(configuration: Configuration, context: Context): Promise<Answer> {
  const api = context.client ?? clientFor(context.connection);
  const { idempotencyKey, dryRun, signal, onProgress, variables } = context;
  const call = {
    ...(idempotencyKey && { idempotencyKey }),
    ...(dryRun && { dryRun }),
    ...(signal && { signal }),
  };
  const waiting = { ...(onProgress && { onProgress }), ...(signal && { signal }) };
  return await addContacts<Answer, Job>(configuration as AnyConfiguration, variables, {
    add: (input) => api.joining.addContacts(input, call),
    wait: (id) => waitForJob(api, id, waiting),
    dryRun,
  });
}

function clientFor(connection: ClientOptions | undefined) {
  if (!connection) throw new TypeError("The context needs a client, or a connection to make one from.");
  return createClient(connection);
}
