// The record of processing activities, part by part: what the team says of itself, and what its data and settings say. Article 30 of the
// GDPR lists what has to be in it.

import { plural } from "../../../domain/basics/clock-words.ts";
import { EXPIRY } from "../../../domain/basics/expiry.ts";
import { keptSays, type RetentionKind } from "../../../domain/contacts/retention.ts";
import type { Counts, Named, OwnWords, Recipient } from "./store.ts";

type RecordFacts = {
  words: OwnWords;
  counts: Counts;
  fields: readonly string[];
  sources: readonly Named[];
  /** Null where no field holds it. */
  bases: readonly Named[] | null;
  recipients: readonly Recipient[];
  kept: readonly { kind: RetentionKind; keepDays: number | null }[];
};

type Section = { title: string; lines: string[] };

const NOT_SAID = "Not filled in yet.";

const linesOf = (text: string) => {
  const lines = text.split("\n").flatMap((line) => line.trim() || []);
  return lines.length > 0 ? lines : [NOT_SAID];
};

export function sectionsOf(facts: RecordFacts): Section[] {
  const { words, counts, fields, sources, recipients } = facts;
  return [
    { title: "Controller", lines: linesOf(words.controller) },
    { title: "Data protection officer", lines: linesOf(words.dataProtectionOfficer) },
    { title: "Purposes", lines: linesOf(words.purposes) },
    {
      title: "People whose data is kept",
      lines: [
        `${plural(counts.contacts, "contact")} in ${plural(counts.companies, "company", "companies")}`,
        `${plural(counts.users, "user")} of the team`,
      ],
    },
    { title: "Data about them", lines: dataLines(counts, fields) },
    { title: "Where the data comes from", lines: sources.map(sourceLine) },
    { title: "Lawful basis", lines: basisLines(facts.bases) },
    { title: "Recipients", lines: recipientLines(recipients) },
    { title: "Transfers to other countries", lines: linesOf(words.transfers) },
    { title: "How long data is kept", lines: keptLines(facts.kept) },
    {
      title: "Security",
      lines: [...SECURITY, ...(words.securityMeasures ? linesOf(words.securityMeasures) : [])],
    },
  ].map(({ title, lines }) => ({ title, lines: lines.length > 0 ? lines : ["None."] }));
}

function dataLines(counts: Counts, fields: readonly string[]) {
  return [
    "Names, job titles, email addresses, phone numbers, addresses, employers, and public profiles",
    ...(fields.length > 0 ? [`Fields of the team: ${fields.join(", ")}`] : []),
    `${plural(counts.emails, "email")} sent and ${counts.receivedEmails} received`,
    `${plural(counts.calls, "call")}, ${plural(counts.tasks, "task")}, ${plural(counts.notes, "note")}, ${plural(counts.deals, "deal")} and ${plural(counts.conversations, "recorded conversation")}`,
    "Whether emails were opened and links clicked, where the team has turned that on",
    "Opt-outs, as a digest after the contact is deleted",
  ];
}

const SOURCES: Record<string, string> = {
  api: "Added by a user or a program",
  csv_import: "Imported from files",
  search: "Found in a people database",
  workflow: "Sent by a program to a workflow",
};

function sourceLine({ name, count }: Named) {
  return `${SOURCES[name ?? ""] ?? name ?? "Unknown"}: ${plural(count, "contact")}`;
}

function basisLines(bases: readonly Named[] | null) {
  if (!bases) return ["No field of contacts is chosen for it."];
  return bases.map(({ name, count }) => `${name ?? "Not filled in"}: ${plural(count, "contact")}`);
}

const RECIPIENTS: Record<Recipient["kind"], string> = {
  mailbox: "Mail servers",
  provider: "Providers of contact data and address checks",
  model: "Language model",
  webhook: "Receivers of webhooks",
  application: "Connected applications",
  sql: "Database logins for reports",
};

function recipientLines(recipients: readonly Recipient[]) {
  return Object.entries(RECIPIENTS).flatMap(([kind, title]) => {
    const names = recipients.filter((one) => one.kind === kind).map(({ name }) => name);
    return names.length > 0 ? [`${title}: ${names.join(", ")}`] : [];
  });
}

function keptLines(kept: RecordFacts["kept"]) {
  const own = kept.map(({ kind, keepDays }) => capital(keptSays(kind, keepDays)));
  const expiring = Object.values(EXPIRY).map(({ days, says }) => `${capital(says)}: ${days} days`);
  return [...own, ...expiring];
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const SECURITY = [
  "Passwords are stored as argon2id hashes; passwords of mailboxes and keys of providers are encrypted (AES-256-GCM).",
  "The data of each team is separated in the database by row security.",
  "Users see what their role and sharing allow. Changes are recorded with the user who made them.",
];
