// What is written into a mail by hand, before it is saved.

import type { MailShown } from "./queries.ts";

type Copy = { email: string; recipient_type_cd: "cc" | "bcc" };

export type Words = {
  subject: string;
  body_html: string;
  recipients: Copy[];
  attachment_ids: string[];
  remind_after_days: number | null;
};

export type Written = {
  subject: string;
  html: string;
  cc: string[];
  bcc: string[];
  files: string[];
  remindAfter: number | null;
};

export const EMPTY: Written = { subject: "", html: "", cc: [], bcc: [], files: [], remindAfter: null };

export function writtenIn(mail: MailShown): Written {
  return {
    subject: mail.subject ?? "",
    html: mail.body_html ?? "",
    cc: mail.cc_emails,
    bcc: mail.bcc_emails,
    files: mail.attachment_ids,
    remindAfter: mail.remind_after_days,
  };
}

/** As the server takes it. */
export function wordsOf({ subject, html, cc, bcc, files, remindAfter }: Written): Words {
  return {
    subject,
    body_html: html,
    recipients: [
      ...cc.map((email) => ({ email, recipient_type_cd: "cc" as const })),
      ...bcc.map((email) => ({ email, recipient_type_cd: "bcc" as const })),
    ],
    attachment_ids: files,
    remind_after_days: remindAfter,
  };
}

export function isSame(one: Written, other: Written) {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Each once, however they were typed or pasted. */
export function addressesIn(typed: readonly string[]) {
  return [...new Set(typed.flatMap((text) => text.split(/[\s,;]+/)).filter(Boolean))];
}

/** The first that cannot be an address. The server looks closer. */
export function wrongAddress(emails: readonly string[]) {
  return emails.find((email) => {
    const [name, domain = "", ...more] = email.split("@");
    return !name || more.length > 0 || !domain.slice(1, -1).includes(".");
  });
}
