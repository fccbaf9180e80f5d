// Faults of a sandbox. Most have none, so what there is is remembered, and only a fault that happens asks the database.

import type { Act, App } from "../../../app.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { say } from "../../../kernel/say.ts";
import {
  type ApiCall,
  type ApiFault,
  type Fault,
  happensAt,
  type ImapFault,
  meetsApi,
  meetsProvider,
  meetsSmtp,
  meetsWebhook,
  type ProviderFault,
  type SmtpFault,
  type SmtpMoment,
  type WebhookFault,
  type WebhookMoment,
} from "./matching.ts";
import * as store from "./store.ts";

type Known = Awaited<ReturnType<typeof store.listFaults>>;

/** Of one app: the process is the only one of its sandbox. */
const remembered = new WeakMap<App, Map<string, Known>>();

/** After a change, or a return to a snapshot. */
export function forgetFaults(app: App) {
  remembered.delete(app);
}

export async function setFaults(
  { app, db, caller, afterCommit }: Act,
  faults: readonly (Fault & { timesLeft: number | null })[],
) {
  for (const { place, settings } of faults)
    if (place === "smtp" && !/^[45]\d\d[ -]/.test(settings.reply))
      throw new Refusal("parameter_invalid", {
        name: "reply",
        why: say("must begin with a code from 400 to 599, such as 451 4.7.1 try again later"),
      });
  await store.replaceFaults(db, caller.teamId, faults);
  afterCommit(() => forgetFaults(app));
}

/** Null: all goes well. */
export async function smtpFault(app: App, teamId: string, moment: SmtpMoment): Promise<SmtpFault | null> {
  return take(
    app,
    teamId,
    (one): one is SmtpFault & Known[number] => one.place === "smtp" && meetsSmtp(one, moment),
  );
}

export async function apiFault(app: App, teamId: string, call: ApiCall): Promise<ApiFault | null> {
  return take(
    app,
    teamId,
    (one): one is ApiFault & Known[number] => one.place === "api" && meetsApi(one, call),
  );
}

/** Of an email that is read. */
export async function imapFault(app: App, teamId: string): Promise<ImapFault | null> {
  return take(app, teamId, (one): one is ImapFault & Known[number] => one.place === "imap");
}

export async function webhookFault(
  app: App,
  teamId: string,
  event: WebhookMoment,
): Promise<WebhookFault | null> {
  return take(
    app,
    teamId,
    (one): one is WebhookFault & Known[number] => one.place === "webhook" && meetsWebhook(one, event),
  );
}

export async function providerFault(
  app: App,
  teamId: string,
  provider: { name: string },
): Promise<ProviderFault | null> {
  return take(
    app,
    teamId,
    (one): one is ProviderFault & Known[number] => one.place === "provider" && meetsProvider(one, provider),
  );
}

async function take<F extends Known[number]>(
  app: App,
  teamId: string,
  meets: (one: Known[number]) => one is F,
) {
  if (!app.sandbox) return null;
  for (const one of await known(app, teamId)) {
    if (!meets(one)) continue;
    const { position, settings } = one;
    const happens = await app.db.inTeam(teamId, async (db) => {
      const isDrawn =
        settings.share === undefined ||
        happensAt(settings, position, await store.countMet(db, teamId, position));
      return isDrawn && (await store.useFault(db, teamId, position));
    });
    if (happens) return one;
  }
  return null;
}

async function known(app: App, teamId: string) {
  const teams = remembered.get(app) ?? new Map<string, Known>();
  remembered.set(app, teams);
  const found = teams.get(teamId) ?? (await app.db.inTeam(teamId, (db) => store.listFaults(db, teamId)));
  teams.set(teamId, found);
  return found;
}
