// An email that is passed on: whom it is from and when it came, then its text.

import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { dayAndTime } from "../../../parts/when.ts";
import { htmlFrom } from "../mails/as-text.ts";
import { EMPTY, type Written } from "../mails/words.ts";
import type { Incoming } from "./queries.ts";

export const placeOfForward = ({ id }: Pick<Incoming, "id">) => `forward-${id}`;

export function forwarded(mail: Incoming, files: readonly string[]): Written {
  return { ...EMPTY, subject: passedOn(mail.subject), html: htmlOf(mail), files: [...files] };
}

function htmlOf(mail: Incoming) {
  const from = [mail.from_name, mail.from_email && `<${mail.from_email}>`].filter(Boolean).join(" ");
  const head = [
    t("Forwarded email"),
    t("From: {from}", { from }),
    t("Date: {when}", { when: dayAndTime(mail.received_at, currentTime()) }),
    t("Subject: {subject}", { subject: mail.subject ?? t("No subject") }),
    t("To: {mailbox_email}", { mailbox_email: mail.mailbox_email }),
  ].join("\n");
  return `<p></p>${htmlFrom(head)}${htmlFrom(mail.body_text ?? "")}`;
}

// texts: not translated, mail programs know "Fwd:" in every language
function passedOn(subject: string | null) {
  if (!subject) return "Fwd:";
  return /^(?:fwd?|wg|tr|rv):/i.test(subject) ? subject : `Fwd: ${subject}`;
}
