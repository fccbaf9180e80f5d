// The domain that a mailbox sends from, which it may share with others: the key its mails are signed with, and what the DNS
// says of it. Only admins set keys, because they hold for everybody's mail.

import type { Act, App, Caller } from "../../../app.ts";
import type { KeyType } from "../../../domain/contacts/sending-domain.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import type { Secrets } from "../../../kernel/secrets.ts";
import type { DkimKey } from "../../../mail/dkim.ts";
import { byCaller, type Happening, record } from "../../events/events/store.ts";
import { findMailboxes } from "../mailboxes/store.ts";
import { takeTrial } from "../mailboxes/trials.ts";
import { type CheckedDomain, lookUp } from "./checking.ts";
import { type DkimPair, newPair, readPair } from "./dkim-keys.ts";
import { noteFacts } from "./noting.ts";
import * as store from "./store.ts";

type DkimKeyInput = { selector: string | undefined; privateKey: string | undefined; type: KeyType };

/** A new one, or the one that was brought. Takes a while, so it comes before the act. */
export async function preparePair(caller: Caller, { privateKey, type }: DkimKeyInput): Promise<DkimPair> {
  if (caller.role !== "admin") throw new Refusal("admin_only");
  const pair = privateKey === undefined ? await newPair(type) : readPair(privateKey);
  if (!pair) throw new Refusal("dkim_key_unusable");
  return pair;
}

export async function setDkimKey(act: Act, id: string, wish: DkimKeyInput, pair: DkimPair) {
  const { db, caller, now, app } = act;
  const { domain, email } = await getMailbox(act, id);
  const { type, publicKey, privateKey } = pair;
  const selector = (
    wish.selector ?? `cadenza${now.toString().slice(0, 10).replaceAll("-", "")}`
  ).toLowerCase();
  const sealed = app.secrets.seal(placeOf(caller.teamId, domain), privateKey);
  await store.setKey(db, caller.teamId, { domain, selector, type, sealed, publicKey }, now);
  return told(act, id, { type: "email_account.changed", data: { email, dkim: "set", domain, selector } });
}

export async function removeDkimKey(act: Act, id: string) {
  const { db, caller } = act;
  if (caller.role !== "admin") throw new Refusal("admin_only");
  const { domain, email } = await getMailbox(act, id);
  if (!(await store.removeKey(db, caller.teamId, domain))) throw new Refusal("dkim_key_not_set");
  return told(act, id, { type: "email_account.changed", data: { email, dkim: "removed", domain } });
}

/** Asks the DNS at once. */
export async function lookUpMailbox(app: App, caller: Caller, id: string): Promise<CheckedDomain> {
  const wish = await app.db.inTeam(caller.teamId, async (db) => {
    const { domain } = await getMailbox({ db, caller }, id);
    return store.findToCheck(db, caller.teamId, domain);
  });
  if (!wish) throw new Refusal("record_not_found");
  takeTrial(caller.teamId, app.now());
  return lookUp(app, wish);
}

export async function noteDomainsChecked(act: Act, id: string, checked: CheckedDomain) {
  const { email, domain } = await getMailbox(act, id);
  await noteFacts(byCaller(act), [checked]);
  return told(act, id, { type: "email_account.checked", data: { email, domain } });
}

async function getMailbox({ db, caller }: Pick<Act, "db" | "caller">, id: string) {
  const [mailbox] = await findMailboxes(db, caller.teamId, [id]);
  if (!mailbox || mailbox.revokedAt) throw new Refusal("record_not_found");
  return { ...mailbox, domain: mailbox.email.slice(mailbox.email.lastIndexOf("@") + 1).toLowerCase() };
}

async function told(act: Act, id: string, { type, data }: Pick<Happening, "type" | "data">) {
  await record(byCaller(act), { type, subject: { type: "email_account", id }, data });
  return getMailbox(act, id);
}

function placeOf(teamId: string, domain: string) {
  return { teamId, table: "sending_domains", rowId: domain, column: "private_key" };
}

/** By domain, decrypted, for signing. */
export async function dkimKeysOf(
  app: { db: App["db"]; secrets: Secrets },
  teamId: string,
  mailboxId: string,
) {
  const rows = await app.db.inTeam(teamId, (db) => store.keysFor(db, teamId, [mailboxId]));
  return openKeys(app, teamId, rows);
}

export function openKeys(app: { secrets: Secrets }, teamId: string, sealed: readonly store.SealedKey[]) {
  return new Map(
    sealed.map(({ domain, selector, privateKey }): [string, DkimKey] => [
      domain,
      { domain, selector, privateKey: app.secrets.open(placeOf(teamId, domain), privateKey) },
    ]),
  );
}
