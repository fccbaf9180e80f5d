// Mails, mailboxes, and what comes back.

import { HEALTH_WORDS } from "../../contacts/dns-health.ts";
import { CHECK_NAMES } from "../../contacts/domain-standings.ts";
import { type BrakeSaid, brakeSays } from "../../gate/brake-words.ts";
import { type Sentences, spacedWords } from "./sentence.ts";

export const mail = {
  "message.drafted": (who) => `${who} drafted an email`,
  "message.changed": (who) => `${who} changed an email`,
  "message.resolved": (who, data) =>
    data.as === "assumed"
      ? "No bounce came in for an email with unconfirmed delivery, so it counts as sent"
      : data.as === "sent"
        ? `${who} marked an email with unconfirmed delivery as sent`
        : `${who} sent an email with unconfirmed delivery again`,
  "message.deleted": (who) => `${who} deleted an email`,
  "message.scheduled": () => "An email was scheduled",
  "message.sent": () => "An email was sent",
  "message.delayed": (_, data) => `An email is on hold (${data.code ?? "no reason recorded"})`,
  "message.limit_overridden": (who, data) =>
    `${who} sent an email above the limit of ${data.limit} in ${data.days} days`,
  "message.failed": (_, data) => `An email was not sent (${data.code ?? "no reason recorded"})`,
  "message.unconfirmed": () => "Delivery of an email is not confirmed: the mail server's answer was lost",
  "message.replied": () => "A contact replied",
  "message.opened": () => "A contact opened an email",
  "message.clicked": () => "A contact clicked a link in an email",
  "message.bounced": (_who, data) =>
    data.bounce_type === "soft"
      ? "An email could not be delivered after three attempts (soft bounce)"
      : "An email hard bounced",
  "message.spam_blocked": () => "An email was blocked as spam",
  "reply_example.deleted": (who) => `${who} deleted a reply example`,
  "incoming_mail.overruled": (who, data) =>
    `${who} changed the type of an incoming email from ${spacedWords(data.was)} to ${spacedWords(data.kind)}`,
  "incoming_mail.suggestion_dropped": (who) =>
    `${who} rejected the language model's suggestion for an incoming email`,
  "incoming_mail.handled": (who) => `${who} marked an incoming email as handled`,
  "incoming_mail.reopened": (who) => `${who} moved an incoming email back to the inbox`,
  "incoming_mail.snoozed": (who, data) => `${who} snoozed an incoming email until ${data.until}`,
  "incoming_mail.assigned": (who, data) =>
    data.name === undefined
      ? `${who} took back the assignment of an incoming email`
      : `${who} assigned an incoming email to ${data.name}`,
  "message.unsubscribed": (_who, data) =>
    data.scope === "sequence"
      ? "A contact unsubscribed from one sequence"
      : "A contact unsubscribed by replying to an email",
  "catcher.answered": (who) => `${who} replied to an email in the test inbox as the contact`,
  "catcher.emptied": (who) => `${who} emptied the test inbox`,
  "email_account.connected": (who, data) => `${who} connected the mailbox ${data.email}`,
  "email_account.changed": (who, data) => {
    if (data.dkim === "set") return `${who} set the signing key (DKIM) for emails from ${data.domain}`;
    if (data.dkim === "removed")
      return `${who} removed the signing key (DKIM) for emails from ${data.domain}`;
    return `${who} changed the mailbox ${data.email}`;
  },
  "email_account.signed_in": (who, data) => `${who} signed in to the mailbox ${data.email} again`,
  "email_account.sign_in_started": (who, data) =>
    `${who} started to sign in with ${data.provider} to connect a mailbox`,
  "sign_in_client.changed": (who, data) => `${who} set the client for signing in with ${data.provider}`,
  "sign_in_client.deleted": (who, data) => `${who} deleted the client for signing in with ${data.provider}`,
  "email_account.checked": (who, data) => `${who} checked the DNS records of ${data.domain}`,
  "sending_domain.changed": (_who, data) =>
    `${CHECK_NAMES[data.check as keyof typeof CHECK_NAMES] ?? "A record"} of ${data.domain} changed: ${HEALTH_WORDS[data.code as keyof typeof HEALTH_WORDS] ?? data.code}`,
  "tracking_domain.changed": (who, data) => trackingDomainSays(who, data),
  "placement_test.started": (who, data) =>
    `${who} started a placement test of ${data.email} with ${data.seeds} seed ${data.seeds === 1 ? "mailbox" : "mailboxes"}`,
  "placement_test.finished": (_who, data) =>
    `A placement test of ${data.email} found ${data.inbox} of ${data.seeds} emails in the inbox and ${data.spam} in spam`,
  "email_account.tested": (who, data) => `${who} tested the mailbox ${data.email}`,
  "email_account.disconnected": (who, data) =>
    data.code === undefined
      ? `${who} disconnected the mailbox ${data.email}`
      : `The mailbox ${data.email} was disconnected, because its provider rejected the sign-in`,
  "email_account.limited": (_who, data) =>
    data.reason === "not_readable"
      ? `The mailbox ${data.email} cannot be read: its server rejects the sign-in or does not answer`
      : data.until
        ? "A mailbox has reached its sending limit"
        : `Emails from the mailbox ${data.email} are treated as spam`,
  "brake.set": (_who, data) => `A brake was set. ${brakeSays(saidIn(data))}`,
  "brake.lifted": (who, data) =>
    data.reason === "user"
      ? `${who} lifted a brake (${brakeOf(data)})`
      : `A brake was lifted (${brakeOf(data)}): ${data.reason === "rule_off" ? "its rule is turned off" : "the figures are better"}`,
} satisfies Sentences;

function brakeOf({ scope, name }: Record<string, unknown>) {
  return name ? `${scope} ${name}` : String(scope);
}

/** As it is recorded with the event. */
function saidIn(data: Record<string, unknown>) {
  return { ...(data as BrakeSaid), figures: data as BrakeSaid["figures"] };
}

const OF_TRACKING_DOMAIN: Record<string, (who: string, domain: string) => string> = {
  added: (who, domain) => `${who} added the tracking domain ${domain}`,
  checked: (who, domain) => `${who} checked the tracking domain ${domain}`,
  removed: (who, domain) => `${who} removed the tracking domain ${domain}`,
  default: (who, domain) => `${who} made ${domain} the default tracking domain`,
  not_default: (who, domain) => `${who} made ${domain} no longer the default tracking domain`,
  verified: (_who, domain) => `The tracking domain ${domain} works. Links in new emails use it`,
  lost: (_who, domain) =>
    `The tracking domain ${domain} no longer leads to Cadenza. Links in new emails use the address of Cadenza itself`,
};

function trackingDomainSays(who: string, data: { is?: unknown; domain?: unknown }) {
  return (
    OF_TRACKING_DOMAIN[String(data.is)]?.(who, String(data.domain)) ??
    `The tracking domain ${data.domain} changed`
  );
}
