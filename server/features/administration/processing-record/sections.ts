// The record of processing activities, part by part: what the team says of itself, and what its data and settings say. Article 30 of the
// GDPR lists what has to be in it.

import { EXPIRY } from "../../../domain/basics/expiry.ts";
import { keptSays, type RetentionKind } from "../../../domain/contacts/retention.ts";
import { say, texts } from "../../../kernel/say.ts";
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

const linesOf = (text: string) => {
  const lines = text.split("\n").flatMap((line) => line.trim() || []);
  return lines.length > 0 ? lines : [say("Not filled in yet.")];
};

export function sectionsOf(facts: RecordFacts): Section[] {
  const { words, counts, fields, sources, recipients } = facts;
  return [
    { title: say("Controller"), lines: linesOf(words.controller) },
    { title: say("Data protection officer"), lines: linesOf(words.dataProtectionOfficer) },
    { title: say("Purposes"), lines: linesOf(words.purposes) },
    {
      title: say("People whose data is kept"),
      lines: [
        say(
          "{contacts, plural, one {# contact} other {# contacts}} in {companies, plural, one {# company} other {# companies}}",
          { contacts: counts.contacts, companies: counts.companies },
        ),
        say("{users, plural, one {# user} other {# users}} of the team", { users: counts.users }),
      ],
    },
    { title: say("Data about them"), lines: dataLines(counts, fields) },
    { title: say("Where the data comes from"), lines: sources.map(sourceLine) },
    { title: say("Lawful basis"), lines: basisLines(facts.bases) },
    { title: say("Recipients"), lines: recipientLines(recipients) },
    { title: say("Transfers to other countries"), lines: linesOf(words.transfers) },
    { title: say("How long data is kept"), lines: keptLines(facts.kept) },
    {
      title: say("Security"),
      lines: [...SECURITY, ...(words.securityMeasures ? linesOf(words.securityMeasures) : [])],
    },
  ].map(({ title, lines }) => ({ title, lines: lines.length > 0 ? lines : [say("None.")] }));
}

function dataLines(counts: Counts, fields: readonly string[]) {
  return [
    say("Names, job titles, email addresses, phone numbers, addresses, employers, and public profiles"),
    ...(fields.length > 0 ? [say("Fields of the team: {fields}", { fields: fields.join(", ") })] : []),
    say("{emails, plural, one {# email} other {# emails}} sent and {receivedEmails} received", {
      emails: counts.emails,
      receivedEmails: counts.receivedEmails,
    }),
    say(
      "{calls, plural, one {# call} other {# calls}}, {tasks, plural, one {# task} other {# tasks}}, {notes, plural, one {# note} other {# notes}}, {deals, plural, one {# deal} other {# deals}} and {conversations, plural, one {# recorded conversation} other {# recorded conversations}}",
      {
        calls: counts.calls,
        tasks: counts.tasks,
        notes: counts.notes,
        deals: counts.deals,
        conversations: counts.conversations,
      },
    ),
    say("Whether emails were opened and links clicked, where the team has turned that on"),
    say("Opt-outs, as a digest after the contact is deleted"),
  ];
}

const SOURCES: Record<string, string> = texts({
  api: "Added by a user or a program",
  csv_import: "Imported from files",
  search: "Found in a people database",
  workflow: "Sent by a program to a workflow",
});

function sourceLine({ name, count }: Named) {
  return counted(SOURCES[name ?? ""] ?? name ?? say("Unknown"), count);
}

function basisLines(bases: readonly Named[] | null) {
  if (!bases) return [say("No field of contacts is chosen for it.")];
  return bases.map(({ name, count }) => counted(name ?? say("Not filled in"), count));
}

function counted(what: string, count: number) {
  return say("{what}: {count, plural, one {# contact} other {# contacts}}", { what, count });
}

const RECIPIENTS: Record<Recipient["kind"], string> = texts({
  mailbox: "Mail servers",
  provider: "Providers of contact data and address checks",
  model: "Language model",
  webhook: "Receivers of webhooks",
  application: "Connected applications",
  sql: "Database logins for reports",
});

function recipientLines(recipients: readonly Recipient[]) {
  return Object.entries(RECIPIENTS).flatMap(([kind, title]) => {
    const names = recipients.filter((one) => one.kind === kind).map(({ name }) => name);
    return names.length > 0 ? [`${title}: ${names.join(", ")}`] : [];
  });
}

function keptLines(kept: RecordFacts["kept"]) {
  const own = kept.map(({ kind, keepDays }) => capital(keptSays(kind, keepDays)));
  const expiring = Object.values(EXPIRY).map(({ days, says }) =>
    say("{says}: {days} days", { says: capital(says), days }),
  );
  return [...own, ...expiring];
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const SECURITY = texts([
  "Passwords are stored as argon2id hashes; passwords of mailboxes and keys of providers are encrypted (AES-256-GCM).",
  "The data of each team is separated in the database by row security.",
  "Users see what their role and sharing allow. Changes are recorded with the user who made them.",
]);
