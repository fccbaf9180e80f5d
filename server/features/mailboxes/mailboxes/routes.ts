import { contract } from "@cadenza/contract";
import type { z } from "zod";
import type { Act } from "../../../app.ts";
import { route, routeWithBefore } from "../../../http/route.ts";
import { readMoment } from "../../../kernel/moments.ts";
import { COUNTED_DAYS, readDeliverability } from "../mailbox-figures/deliverability-store.ts";
import { findServers } from "../server-discovery/finding.ts";
import { presentFound } from "../server-discovery/present.ts";
import { changeMailbox, connectMailbox, disconnectMailbox, noteTrial } from "./commands.ts";
import { presentDeliverability } from "./deliverability-present.ts";
import { presentMailbox } from "./present.ts";
import { listMailboxes } from "./store.ts";
import { takeTrial } from "./trials.ts";
import { tryChange, tryMailbox, tryNewMailbox } from "./trying.ts";

export const routes = [
  route(contract.emailAccounts.list, async ({ input, ...act }) => listed(act, input.include_disconnected)),

  route(contract.emailAccounts.search, connected),
  route(contract.emailAccounts.searchOlder, connected),

  routeWithBefore(
    contract.emailAccounts.create,
    ({ app, caller, input }) => tryNewMailbox(app, caller, newFrom(input), input.test),
    async ({ before, ...act }) => ({
      email_account: presentMailbox(await connectMailbox(act, before.wish, before)),
    }),
  ),

  routeWithBefore(
    contract.emailAccounts.discover,
    async ({ app, caller, input }) => {
      takeTrial(caller.teamId, app.now());
      return findServers(app, input.email);
    },
    async ({ input, before }) => presentFound(input.email, before),
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
];

function connected(act: Listing) {
  return listed(act, false);
}

type Listing = Pick<Act, "db" | "caller" | "now">;

async function listed({ db, caller, now }: Listing, includesDisconnected: boolean) {
  const mailboxes = await listMailboxes(db, caller.teamId, includesDisconnected);
  const counted = await readDeliverability(
    db,
    caller.teamId,
    mailboxes.map(({ id }) => id),
    now,
  );
  const countedOf = new Map(counted.map((one) => [one.id, one]));
  return {
    email_accounts: mailboxes.map((mailbox) => ({
      ...presentMailbox(mailbox),
      deliverability_score: presentDeliverability(caller.teamId, mailbox, countedOf.get(mailbox.id), {
        now,
        days: COUNTED_DAYS,
      }),
    })),
  };
}

type Created = z.output<typeof contract.emailAccounts.create.input>;
type Changed = z.output<typeof contract.emailAccounts.update.input>;

function newFrom(input: Created) {
  return { ...wishFrom(input), email: input.email, type: input.type, password: input.password };
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
    trackingDomainId: input.tracking_domain_id,
    countsSentElsewhere: input.count_sent_elsewhere,
    isSeed: input.seed,
    dailyLimit: input.email_daily_threshold,
    ramp: input.ramp && {
      start: input.ramp.start,
      step: input.ramp.step,
      everyDays: input.ramp.every_days,
      ceiling: input.ramp.ceiling,
    },
    hourlyLimit: input.max_outbound_emails_per_hour,
    gapSeconds: input.seconds_delay_between_emails,
    newContactsLimit: input.max_new_contacts_per_day,
    connectedBy: input.connected_by,
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
