import { contract } from "@cadenza/contract";
import type { z } from "zod";
import type { Act } from "../../app.ts";
import { route, routeWithBefore } from "../../http/route.ts";
import { readMoment } from "../../moments.ts";
import {
  lookUpMailbox,
  noteChecked,
  preparePair,
  removeDkimKey,
  setDkimKey,
} from "../sending-domains/commands.ts";
import {
  changeMailbox,
  connectMailbox,
  disconnectMailbox,
  noteTrial,
  tryChange,
  tryMailbox,
  tryNewMailbox,
} from "./commands.ts";
import { presentMailbox } from "./present.ts";
import { listMailboxes } from "./store.ts";

export const routes = [
  route(contract.emailAccounts.list, async ({ db, caller, input }) => ({
    email_accounts: (await listMailboxes(db, caller.teamId, input.include_disconnected)).map(presentMailbox),
  })),

  route(contract.emailAccounts.search, connected),
  route(contract.emailAccounts.searchOlder, connected),

  routeWithBefore(
    contract.emailAccounts.create,
    ({ app, caller, input }) => tryNewMailbox(app, caller, newFrom(input), input.test),
    async ({ input, before, ...act }) => ({
      email_account: presentMailbox(await connectMailbox(act, newFrom(input), before)),
    }),
  ),

  routeWithBefore(
    contract.emailAccounts.update,
    ({ app, caller, input }) => tryChange(app, caller, input.id, wishFrom(input), input.test),
    async ({ input, before, ...act }) => ({
      email_account: presentMailbox(await changeMailbox(act, input.id, wishFrom(input), before)),
    }),
  ),

  route(contract.emailAccounts.disconnect, async ({ input, ...act }) => ({
    email_account: presentMailbox(await disconnectMailbox(act, input.id)),
  })),

  routeWithBefore(
    contract.emailAccounts.test,
    ({ app, caller, input }) => tryMailbox(app, caller, input.id),
    async ({ input, ...act }) => ({ email_account: presentMailbox(await noteTrial(act, input.id)) }),
  ),

  routeWithBefore(
    contract.emailAccounts.setDkim,
    ({ caller, input }) => preparePair(caller, keyFrom(input)),
    async ({ input, before, ...act }) => ({
      email_account: presentMailbox(await setDkimKey(act, input.id, keyFrom(input), before)),
    }),
  ),

  route(contract.emailAccounts.removeDkim, async ({ input, ...act }) => ({
    email_account: presentMailbox(await removeDkimKey(act, input.id)),
  })),

  routeWithBefore(
    contract.emailAccounts.checkDomain,
    ({ app, caller, input }) => lookUpMailbox(app, caller, input.id),
    async ({ input, before, ...act }) => ({
      email_account: presentMailbox(await noteChecked(act, input.id, before)),
    }),
  ),
];

async function connected({ db, caller }: Pick<Act, "db" | "caller">) {
  return { email_accounts: (await listMailboxes(db, caller.teamId, false)).map(presentMailbox) };
}

function keyFrom(input: z.output<typeof contract.emailAccounts.setDkim.input>) {
  return { selector: input.selector, privateKey: input.private_key, type: input.key_type };
}

type Created = z.output<typeof contract.emailAccounts.create.input>;
type Changed = z.output<typeof contract.emailAccounts.update.input>;

function newFrom(input: Created) {
  return { ...wishFrom(input), email: input.email, type: input.type };
}

function wishFrom(input: Created | Changed) {
  return {
    displayName: input.display_name,
    userId: input.user_id,
    isDefault: input.default,
    aliases: input.aliases,
    signatureHtml: input.signature_html,
    visibility: input.visibility,
    openTracking: input.open_tracking,
    clickTracking: input.click_tracking,
    plusAddressing: input.plus_addressing,
    countsSentElsewhere: input.count_sent_elsewhere,
    dailyLimit: input.email_daily_threshold,
    hourlyLimit: input.max_outbound_emails_per_hour,
    gapSeconds: input.seconds_delay_between_emails,
    smtp: input.smtp,
    imap: input.imap,
    oauth: input.oauth && {
      accessToken: input.oauth.access_token,
      refreshToken: input.oauth.refresh_token ?? null,
      expiresAt: input.oauth.expires_at ? readMoment(input.oauth.expires_at) : null,
      clientId: input.oauth.client_id ?? null,
      clientSecret: input.oauth.client_secret ?? null,
    },
  };
}
