// "Add contacts to sequence", as automation platforms describe an action: what is to be filled in (JSON Schema), and
// what is then done. One definition for workflows, n8n, the command line and whoever else offers it.
//
// What is easy to get wrong: the ids come as a person typed or pasted them, so all that are no ids are named at once,
// before anything is sent; and above the server's limit for one answer the work is asked for in the background.

import { type Client, createClient, type Input, type Output } from "./client.ts";
import { type Job, waitForJob } from "./jobs.ts";
import type { ClientOptions } from "./sending.ts";

/** Up to so many are added while the caller waits. */
export const MOST_AT_ONCE = 1_000;

export type Configuration = {
  sequence_id: string;
  /** One, or several separated by commas, which then take turns. */
  email_account_id: string;
  contact_ids: string | readonly string[];
  sequence_no_email?: boolean;
  sequence_unverified_email?: boolean;
  sequence_job_change?: boolean;
  sequence_active_in_other_campaigns?: boolean;
  sequence_finished_in_other_campaigns?: boolean;
  user_id?: string;
  output_variable?: string;
  async?: boolean;
  wait?: boolean;
  additional_fields?: Partial<Input<"joining", "addContacts">>;
};

export type Context = {
  /** Where the answer is put. */
  variables: Record<string, unknown>;
  /** Who is asked: a client, or what one is made from. */
  client?: Pick<Client, "joining" | "progress">;
  connection?: ClientOptions;
  /** The same for the same run of a workflow: run again, it adds nobody twice and gets the first answer. */
  idempotencyKey?: string;
  dryRun?: boolean;
  signal?: AbortSignal;
  /** How far the job is, where it is waited for. */
  onProgress?: (job: Job) => void;
};

export type Problem = { field: string; value: string; says: string };

/** What is filled in cannot be sent. Names everything that is wrong with it. */
export class Misconfigured extends Error {
  readonly code = "misconfigured";
  readonly problems: readonly Problem[];
  readonly todo = "Correct what is named; nothing was sent.";

  constructor(problems: readonly Problem[]) {
    const shown = problems.slice(0, 10).map(({ field, says }) => `${field}: ${says}`);
    const more = problems.length - shown.length;
    super([...shown, ...(more > 0 ? [`and ${more} more`] : [])].join("; "));
    this.name = "Misconfigured";
    this.problems = problems;
  }
}

const flag = (title: string) => ({ type: "boolean", title, default: false }) as const;
const ID = "[0-9a-fA-F]{24}";

export const addContactsToSequence = {
  key: "add_contacts_to_sequence",
  name: "Add contacts to sequence",
  description: "Adds contacts to a sequence; whoever is left out is named with the reason.",

  /** JSON Schema of what is to be filled in. */
  configuration: {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Add contacts to sequence",
    type: "object",
    required: ["sequence_id", "email_account_id", "contact_ids"],
    additionalProperties: false,
    properties: {
      sequence_id: { type: "string", title: "Sequence id", pattern: `^\\s*${ID}\\s*$` },
      email_account_id: {
        type: "string",
        title: "Email account id",
        description: "The mailbox to send from. Several, separated by commas, take turns.",
      },
      contact_ids: {
        oneOf: [{ type: "string" }, { type: "array", items: { type: "string" } }],
        title: "Contact ids",
        description: "Separated by commas.",
      },
      sequence_no_email: flag("Add contacts without an email address"),
      sequence_unverified_email: flag("Add contacts whose email address is unverified"),
      sequence_job_change: flag("Add contacts who have changed jobs"),
      sequence_active_in_other_campaigns: flag("Add contacts who are active in other sequences"),
      sequence_finished_in_other_campaigns: flag("Add contacts who have finished other sequences"),
      user_id: { type: "string", title: "User id", description: "Who adds them." },
      output_variable: {
        type: "string",
        title: "Output variable",
        description: "Gets the whole answer.",
        default: "add_contacts_to_sequence",
        minLength: 1,
      },
      async: {
        ...flag("Answer at once"),
        description: `Adds them in the background. More than ${MOST_AT_ONCE} contacts always are.`,
      },
      wait: {
        ...flag("Wait"),
        description: "Where they are added in the background, waits until that is done.",
      },
      additional_fields: {
        type: "object",
        title: "More",
        description: "Any further parameter of the call, such as status, auto_unpause_at or label_names.",
      },
    },
  },

  run,
} as const;

type Answer = Output<"joining", "addContacts">;

/** Puts the API's answer into `context.variables`, and answers it too. */
async function run(configuration: Configuration, context: Context): Promise<Answer> {
  const wish = readConfiguration(configuration);
  const api = context.client ?? clientFor(context.connection);
  const { idempotencyKey, dryRun, signal } = context;
  const call = {
    ...(idempotencyKey && { idempotencyKey }),
    ...(dryRun && { dryRun }),
    ...(signal && { signal }),
  };
  const answer = await api.joining.addContacts(wish.input, call);
  context.variables[wish.variable] = answer;
  if (!wish.waits || dryRun || !("entity_progress_job" in answer)) return answer;
  const { onProgress } = context;
  const waiting = { ...(onProgress && { onProgress }), ...(signal && { signal }) };
  const job = await waitForJob(api, answer.entity_progress_job.id, waiting);
  const ended = { ...answer, entity_progress_job: job };
  context.variables[wish.variable] = ended;
  return ended;
}

function clientFor(connection: ClientOptions | undefined) {
  if (!connection) throw new TypeError("The context needs a client, or a connection to make one from.");
  return createClient(connection);
}

const FLAGS = [
  "sequence_no_email",
  "sequence_unverified_email",
  "sequence_job_change",
  "sequence_active_in_other_campaigns",
  "sequence_finished_in_other_campaigns",
] as const;

function readConfiguration(given: Configuration) {
  const problems: Problem[] = [];
  const sequence = readIds("sequence_id", given.sequence_id, problems, true);
  const mailboxes = readIds("email_account_id", given.email_account_id, problems, true);
  const lists = given.additional_fields?.label_names ?? [];
  const contacts = readIds("contact_ids", given.contact_ids, problems, lists.length === 0);
  const user = readIds("user_id", given.user_id ?? "", problems, false);
  if (sequence.length > 1) problems.push({ field: "sequence_id", value: "", says: "takes one id" });
  if (user.length > 1) problems.push({ field: "user_id", value: "", says: "takes one id" });
  const variable = (
    given.output_variable ?? addContactsToSequence.configuration.properties.output_variable.default
  ).trim();
  if (!isVariable(variable))
    problems.push({ field: "output_variable", value: variable, says: "is no name for a variable" });
  if (problems.length > 0) throw new Misconfigured(problems);
  const id = sequence[0] as string;
  const input: Input<"joining", "addContacts"> = {
    ...given.additional_fields,
    id,
    emailer_campaign_id: id,
    ...(contacts.length > 0 && { contact_ids: contacts }),
    send_email_from_email_account_id: mailboxes,
    ...Object.fromEntries(FLAGS.filter((name) => isOn(given[name])).map((name) => [name, true])),
    ...(user[0] !== undefined && { user_id: user[0] }),
    ...((isOn(given.async) || contacts.length > MOST_AT_ONCE) && { async: true }),
  };
  return { input, variable, waits: isOn(given.wait) };
}

/** As typed or pasted: commas, spaces and lines between, each once, in the order given. */
function readIds(field: string, given: unknown, problems: Problem[], isRequired: boolean): string[] {
  const words = (Array.isArray(given) ? given : [given ?? ""]).flatMap((part) =>
    String(part).split(/[\s,;]+/),
  );
  const ids = [...new Set(words.filter(Boolean).map((word) => word.toLowerCase()))];
  for (const id of ids) {
    if (!/^[0-9a-f]{24}$/.test(id))
      problems.push({ field, value: id, says: `${JSON.stringify(id.slice(0, 60))} is not a valid ID` });
  }
  if (isRequired && ids.length === 0) problems.push({ field, value: "", says: "is missing" });
  return ids;
}

/** Forms of many platforms send "true". */
function isOn(value: unknown) {
  return value === true || value === "true";
}

const isVariable = (name: string) => name !== "" && !["__proto__", "constructor", "prototype"].includes(name);
