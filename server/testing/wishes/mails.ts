// Mailboxes, what they send and what comes in; joining a sequence.

import { generateKeyPairSync } from "node:crypto";
import { makeCaught } from "../caught.ts";
import { plantIncoming } from "../incoming.ts";
import { SIGN_IN_CLIENT, signInPeerOf } from "../sign-in-peer.ts";
import { asOwner } from "../wire.ts";
import type { MakerContext, Wishes } from "./makers.ts";
import { make as makeSequenceFor } from "./sequences.ts";

const DKIM_KEY = generateKeyPairSync("ed25519")
  .privateKey.export({ type: "pkcs8", format: "pem" })
  .toString();

let names = 0;

export function mails({ world, team, make }: MakerContext): Wishes {
  const setClient = () => team.api.signInClients.save({ provider: "google", ...SIGN_IN_CLIENT });
  /** Under a name of its own, which leads nowhere. */
  const trackingDomain = async () => {
    const domain = `made${++names}.norrland.no`;
    return (await team.api.trackingDomains.create({ domain })).tracking_domain.id;
  };
  return {
    "signInClients.save": async () => ({ input: { provider: "google", ...SIGN_IN_CLIENT } }),
    "signInClients.delete": async () => {
      await setClient();
      return { input: { provider: "google" } };
    },
    "emailAccounts.startSignIn": async () => {
      await setClient();
      return { input: { provider: "google" } };
    },
    "emailAccounts.finishSignIn": async () => {
      await setClient();
      const { sign_in } = await team.api.emailAccounts.startSignIn({ provider: "google" });
      return { input: await signInPeerOf(world).consent(sign_in.authorization_url) };
    },
    "emailAccounts.create": async () => ({ input: make.mailboxWish() }),
    "emailAccounts.update": async () => ({ input: { id: await make.mailbox(), display_name: "Changed" } }),
    "emailAccounts.setDkim": async () => ({ input: { id: await make.mailbox(), private_key: DKIM_KEY } }),
    "emailAccounts.removeDkim": async () => {
      const id = await make.mailbox();
      await team.api.emailAccounts.setDkim({ id, key_type: "ed25519" });
      return { input: { id } };
    },
    "emailAccounts.checkDomain": async () => ({ input: { id: await make.mailbox() } }),
    "emailAccounts.test": async () => ({ input: { id: await make.mailbox() } }),
    "emailAccounts.sendTest": async () => ({ input: { id: await make.mailbox() } }),
    "trackingDomains.create": async () => ({ input: { domain: "made.norrland.no" } }),
    "trackingDomains.update": async () => {
      await trackingDomain(); // the first one is the default
      return { input: { id: await trackingDomain(), default: true } };
    },
    "trackingDomains.check": async () => ({ input: { id: await trackingDomain() } }),
    "trackingDomains.destroy": async () => ({ input: { id: await trackingDomain() } }),
    "promises.create": async () => ({
      input: {
        id: await makeSequenceFor.activeSequence(team),
        contact_ids: [await make.contact()],
        send_email_from_email_account_id: [await make.mailbox()],
        sequence_no_email: true,
      },
    }),
    "joining.addContacts": async () => ({
      input: {
        id: await makeSequenceFor.activeSequence(team),
        contact_ids: [await make.contact()],
        send_email_from_email_account_id: [await make.mailbox()],
        sequence_no_email: true,
      },
    }),
    "emailAccounts.disconnect": async () => ({ input: { id: await make.mailbox() } }),
    "incomingMails.overrule": async () => ({
      input: { id: (await plantIncoming(world, team)).id, kind: "auto_reply" },
    }),
    "incomingMails.bulkHandle": async () => ({
      input: { incoming_mail_ids: [(await plantIncoming(world, team)).id] },
    }),
    "incomingMails.bulkSnooze": async () => ({
      input: {
        incoming_mail_ids: [(await plantIncoming(world, team)).id],
        until: world.running.app.now().add({ hours: 72 }).toString(),
      },
    }),
    "incomingMails.bulkAssign": async () => ({
      input: { incoming_mail_ids: [(await plantIncoming(world, team)).id], user_id: team.owner.id },
    }),
    "incomingMails.bulkOverrule": async () => ({
      input: { incoming_mail_ids: [(await plantIncoming(world, team)).id], kind: "auto_reply" },
    }),
    "catcher.reply": async () => ({ input: { id: await makeCaught(world, team, await make.mailbox()) } }),
    "catcher.empty": async () => {
      await makeCaught(world, team, await make.mailbox());
      return { input: {} };
    },
    "incomingMails.handle": async () => ({ input: { id: (await plantIncoming(world, team)).id } }),
    "incomingMails.settle": async () => ({
      input: { id: (await plantIncoming(world, team)).id, kind: "auto_reply" },
    }),
    "replies.deleteExample": async () => {
      const { id, email } = await plantIncoming(world, team);
      const said = "update incoming_mails set body_text = 'Hello', from_email = $2 where id = $1"; // an example is its words
      await asOwner(world, (client) => client.query(said, [id, email]));
      await team.api.incomingMails.settle({ id, kind: "auto_reply" });
      const { reply_examples } = await team.api.replies.examples({});
      return { input: { id: reply_examples.find((one) => one.incoming_mail_id === id)?.id ?? "" } };
    },
    "rehearsals.sendTest": async () => ({
      input: {
        id: await makeSequenceFor.sequence(team),
        email_account_id: await make.mailbox(),
        subject: "Hello",
        body_html: "<p>Hello</p>",
      },
    }),
  };
}
