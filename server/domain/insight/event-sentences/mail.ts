// Mails, mailboxes, and what comes back.

import { say } from "../../../kernel/say.ts";
import { HEALTH_WORDS } from "../../contacts/dns-health.ts";
import { CHECK_NAMES } from "../../contacts/domain-standings.ts";
import { wordsFor } from "../../enrollments/failure-words.ts";
import { type BrakeSaid, brakeSays } from "../../gate/brake-words.ts";
import { holdMeans } from "../trial-run-words.ts";
import { type Sentences, spacedWords } from "./sentence.ts";

export const mail = {
  "message.drafted": (who) => say("{who} drafted an email", { who }),
  "message.changed": (who) => say("{who} changed an email", { who }),
  "message.resolved": (who, data) =>
    data.as === "assumed"
      ? say("No bounce came in for an email with unconfirmed delivery, so it counts as sent")
      : data.as === "sent"
        ? say("{who} marked an email with unconfirmed delivery as sent", { who })
        : say("{who} sent an email with unconfirmed delivery again", { who }),
  "message.deleted": (who) => say("{who} deleted an email", { who }),
  "message.scheduled": () => say("An email was scheduled"),
  "message.sent": () => say("An email was sent"),
  "message.delayed": (_, data) =>
    data.code === undefined
      ? say("An email is on hold")
      : say("An email is on hold. {why}", { why: holdMeans(String(data.code)).replace(/\.$/, "") }),
  "message.limit_overridden": (who, data) =>
    say("{who} sent an email above the limit of {limit} in {days} days", {
      who,
      limit: data.limit,
      days: data.days,
    }),
  "message.failed": (_, data) =>
    data.code === undefined
      ? say("An email was not sent")
      : say("An email was not sent: {why}", { why: wordsFor(String(data.code)) }),
  "message.unconfirmed": () =>
    say("Delivery of an email is not confirmed: the mail server's answer was lost"),
  "message.replied": () => say("A contact replied"),
  "message.opened": () => say("A contact opened an email"),
  "message.clicked": () => say("A contact clicked a link in an email"),
  "message.bounced": (_who, data) =>
    data.bounce_type === "soft"
      ? say("An email could not be delivered after three attempts (soft bounce)")
      : say("An email hard bounced"),
  "message.spam_blocked": () => say("An email was blocked as spam"),
  "reply_example.deleted": (who) => say("{who} deleted a reply example", { who }),
  "incoming_mail.overruled": (who, data) =>
    say("{who} changed the type of an incoming email from {was} to {kind}", {
      who,
      was: spacedWords(data.was),
      kind: spacedWords(data.kind),
    }),
  "incoming_mail.suggestion_dropped": (who) =>
    say("{who} rejected the language model's suggestion for an incoming email", { who }),
  "incoming_mail.handled": (who) => say("{who} marked an incoming email as handled", { who }),
  "incoming_mail.reopened": (who) => say("{who} moved an incoming email back to the inbox", { who }),
  "incoming_mail.snoozed": (who, data) =>
    say("{who} snoozed an incoming email until {until}", { who, until: data.until }),
  "incoming_mail.assigned": (who, data) =>
    data.name === undefined
      ? say("{who} took back the assignment of an incoming email", { who })
      : say("{who} assigned an incoming email to {name}", { who, name: data.name }),
  "message.unsubscribed": (_who, data) =>
    data.scope === "sequence"
      ? say("A contact unsubscribed from one sequence")
      : say("A contact unsubscribed by replying to an email"),
  "catcher.answered": (who) => say("{who} replied to an email in the test inbox as the contact", { who }),
  "catcher.emptied": (who) => say("{who} emptied the test inbox", { who }),
  "email_account.connected": (who, data) =>
    say("{who} connected the mailbox {email}", { who, email: data.email }),
  "email_account.changed": (who, data) => {
    if (data.dkim === "set")
      return say("{who} set the signing key (DKIM) for emails from {domain}", { who, domain: data.domain });
    if (data.dkim === "removed")
      return say("{who} removed the signing key (DKIM) for emails from {domain}", {
        who,
        domain: data.domain,
      });
    return say("{who} changed the mailbox {email}", { who, email: data.email });
  },
  "email_account.signed_in": (who, data) =>
    say("{who} signed in to the mailbox {email} again", { who, email: data.email }),
  "email_account.sign_in_started": (who, data) =>
    say("{who} started to sign in with {provider} to connect a mailbox", { who, provider: data.provider }),
  "sign_in_client.changed": (who, data) =>
    say("{who} set the client for signing in with {provider}", { who, provider: data.provider }),
  "sign_in_client.deleted": (who, data) =>
    say("{who} deleted the client for signing in with {provider}", { who, provider: data.provider }),
  "email_account.checked": (who, data) =>
    say("{who} checked the DNS records of {domain}", { who, domain: data.domain }),
  "sending_domain.changed": (_who, data) =>
    say("{check} of {domain} changed: {code}", {
      check: CHECK_NAMES[data.check as keyof typeof CHECK_NAMES] ?? say("A record"),
      domain: data.domain,
      code: HEALTH_WORDS[data.code as keyof typeof HEALTH_WORDS] ?? data.code,
    }),
  "tracking_domain.changed": (who, data) => trackingDomainSays(who, data),
  "placement_test.started": (who, data) =>
    say(
      "{who} started a placement test of {email} with {seeds} seed {seeds, plural, one {mailbox} other {mailboxes}}",
      { who, email: data.email, seeds: data.seeds },
    ),
  "placement_test.finished": (_who, data) =>
    say("A placement test of {email} found {inbox} of {seeds} emails in the inbox and {spam} in spam", {
      email: data.email,
      inbox: data.inbox,
      seeds: data.seeds,
      spam: data.spam,
    }),
  "email_account.tested": (who, data) => say("{who} tested the mailbox {email}", { who, email: data.email }),
  "email_account.test_sent": (who, data) =>
    say("{who} sent a test email from {email} to {to}", { who, email: data.email, to: data.to }),
  "email_account.disconnected": (who, data) =>
    data.code === undefined
      ? say("{who} disconnected the mailbox {email}", { who, email: data.email })
      : say("The mailbox {email} was disconnected, because its provider rejected the sign-in", {
          email: data.email,
        }),
  "email_account.limited": (_who, data) =>
    data.reason === "not_readable"
      ? say("The mailbox {email} cannot be read: its server rejects the sign-in or does not answer", {
          email: data.email,
        })
      : data.until
        ? say("A mailbox has reached its sending limit")
        : say("Emails from the mailbox {email} are treated as spam", { email: data.email }),
  "brake.set": (_who, data) => say("A brake was set. {said}", { said: brakeSays(saidIn(data)) }),
  "brake.lifted": (who, data) =>
    data.reason === "user"
      ? say("{who} lifted a brake ({brake})", { who, brake: brakeOf(data) })
      : say(
          "A brake was lifted ({brake}): {reason, select, rule_off {its rule is turned off} other {the figures are better}}",
          { brake: brakeOf(data), reason: data.reason },
        ),
} satisfies Sentences;

function brakeOf({ scope, name }: Record<string, unknown>) {
  return name ? `${spacedWords(scope)} ${name}` : spacedWords(scope);
}

/** As it is recorded with the event. */
function saidIn(data: Record<string, unknown>) {
  return { ...(data as BrakeSaid), figures: data as BrakeSaid["figures"] };
}

const OF_TRACKING_DOMAIN: Record<string, (who: string, domain: string) => string> = {
  added: (who, domain) => say("{who} added the tracking domain {domain}", { who, domain }),
  checked: (who, domain) => say("{who} checked the tracking domain {domain}", { who, domain }),
  removed: (who, domain) => say("{who} removed the tracking domain {domain}", { who, domain }),
  default: (who, domain) => say("{who} made {domain} the default tracking domain", { who, domain }),
  not_default: (who, domain) =>
    say("{who} made {domain} no longer the default tracking domain", { who, domain }),
  verified: (_who, domain) =>
    say("The tracking domain {domain} works. Links in new emails use it", { domain }),
  lost: (_who, domain) =>
    say(
      "The tracking domain {domain} no longer leads to Cadenza. Links in new emails use the address of Cadenza itself",
      { domain },
    ),
};

function trackingDomainSays(who: string, data: { is?: unknown; domain?: unknown }) {
  return (
    OF_TRACKING_DOMAIN[String(data.is)]?.(who, String(data.domain)) ??
    say("The tracking domain {domain} changed", { domain: data.domain })
  );
}
