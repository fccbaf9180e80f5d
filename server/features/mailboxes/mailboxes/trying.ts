// A connection is tried before anything is stored: with the network, and so outside of the act that stores it.

import type { App, Caller } from "../../../app.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { type ConnectionWish, planConnection, type SignedIn, serversOf } from "./connection.ts";
import { isConnected, refuseForOthers, refuseUnmanageable } from "./managing.ts";
import { blank, type MailboxWish, type NewMailbox } from "./new-mailbox.ts";
import { withServers } from "./servers-sought.ts";
import * as store from "./store.ts";
import { takeTrial } from "./trials.ts";

/** Whether the connection was tried, for the row to say so. */
export type Trial = { wasTried: boolean };

export async function tryNewMailbox(
  app: App,
  caller: Caller,
  told: NewMailbox,
  isTried: boolean,
): Promise<Trial & { wish: NewMailbox }> {
  refuseForOthers(caller, told.userId ?? caller.userId);
  if (told.type === "catcher" && !(await app.catcher.open())) throw new Refusal("catcher_not_running");
  const [first, ...others] = await withServers(app, caller, told);
  const tryOne = async (wish: NewMailbox) => ({
    wish,
    ...(await tryConnection(app, caller, blank(wish, caller, app.now()), wish, isTried)),
  });
  let tried = tryOne(first);
  for (const other of others)
    tried = tried.catch((refusal: Refusal) =>
      isNotLetIn(refusal) ? tryOne(other) : Promise.reject(refusal),
    );
  return tried;
}

function isNotLetIn({ code }: Refusal) {
  return code === "smtp_auth_failed" || code === "imap_auth_failed";
}

export async function tryChange(
  app: App,
  caller: Caller,
  id: string,
  wish: MailboxWish,
  isTried: boolean,
): Promise<Trial> {
  const { smtp, imap, oauth, connectedBy } = wish;
  const mailbox = await app.db.inTeam(caller.teamId, (db) => store.findSealedMailbox(db, caller.teamId, id));
  refuseUnmanageable(mailbox, caller);
  if ([smtp, imap, oauth, connectedBy].every((told) => told === undefined)) return { wasTried: false };
  return tryConnection(app, caller, mailbox, wish, isTried);
}

/** As it is stored, with nothing changed. */
export async function tryMailbox(app: App, caller: Caller, id: string): Promise<Trial> {
  const mailbox = await app.db.inTeam(caller.teamId, (db) => store.findSealedMailbox(db, caller.teamId, id));
  refuseUnmanageable(mailbox, caller);
  return tryConnection(app, caller, mailbox, {}, true);
}

/** With the tokens that a sign-in brought, before anything is stored. */
export async function trySignedIn(app: App, caller: Caller, email: string, signedIn: SignedIn) {
  const { teamId } = caller;
  const known = await app.db.inTeam(teamId, (db) => store.findMailboxByEmail(db, teamId, email));
  if (isConnected(known)) refuseUnmanageable(known, caller);
  const mailbox = isConnected(known) ? known : blank({ email, type: signedIn.type }, caller, app.now());
  return tryConnection(app, caller, mailbox, { signedIn }, true);
}

async function tryConnection(
  app: App,
  caller: Caller,
  mailbox: store.Mailbox,
  wish: ConnectionWish,
  isTried: boolean,
) {
  const plan = planConnection(mailbox, wish, app.config);
  const servers = serversOf(app, caller.teamId, mailbox, plan);
  if (!isTried) {
    const refused = await app.mail.judgeHosts(servers);
    if (refused) throw new Refusal(refused);
    return { wasTried: false };
  }
  takeTrial(caller.teamId, app.now());
  const failure = await app.mail.test(servers);
  if (!failure) return { wasTried: true };
  if (!("phase" in failure)) throw new Refusal(failure.code);
  const { code, phase, serverSaid } = failure;
  throw new Refusal(code, {}, { details: { phase, server_said: serverSaid } });
}
