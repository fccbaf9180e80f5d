// The areas of the server in their order, as data: a file imports from its own area and from those above it in the list, and folders
// never import each other in a circle. check-imports.ts asks it. An area's README.md says what it is and what it may not do.

/** Nouns. What an area knows of a later one, the later one hands to it. */
export const FEATURE_AREAS = [
  "access", // who sees what, and what still names a thing that is to be deleted
  "events", // what happened, jobs and their progress, rows set aside, webhooks
  "identity", // people, teams' settings, sessions, keys, applications, credits
  "mailboxes", // mailboxes, sending domains, what they sent by another program
  "contacts", // contacts and companies: rows, search, lists, stages, fields, scores, suppressions
  "work", // tasks, deals and their stages, as rows
  "sequences", // what a sequence is: steps, templates, schedules, rule sets, and the text of a mail
  "gate", // the facts that decide whether a step may go out
  "enrollments", // who is in a sequence, how they join, move and leave
  "editing", // changing a sequence that people are in
  "sending", // plan, claim, gate, send, record
  "saving", // making and changing contacts and companies, with what follows
  "prospecting", // people and companies to find, enrichment, verification
  "receiving", // replies, bounces, opens, clicks, unsubscribing
  "desk", // what a person does by hand: contacts, tasks, calls, own mails
  "automation", // workflows and copilots
  "removal", // deleting and merging contacts and companies
  "imports", // files of contacts, companies and people, and taking them back
  "insight", // why, reports, forecasts, history
  "administration", // set-up, the team, its people, keys anew
] as const;

/** Rules. */
const DOMAIN_AREAS = [
  "basics",
  "time",
  "identity",
  "contacts",
  "work",
  "templates",
  "sequences",
  "enrollments",
  "receiving",
  "gate",
  "sending",
  "prospecting",
  "imports",
  "automation",
  "insight",
] as const;

/** The clock: `running` is what all loops stand on; loop.ts, beside these folders, starts them. */
const ENGINE_AREAS = [
  "running",
  "moving",
  "trial-runs",
  "upkeep",
  "planning",
  "sending",
  "receiving",
  "automation",
  "sandbox",
] as const;

export const ORDERED: readonly { place: string; areas: readonly string[] }[] = [
  { place: "server/features/", areas: FEATURE_AREAS },
  { place: "server/domain/", areas: DOMAIN_AREAS },
  { place: "server/engine/", areas: ENGINE_AREAS },
];
