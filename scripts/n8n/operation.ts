// An operation of the n8n node: a call of the contract under its name in n8n, and what of it is shown at once.

type NodeResource =
  | "contact"
  | "account"
  | "company"
  | "person"
  | "import"
  | "sequence"
  | "enrollment"
  | "task"
  | "deal"
  | "list"
  | "copilot"
  | "reportSchedule"
  | "workflow";

export type Operation = {
  value: string;
  name: string;
  /** As n8n lists it among all that can be done. */
  action: string;
  /** Where the contract's summary does not read well in the list. */
  does?: string;
  call: string;
  /** The record that the path's `{id}` is of. */
  target?: NodeResource;
  /** Its fields are mapped, with the team's own ones among them. */
  form?: "contact" | "account" | "deal";
  /** Parameters shown at once, and asked for. */
  asks?: readonly string[];
  /** Left out of what can be added. */
  without?: readonly string[];
};

export type Resource = { value: string; name: string; operations: readonly Operation[] };

const PEOPLE = ["async", "all", "statuses", "reasons", "emailer_step_ids", "email_account_ids", "due_before"];

export function op(
  value: string,
  name: string,
  action: string,
  call: string,
  rest: Partial<Operation> = {},
): Operation {
  return { value, name, action, call, ...rest };
}

/** What is done to some of those in a sequence: all of them, or whom a filter finds, is for the screen. */
export function people(...more: string[]): Partial<Operation> {
  return { target: "sequence", asks: ["contact_ids", ...more], without: [...PEOPLE, "views", "q_keywords"] };
}
