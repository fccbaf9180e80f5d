// Made by npm run generate from sdk/adding.ts; not to be changed by hand.
// biome-ignore-all format: as there

// The input fields for adding contacts to a sequence and the request made from them: the connector without a client. It
// imports nothing, because the n8n node carries a copy of it and may carry nothing else.
//
// What is easy to get wrong: the ids come as a person typed or pasted them, so all that are no ids are named at once, before
// anything is sent; and above the server's limit for one answer the work is asked for in the background.

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
  additional_fields?: Record<string, unknown>;
};

export type Problem = { field: string; value: string; says: string };

/** What is filled in cannot be sent. Names everything that is wrong with it. */
export class Misconfigured extends Error {
  readonly code = "misconfigured";
  readonly problems: readonly Problem[];
  readonly todo = "Nothing was sent. Correct these values.";

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

/** As automation platforms describe an action. */
export const description = {
  key: "add_contacts_to_sequence",
  name: "Add contacts to sequence",
  description: "Adds contacts to a sequence. Skipped contacts are listed with the reason.",

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
        description: "The mailbox to send from. Separate several with commas to rotate them.",
      },
      contact_ids: {
        oneOf: [{ type: "string" }, { type: "array", items: { type: "string" } }],
        title: "Contact ids",
        description: "Separated by commas.",
      },
      sequence_no_email: flag("Add contacts without an email address"),
      sequence_unverified_email: flag("Add contacts whose email address is unverified"),
      sequence_job_change: flag("Add contacts who changed jobs"),
      sequence_active_in_other_campaigns: flag("Add contacts who are active in other sequences"),
      sequence_finished_in_other_campaigns: flag("Add contacts who finished other sequences"),
      user_id: { type: "string", title: "User id", description: "The user who adds them." },
      output_variable: {
        type: "string",
        title: "Output variable",
        description: "Variable for the whole answer.",
        default: "add_contacts_to_sequence",
        minLength: 1,
      },
      async: {
        ...flag("Run in background"),
        description: `Adds contacts in the background. Always done for more than ${MOST_AT_ONCE} contacts.`,
      },
      wait: {
        ...flag("Wait"),
        description: "Waits until the contacts are added, if this runs in the background.",
      },
      additional_fields: {
        type: "object",
        title: "More parameters",
        description: "Other parameters of the call, such as status, auto_unpause_at or label_names.",
      },
    },
  },
} as const;

/** What is asked for: the parameters of the call, the variable its answer goes to, whether its job is waited for. */
export type Wish = {
  input: { id: string; emailer_campaign_id: string; send_email_from_email_account_id: string[] };
  variable: string;
  waits: boolean;
};

/** How the caller's own client asks the server. */
export type Doors<Answer, Job> = {
  add(input: Wish["input"]): Promise<Answer>;
  /** The job of an answer that has one, once it has ended. */
  wait(id: string): Promise<Job>;
  dryRun?: boolean | undefined;
};

/** Puts the API's answer into `variables`, and answers it too. */
export async function addContacts<Answer extends object, Job>(
  configuration: Configuration,
  variables: Record<string, unknown>,
  doors: Doors<Answer, Job>,
): Promise<Answer> {
  const wish = readConfiguration(configuration);
  const answer = await doors.add(wish.input);
  variables[wish.variable] = answer;
  if (!wish.waits || doors.dryRun || !("entity_progress_job" in answer)) return answer;
  const job = await doors.wait((answer.entity_progress_job as { id: string }).id);
  const ended = { ...answer, entity_progress_job: job };
  variables[wish.variable] = ended;
  return ended;
}

const FLAGS = [
  "sequence_no_email",
  "sequence_unverified_email",
  "sequence_job_change",
  "sequence_active_in_other_campaigns",
  "sequence_finished_in_other_campaigns",
] as const;

/** The body of the call, and what is done with its answer. */
export function readConfiguration(given: Configuration): Wish {
  const problems: Problem[] = [];
  const sequence = readIds("sequence_id", given.sequence_id, problems, true);
  const mailboxes = readIds("email_account_id", given.email_account_id, problems, true);
  const lists = given.additional_fields?.label_names;
  const namesLists = Array.isArray(lists) && lists.length > 0;
  const contacts = readIds("contact_ids", given.contact_ids, problems, !namesLists);
  const user = readIds("user_id", given.user_id ?? "", problems, false);
  if (sequence.length > 1) problems.push({ field: "sequence_id", value: "", says: "takes one id" });
  if (user.length > 1) problems.push({ field: "user_id", value: "", says: "takes one id" });
  const flags = FLAGS.filter((name) => isOn(name, given[name], problems));
  const waits = isOn("wait", given.wait, problems);
  const isPutOff = isOn("async", given.async, problems) || contacts.length > MOST_AT_ONCE;
  const usual = description.configuration.properties.output_variable.default;
  const variable = given.output_variable?.trim() || usual; // left empty in a form
  if (!isVariable(variable))
    problems.push({ field: "output_variable", value: variable, says: "is not a valid variable name" });
  if (problems.length > 0) throw new Misconfigured(problems);
  const id = sequence[0] as string;
  const input = {
    ...given.additional_fields,
    id,
    emailer_campaign_id: id,
    ...(contacts.length > 0 && { contact_ids: contacts }),
    send_email_from_email_account_id: mailboxes,
    ...Object.fromEntries(flags.map((name) => [name, true])),
    ...(user[0] !== undefined && { user_id: user[0] }),
    ...(isPutOff && { async: true }),
  };
  return { input, variable, waits };
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

const ON = /^(?:true|t|yes|y|on|1)$/i;
const OFF = /^(?:false|f|no|n|off|0|)$/i;

/** Forms of many platforms send text. It is read as the server reads it, and what is neither is not off in silence. */
function isOn(field: string, given: unknown, problems: Problem[]) {
  const word = String(given ?? "").trim();
  if (!ON.test(word) && !OFF.test(word)) problems.push({ field, value: word, says: "must be true or false" });
  return ON.test(word);
}

const isVariable = (name: string) => !["__proto__", "constructor", "prototype"].includes(name);
