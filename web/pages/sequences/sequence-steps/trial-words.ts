// Why an email would not be sent to a contact, in the words of the screen, by the code of the gate.

import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import type { Trial, TrialMail } from "./queries.ts";

const REASONS: Record<string, (missing: string) => string> = perLanguage(() => ({
  contact_unsubscribed: () => t("Unsubscribed"),
  contact_do_not_contact: () => t("Do not contact"),
  suppressed: () => t("On the Do not email list"),
  contact_paused: () => t("Paused at the contact's request"),
  answer_unsettled: () => t("A reply waits for review"),
  contact_stage_safeguard: () => t("In a stage that this sequence excludes"),
  account_stage_safeguard: () => t("Company in a stage that this sequence excludes"),
  email_missing: () => t("No email address"),
  email_skipped: () => t("No email address"),
  email_format_invalid: () => t("Invalid email address"),
  not_valid_hard_bounce_detected: () => t("Email address bounced"),
  email_unverified: () => t("Email address not verified"),
  needs_review: () => t("Not ready to send yet, so it will wait."),
  mail_unreadable: () => t("The text of the email has an error"),
  snippets_missing: (missing: string) => t("Missing: {missing}", { missing }),
  personalized_opener_missing: () => t("No personal opener written yet"),
  thread_reply_original_email_missing: () => t("No earlier email to reply to"),
}));

/** The one that the verdict is about: an email that would fail may have to wait as well. */
export function reasonOf({ reasons, missing }: TrialMail) {
  const reason = reasons.find(({ outcome }) => outcome === "fail") ?? reasons[0];
  if (!reason) return null;
  return REASONS[reason.code]?.(missing.map((name) => `{{${name}}}`).join(", ")) ?? reason.sentence;
}

export function verdictWords(verdict: TrialMail["verdict"]) {
  return {
    ready: t("Ready"),
    waits: t("Would wait"),
    skipped: t("Would be skipped"),
    fails: t("Would fail"),
  }[verdict];
}

export function trialSummary({ source, looked_at: looked, failing }: Trial) {
  if (looked === 0) return t("No contacts yet.");
  const from = {
    sequence: t("Contacts of this sequence."),
    list: t("Contacts of this list."),
    newest: t("Your newest contacts."),
  }[source];
  const says =
    failing === 0
      ? t("{looked, plural, one {# contact} other {# contacts}} checked, none would fail.", { looked })
      : t(
          "{failing, plural, one {# fails} other {# fail}} of {looked, plural, one {# contact} other {# contacts}} checked.",
          { failing, looked },
        );
  return `${says} ${from}`;
}
