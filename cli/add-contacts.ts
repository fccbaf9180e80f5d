// `cadenza sequences add-contacts`: named contacts, a list or a file join a sequence, and the result is said for each
// contact. The SDK's connector adds them; this file turns names into ids and the answer into a table.

import type { Client, Input, Job } from "@cadenza/sdk";
import { addingFlags } from "./adding-flags.ts";
import { newCommand } from "./building.ts";
import type { Common, Session } from "./connection.ts";
import { EXIT, Unusable } from "./exits.ts";
import { optionsFor, readInput } from "./flags.ts";
import type { Flow } from "./flows.ts";
import { bringIn, type ImportInput } from "./import-file.ts";
import { findByEmail, findMailboxes, findSequence } from "./lookup.ts";
import { type Bar, openBar } from "./progress-bar.ts";
import { isAgreed, isTerminal, promiseOfFile, tellPromise } from "./promising.ts";
import { type AddContactsAnswer, report } from "./verdicts.ts";

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
  yes?: boolean;
  idempotencyKey?: string;
};

export const addContacts: Flow = {
  under: "sequences",
  name: "add-contacts",
  add(group, session, finish, common) {
    const more = addingFlags();
    if (!more) return;
    const command = common(
      newCommand("add-contacts")
        .description("Add contacts to a sequence. Lists each skipped contact with the reason.")
        .requiredOption("--sequence <id or name>", "The sequence")
        .option("--contacts <a,b>", "Ids or email addresses of contacts", several)
        .option(
          "--list <name>",
          "Add all contacts on this list; may be repeated",
          (name: string, before: string[] = []) => [...before, name],
        )
        .option(
          "--csv <file>",
          "Add people from a CSV or JSON lines file; new people become contacts. - reads standard input",
        )
        .option("--mailbox <id or address>", "Mailbox that sends; separate several with commas", several)
        .option("--rotate", "Rotate mailboxes; without --mailbox, all active ones")
        .option("--at <time>", "Start at this time; paused until then")
        .option("--dry-run", "Show what would happen; change nothing")
        .option("--no-wait", "Do not wait for background work")
        .option("--yes", "Do not ask before adding a file's contacts")
        .option("--strict", "Exit with 7 if any contact is skipped")
        .option(
          "--idempotency-key <text>",
          "A repeated call with the same key has one effect only, for 24 hours",
        ),
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
  if (!wish.contacts && !wish.list && !wish.csv)
    throw new Unusable("No contacts given. Use --contacts, --list or --csv.");
  const api = await session.api();
  const bar = openBar();
  try {
    const sequence = await findSequence(api, wish.sequence);
    const mailboxes = await findMailboxes(api, wish.mailbox ?? [], wish.rotate === true);
    const contactIds = await idsOf(api, wish.contacts ?? []);
    const ids = mailboxes.map(({ id }) => id);
    const ofFile =
      wish.csv === undefined
        ? EXIT.done
        : await addFile(session, wish.csv, wish, termsOf(sequence.id, ids, more, wish));
    if (contactIds.length === 0 && !wish.list) return ofFile;
    const answer = await join(api, {
      wish,
      more,
      sequenceId: sequence.id,
      mailboxIds: ids,
      contactIds,
      bar,
    });
    bar.end();
    return Math.max(ofFile, await report(session, api, { wish, sequence, answer }));
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
            ? `No contact has the email address ${word}.`
            : `${found.length} contacts have the email address ${word}.`,
          found.length === 0
            ? "Create one with cadenza contacts create, or many with --csv."
            : `Use one of the ids: ${found.map(({ id }) => id).join(", ")}.`,
          EXIT.notFound,
        );
      ids.push(found[0]?.id ?? "");
    }
  }
  return ids;
}

type Terms = NonNullable<ImportInput["add_to_sequence"]>;

function termsOf(id: string, mailboxIds: string[], more: Record<string, unknown>, { at }: Wish): Terms {
  return { ...more, ...startOf(at), id, send_email_from_email_account_id: mailboxIds };
}

const startOf = (at: string | undefined) =>
  at === undefined ? {} : { status: "paused" as const, auto_unpause_at: at };

/** An import into a sequence: the result is said for each row. The start dates are shown before. */
async function addFile(session: Session, path: string, wish: Wish, add_to_sequence: Terms) {
  const asked = { kind: "contacts" as const, overwrite: "fill" as const, add_to_sequence };
  const asks = !wish.dryRun && !wish.yes && !wish.json && path !== "-" && isTerminal();
  const promise = wish.dryRun || asks ? await promiseOfFile(session, path, asked, { keeps: asks }) : null;
  if (asks && promise) {
    tellPromise(session, promise);
    if (!(await isAgreed("Add them to the sequence? [y/N] "))) return EXIT.done;
  }
  const promised = asks && promise ? { ...add_to_sequence, promise_id: promise.id } : add_to_sequence;
  const found = await bringIn(session, path, { ...asked, add_to_sequence: promised }, wish, promise);
  if (!found) return EXIT.done;
  const isLess = found.not_enrolled + found.skipped > 0 || found.status === "failed";
  return found.enrolled === 0 || (wish.strict && isLess) ? EXIT.notAll : EXIT.done;
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
): Promise<AddContactsAnswer> {
  const additional_fields = {
    ...more,
    ...(wish.list && { label_names: wish.list }),
    ...startOf(wish.at),
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
