// Who works in the sample team, from which mailboxes, and the fields and lists they keep.

import type { Act } from "../app.ts";
import { createField } from "../features/contacts/custom-fields/commands.ts";
import { createLabel } from "../features/contacts/labels/commands.ts";
import { suppress } from "../features/contacts/suppressions/commands.ts";
import { findUser, insertUser } from "../features/identity/users/store.ts";
import { connectMailbox } from "../features/mailboxes/mailboxes/commands.ts";
import { newId } from "../kernel/ids.ts";
import { asIf, DAY, instant } from "./acting.ts";
import { ACCOUNT_LISTS, COLLEAGUES, LISTS, SUPPRESSED, TEAM_DOMAIN } from "./words.ts";

export type Seller = { userId: string; name: string };
export type SampleMailbox = { id: string; email: string };

/** The user the sample is planted for, and the colleagues. The colleagues' password is random and not kept. */
export async function plantColleagues(act: Act, now: number, passwordHash: string): Promise<Seller[]> {
  const { db, caller } = act;
  const owner = await findUser(db, caller.teamId, caller.userId);
  const sellers = [{ userId: caller.userId, name: owner?.firstName ?? "Owner" }];
  for (const { firstName, lastName, title, role } of COLLEAGUES) {
    const userId = newId();
    const email = `${firstName}.${lastName.split(" ").at(-1)}@${TEAM_DOMAIN}`.toLowerCase();
    const person = { id: userId, email, firstName, lastName, title, role, isOperator: false, passwordHash };
    await insertUser(db, caller.teamId, person, instant(now - 430 * DAY));
    sellers.push({ userId, name: `${firstName} ${lastName}` });
  }
  return sellers;
}

/** They deliver to the catcher: the sample sends no real mail. */
export async function plantMailboxes(
  act: Act,
  now: number,
  sellers: readonly Seller[],
): Promise<SampleMailbox[]> {
  const mailboxes: SampleMailbox[] = [];
  for (const { userId, name } of sellers.slice(1, 4)) {
    const email = `${name.split(" ")[0]}@mail.${TEAM_DOMAIN}`.toLowerCase();
    const signatureHtml = `<p>${name}<br>Condition monitoring for plants</p>`;
    const wish = {
      email,
      type: "catcher",
      userId,
      displayName: name,
      signatureHtml,
      visibility: "everyone",
      // What they have sent in these four months stays within, and a newcomer does not have to wait.
      dailyLimit: 500,
      hourlyLimit: 200,
      gapSeconds: 2,
    } as const;
    const { id } = await connectMailbox(asIf(act, now - 140 * DAY), wish, { wasTried: false });
    mailboxes.push({ id, email });
  }
  return mailboxes;
}

export async function plantFields(act: Act, now: number) {
  const then = asIf(act, now - 429 * DAY);
  const field = (
    modality: "contact" | "account" | "opportunity",
    name: string,
    type: "picklist" | "number" | "date" | "string",
    optionNames: string[] = [],
  ) => createField(then, { modality, name, type, textMaxLength: null, optionNames });
  const [segment, machines, lastVisit] = [
    await field("contact", "Segment", "picklist", [
      "Process industry",
      "Discrete manufacturing",
      "Energy",
      "Food",
    ]),
    await field("contact", "Machines monitored", "number"),
    await field("contact", "Last visit", "date"),
  ];
  const tier = await field("account", "Tier", "picklist", ["A", "B", "C"]);
  return { segment, machines, lastVisit, tier };
}

export async function plantLists(act: Act, now: number) {
  const then = asIf(act, now - 428 * DAY);
  const list = (modality: "contacts" | "accounts") => (name: string) =>
    createLabel(then, { name, modality, bookOfBusiness: null });
  for (const name of LISTS) await list("contacts")(name);
  for (const name of ACCOUNT_LISTS) await list("accounts")(name);
}

export async function plantSuppressions(act: Act, now: number, addresses: readonly string[]) {
  const then = asIf(act, now - 90 * DAY);
  for (const value of SUPPRESSED)
    await suppress(then, { kind: "domain", value, reason: "Not a customer of ours" });
  await suppress(then, { kind: "pattern", value: "noreply@*", reason: "Nobody reads it" });
  for (const value of addresses) await suppress(then, { kind: "email", value, reason: "Asked by phone" });
}
