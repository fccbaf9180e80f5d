// The calls by which two servers are compared. They only read, and Apollo takes no credits for them.

export type Compared = {
  noun: string;
  verb: string;
  input?: Readonly<Record<string, unknown>>;
  /** Asked of each server about the first record of its own list: by what it is named. */
  about?: readonly { noun: string; verb: string; as: string }[];
  list?: string;
};

const few = { page: 1, per_page: 10 };

const listing = (noun: string, verb = "list"): Compared => ({ noun, verb });

export const COMPARED: readonly Compared[] = [
  { noun: "users", verb: "search", input: few },
  { noun: "users", verb: "apiProfile", input: { include_credit_usage: true } },
  ...["emailAccounts", "labels", "customFields", "typedCustomFields", "schedules"].map((noun) =>
    listing(noun),
  ),
  ...["contactStages", "accountStages", "opportunityStages"].map((noun) => listing(noun)),
  {
    noun: "contacts",
    verb: "search",
    input: few,
    list: "contacts",
    about: [
      { noun: "contacts", verb: "get", as: "id" },
      { noun: "notes", verb: "list", as: "contact_id" },
    ],
  },
  ...[
    ["accounts", "accounts"],
    ["opportunities", "opportunities"],
    ["tasks", "tasks"],
  ].map(
    ([noun = "", list = ""]): Compared => ({
      noun,
      verb: "search",
      input: few,
      list,
      about: [{ noun, verb: "get", as: "id" }],
    }),
  ),
  { noun: "sequences", verb: "search", input: few },
  { noun: "phoneCalls", verb: "search", input: few },
  {
    noun: "emailerMessages",
    verb: "search",
    input: few,
    list: "emailer_messages",
    about: [{ noun: "emailerMessages", verb: "activities", as: "id" }],
  },
  { noun: "conversations", verb: "search", input: { page: 1 } },
  listing("usageStats", "creditUsage"),
  listing("usageStats", "apiUsage"),
];
