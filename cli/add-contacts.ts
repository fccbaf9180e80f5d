// `cadenza sequences add-contacts`: whoever is named, listed or in a file joins a sequence, and of each it is said what
// became of them. The adding itself is the SDK's connector; here names become ids, and answers a table.

import type { Client, Input, Job } from "@cadenza/sdk";
import { newCommand } from "./building.ts";
import { commands } from "./commands.ts";
import type { Common, Session } from "./connection.ts";
import { EXIT, Unusable } from "./exits.ts";
import { optionsFor, readInput } from "./flags.ts";
import type { Flow } from "./flows.ts";
import { findByEmail, findMailboxes, findSequence } from "./lookup.ts";
import type { People } from "./people-file.ts";
import { type Bar, openBar } from "./progress-bar.ts";
import { type Answer, report } from "./verdicts.ts";

const OF_THE_CALL = new Set([
  "id",
  "emailer_campaign_id",
  "contact_ids",
  "label_names",
  "send_email_from_email_account_id",
  "email_account_id",
  "userId",
  "async",
  "status",
  "auto_unpause_at",
]);

type Wish = Common & {
  sequence: string;
  contacts?: string[];
  list?: string[];
  csv?: string;
  mailbox?: string[];
  rotate?: boolean;
  at?: string;
  dryRun?: boolean;
  wait: boolean;
  strict?: boolean;
  idempotencyKey?: string;
};

export const addContacts: Flow = {
  under: "sequences",
  name: "add-contacts",
  add(group, session, finish, common) {
    const listed = commands.joining?.addContacts;
    if (!listed) return;
    const more = { ...listed, flags: listed.flags.filter(({ name }) => !OF_THE_CALL.has(name)) };
    const command = common(
      newCommand("add-contacts")
        .description("Adds contacts to a sequence, and says of each one left out why.")
        .requiredOption("--sequence <id or name>", "The sequence")
        .option("--contacts <a,b>", "Ids or email addresses of contacts", several)
        .option(
          "--list <name>",
          "Everybody on this list; may be said several times",
          (name: string, before: string[] = []) => [...before, name],
        )
        .option(
          "--csv <file>",
          "People in a CSV, by email address or id; who is new becomes a contact. - is standard input",
        )
        .option("--mailbox <id or address>", "Which mailbox sends; several separated by commas", several)
        .option("--rotate", "Mailboxes take turns; without --mailbox all active ones do")
        .option("--at <time>", "Start at this time; until then they are paused")
        .option("--dry-run", "Show what would happen, and change nothing")
        .option("--no-wait", "Where it goes on in the background, do not wait for the end")
        .option("--strict", "Exit with 7 if anybody is left out")
        .option("--idempotency-key <text>", "The same key has one effect only, for 24 hours"),
    );
    for (const option of optionsFor(more)) command.addOption(option);
    command.action(async (given: Wish & Record<string, unknown>) => {
      session.choose(given);
      finish(await add(session, given, readInput(more, [], given)));
    });
    group.addCommand(command);
  },
};

function several(text: string, before: string[] = []) {
  return [
    ...before,
    ...text
      .split(",")
      .map((word) => word.trim())
      .filter(Boolean),
  ];
}

async function add(session: Session, wish: Wish, more: Record<string, unknown>) {
  if (!wish.contacts && !wish.list && !wish.csv) throw new Unusable("Whom? Say --contacts, --list or --csv.");
  const people = wish.csv === undefined ? null : (await import("./people-file.ts")).readPeople(wish.csv);
  const api = await session.api();
  const bar = openBar();
  try {
    const sequence = await findSequence(api, wish.sequence);
    const mailboxes = await findMailboxes(api, wish.mailbox ?? [], wish.rotate === true);
    const named = await idsOf(api, wish.contacts ?? []);
    const filed = people ? await contactsFrom(session, api, people, wish.dryRun === true, bar) : null;
    const contactIds = [...new Set([...named, ...(filed?.ids ?? [])])];
    if (contactIds.length === 0 && !wish.list) {
      session.say("Nobody to add.");
      return EXIT.notAll;
    }
    const answer = await join(api, {
      wish,
      more,
      sequenceId: sequence.id,
      mailboxIds: mailboxes.map(({ id }) => id),
      contactIds,
      bar,
    });
    bar.end();
    return await report(session, api, { wish, sequence, answer, wouldBeMade: filed?.wouldBeMade ?? 0 });
  } finally {
    bar.end();
  }
}

async function idsOf(api: Client, words: readonly string[]) {
  const ids: string[] = [];
  for (const word of words) {
    if (!word.includes("@"))
      ids.push(word); // whatever is no id either is named by the connector, with all others
    else {
      const found = await findByEmail(api, word);
      if (found.length !== 1)
        throw new Unusable(
          found.length === 0
            ? `There is no contact with the address ${word}.`
            : `${found.length} contacts have the address ${word}.`,
          found.length === 0
            ? "cadenza contacts create makes one; --csv makes many."
            : `Say which by id: ${found.map(({ id }) => id).join(", ")}.`,
          EXIT.notFound,
        );
      ids.push(found[0]?.id ?? "");
    }
  }
  return ids;
}

/** Whoever of the file is no contact yet becomes one; in a dry run they are counted, because they have no id to be tried with. */
async function contactsFrom(session: Session, api: Client, people: People, isDryRun: boolean, bar: Bar) {
  for (const { row, why } of people.unusable.slice(0, 20))
    session.complain(`Line ${row} ${why}; it is left out.`);
  if (people.unusable.length > 20) session.complain(`… and ${people.unusable.length - 20} more lines.`);
  if (people.unused.length > 0) session.complain(`Columns that are not used: ${people.unused.join(", ")}.`);
  const ids = [...people.ids];
  let wouldBeMade = 0;
  for (let start = 0; start < people.wishes.length; start += 100) {
    bar.show(start, people.wishes.length, "looked up");
    const contact_attributes = people.wishes.slice(start, start + 100);
    const made = await api.contacts.bulkCreate(
      { contact_attributes, run_dedupe: true },
      { dryRun: isDryRun },
    );
    ids.push(...made.existing_contacts.map(({ id }) => id as string));
    if (isDryRun) wouldBeMade += made.created_contacts.length;
    else ids.push(...made.created_contacts.map(({ id }) => id as string));
  }
  return { ids, wouldBeMade };
}

type Joining = {
  wish: Wish;
  more: Record<string, unknown>;
  sequenceId: string;
  mailboxIds: string[];
  contactIds: string[];
  bar: Bar;
};

async function join(
  api: Client,
  { wish, more, sequenceId, mailboxIds, contactIds, bar }: Joining,
): Promise<Answer> {
  const additional_fields = {
    ...more,
    ...(wish.list && { label_names: wish.list }),
    ...(wish.at && { status: "paused", auto_unpause_at: wish.at }),
  } as Partial<Input<"joining", "addContacts">>;
  const { addContactsToSequence } = await import("@cadenza/sdk");
  return addContactsToSequence.run(
    {
      sequence_id: sequenceId,
      email_account_id: mailboxIds.join(","),
      contact_ids: contactIds,
      additional_fields,
      wait: wish.wait,
    },
    {
      variables: {},
      client: api,
      ...(wish.dryRun && { dryRun: true }),
      ...(wish.idempotencyKey && { idempotencyKey: wish.idempotencyKey }),
      onProgress: ({ done, total }: Job) => bar.show(done, total, "looked at"),
    },
  );
}
