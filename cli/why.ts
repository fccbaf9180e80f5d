// `cadenza why <email or id>`: the state of a contact or record, what holds it, and what would fix that.

import type { Client } from "@cadenza/sdk";
import { newCommand } from "./building.ts";
import type { Common, Session } from "./connection.ts";
import { EXIT, Unusable } from "./exits.ts";
import type { Flow } from "./flows.ts";
import { findByEmail, isId } from "./lookup.ts";
import { clean, jsonOf } from "./table.ts";

export const why: Flow = {
  name: "why",
  add(program, session, _finish, common) {
    program.addCommand(
      common(newCommand("why"))
        .description(
          "Explain a contact, an enrollment, a sequence, a mailbox or an email: its state, what holds it, and how to fix it.",
        )
        .argument("<email or id>")
        .action(async (said: string, options: Common) => {
          session.choose(options);
          await explain(session, await session.api(), said.trim(), options.json === true);
        }),
    );
  },
};

type Held = { code: string; rule: string; until: string | null; fix: Fix | null };
type Fix = { label: string; method: string; path: string; body: Record<string, unknown> | null };
type Explained = {
  subject: { type: string; id: string; name: string | null };
  sentence: string;
  next: { what: string; at: string | null } | null;
  held_by: Held[];
  history: { at: string; sentence: string }[];
  contact_campaign_statuses?: {
    emailer_campaign_name: string;
    sentence: string;
    contact_campaign_status_id: string;
  }[];
};

async function explain(session: Session, api: Client, said: string, asJson: boolean) {
  const explained = isId(said) ? [await byId(api, said)] : await byEmail(api, said);
  if (asJson)
    return session.say(
      jsonOf(explained.length === 1 ? { explain: explained[0] } : explained.map((one) => ({ explain: one }))),
    );
  session.say(explained.map((one) => clean(told(one))).join("\n\n"));
}

/** An id does not say what it is of, so each kind is asked in turn. */
async function byId(api: Client, id: string): Promise<Explained> {
  const { Refused } = await import("@cadenza/sdk");
  const { contact, enrollment, sequence, mailbox, message } = api.explain;
  for (const ask of [contact, enrollment, sequence, mailbox, message]) {
    try {
      return (await ask({ id })).explain as unknown as Explained;
    } catch (error) {
      if (!(error instanceof Refused) || (error.status !== 404 && error.status !== 422)) throw error;
    }
  }
  throw new Unusable(
    `No contact, enrollment, sequence, mailbox or email has the id ${id}.`,
    null,
    EXIT.notFound,
  );
}

async function byEmail(api: Client, email: string): Promise<Explained[]> {
  if (!email.includes("@")) throw new Unusable(`${email} is neither an email address nor an id.`);
  const people = await findByEmail(api, email);
  const { email_accounts } = await api.emailAccounts.list();
  const mailboxes = email_accounts.filter((one) => one.email.toLowerCase() === email.toLowerCase());
  const found = [
    ...people.map(({ id }) => api.explain.contact({ id })),
    ...mailboxes.map(({ id }) => api.explain.mailbox({ id })),
  ];
  if (found.length === 0)
    throw new Unusable(`No contact or mailbox has the email address ${email}.`, null, EXIT.notFound);
  return (await Promise.all(found)).map((answer) => answer.explain as unknown as Explained);
}

function told({ subject, sentence, next, held_by, history, contact_campaign_statuses = [] }: Explained) {
  return [
    `${subject.type} ${subject.name ?? ""} ${subject.id}`.replace(/\s+/g, " "),
    sentence,
    ...(next ? [`Next: ${next.what}${next.at ? `, ${next.at}` : ""}.`] : []),
    ...contact_campaign_statuses.map(
      (one) =>
        `In ${one.emailer_campaign_name}: ${one.sentence} (cadenza why ${one.contact_campaign_status_id})`,
    ),
    ...held_by.flatMap(({ code, rule, until, fix }) => [
      `On hold (${code}): ${rule}${until ? ` Until ${until}.` : ""}`,
      ...(fix
        ? [`  ${fix.label}: ${fix.method} ${fix.path}${fix.body ? ` ${JSON.stringify(fix.body)}` : ""}`]
        : []),
    ]),
    ...(history.length > 0
      ? ["History:", ...history.slice(0, 10).map((one) => `  ${one.at}  ${one.sentence}`)]
      : []),
  ].join("\n");
}
