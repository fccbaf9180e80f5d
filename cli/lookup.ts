// People say names and addresses; calls take ids.

import type { Client } from "@cadenza/sdk";
import { EXIT, Unusable } from "./exits.ts";

export const isId = (text: string) => /^[0-9a-f]{24}$/i.test(text);

type Found = { id: string; name: string };

export async function findSequence(api: Client, said: string): Promise<Found> {
  if (isId(said)) {
    const { emailer_campaign } = await api.sequences.show({ id: said.toLowerCase() });
    return { id: emailer_campaign.id, name: emailer_campaign.name };
  }
  const found: (Found & { archived: boolean })[] = [];
  for await (const one of api.sequences.search.each({ q_name: said })) found.push(one);
  const isMeant = ({ name }: Found) => name.trim().toLowerCase() === said.trim().toLowerCase();
  const meant = found.filter(isMeant);
  const live = meant.filter(({ archived }) => !archived);
  const [one, ...more] = live.length > 0 ? live : meant;
  if (one && more.length === 0) return one;
  if (one)
    throw new Unusable(
      `${more.length + 1} sequences are named ${said}.`,
      `Use one of the ids: ${[one, ...more].map(({ id }) => id).join(", ")}.`,
    );
  const near = found.slice(0, 5).map(({ name }) => name);
  throw new Unusable(
    `No sequence is named ${said}.`,
    near.length > 0 ? `Similar names: ${near.join(", ")}.` : "List them: cadenza sequences search",
    EXIT.notFound,
  );
}

/** Several take turns, so that has to be meant. Without any, all that are active. */
export async function findMailboxes(api: Client, said: readonly string[], rotates: boolean) {
  const { email_accounts: known } = await api.emailAccounts.list();
  const active = known.filter((one) => one.active);
  if (said.length === 0 && rotates) {
    if (active.length === 0) throw new Unusable("No active mailbox.", "List them: cadenza mailboxes list");
    return active;
  }
  if (said.length === 0)
    throw new Unusable(
      "No mailbox given. Use --mailbox with an id or email address.",
      "With --rotate alone, all active mailboxes rotate.",
    );
  const meant = said.map((word) => {
    const one = known.find(({ id, email, aliases }) =>
      [id, email, ...aliases].some((name) => name.toLowerCase() === word.toLowerCase()),
    );
    if (!one)
      throw new Unusable(
        `The mailbox ${word} does not exist.`,
        "List them: cadenza mailboxes list",
        EXIT.notFound,
      );
    return one;
  });
  if (meant.length > 1 && !rotates) throw new Unusable("Several mailboxes need --rotate.", "Add --rotate.");
  return meant;
}

type PersonMatch = { id: string; name: string | null; email: string | null };

export async function findByEmail(api: Client, email: string): Promise<PersonMatch[]> {
  const wanted = email.trim().toLowerCase();
  const found: PersonMatch[] = [];
  for await (const contact of api.contacts.search.each({ q_keywords: wanted })) {
    const addresses = [contact.email, ...(contact.contact_emails ?? []).map((one) => one.email)];
    if (addresses.some((one) => one?.toLowerCase() === wanted)) found.push(contact as PersonMatch);
    if (found.length >= 20) break;
  }
  return found;
}
