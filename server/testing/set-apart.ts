// Mails by other authors than the training texts', in the forms of the programs that send them, and what became of them.

import { readFileSync } from "node:fs";
import { classify } from "../domain/receiving/inbound.ts";
import type { InboundVerdict } from "../domain/receiving/inbound-verdict.ts";
import type { HeaderFields } from "../domain/receiving/incoming-mail.ts";
import { readMessage } from "../mail/read-message.ts";
import { FACTS } from "./specimens.ts";

export type Apart = { language: string; is: string; by: string; text: string; returns: string | null };
export type ClassifiedSample = Apart & { verdict: InboundVerdict };

const SUBJECT = "Question about Norrland's second plant";
const OURS = "<01en.7f3a9c@fjordlys.example>";

/** What each program adds: headers, the beginning of the subject, and what it puts around the text. */
const FORMS: Record<string, { headers: HeaderFields; subject?: string; around?: [string, string] }> = {
  plain: { headers: {} },
  phone: { headers: {}, around: ["", "\n\nSent from my iPhone"] },
  notes: { headers: {}, subject: "AUTO: Tom Berg is out of the office" },
  m365: {
    headers: {
      "auto-submitted": ["auto-generated"],
      "x-auto-response-suppress": ["All"],
      "x-ms-exchange-generated-message-source": ["Mailbox Rules Agent"],
    },
    subject: `Automatic reply: ${SUBJECT}`,
  },
  exchange: { headers: { "auto-submitted": ["auto-replied"] }, subject: `Automatische Antwort: ${SUBJECT}` },
  gmail: { headers: { "auto-submitted": ["auto-replied"], precedence: ["bulk"], "x-autoreply": ["yes"] } },
  roundcube: { headers: { "auto-submitted": ["auto-replied (vacation)"] } },
  cpanel: { headers: { "x-autorespond": [SUBJECT], precedence: ["auto_reply"] } },
  desk: {
    headers: { "auto-submitted": ["auto-replied"] },
    subject: `[Ticket #48213] ${SUBJECT}`,
  },
  zendesk: {
    headers: { "auto-submitted": ["auto-generated"], "x-zendesk-from-account-id": ["1a2b"] },
    around: [
      "##- Please type your reply above this line -##\n\nTom Berg (Norrland)\nMar 3, 2026, 10:00 CET\n\n",
      "\n\nThis email is a service from Norrland. Delivered by Zendesk",
    ],
  },
  freshdesk: {
    headers: { "auto-submitted": ["auto-generated"], "x-fd-env": ["1"] },
    around: ["Hi Ole,\n\n", ""],
  },
  servicenow: {
    headers: { "x-servicenow-generated": ["true"], precedence: ["bulk"] },
    around: ["", "\n\nRef:MSG0048213_aBcDeF"],
  },
  jira: {
    headers: { "auto-submitted": ["auto-generated"], "x-jira-fingerprint": ["aa"], precedence: ["bulk"] },
    around: [
      "Reply above this line.\n\nTom Berg commented:\n\n",
      "\n\nView request · Turn off this request's notifications",
    ],
  },
  rt: { headers: { "rt-ticket": ["norrland #48213"], "managed-by": ["RT 5.0.5"], precedence: ["bulk"] } },
  otrs: {
    headers: { "x-mailer": ["OTRS Mail Service (6.0.30)"], "x-powered-by": ["OTRS 6 (https://otrs.com/)"] },
  },
  zammad: {
    headers: {
      "x-mailer": ["Zammad Mail Service"],
      "x-powered-by": ["Zammad - Helpdesk/Support (https://zammad.org/)"],
    },
    subject: `Re: ${SUBJECT} [Ticket#1013611]`,
  },
  osticket: {
    headers: { "x-mailer": ["osTicket Mailer"] },
    around: ["-- reply above this line --\n\n", ""],
  },
  salesforce: {
    headers: { "x-sfdc-lk": ["00D8d000003TRx3"], "x-sfdc-user": ["0058d000002CGqS"] },
    around: ["", "\n\nref:!00D8d003TRx3.!5008d0CGqS:ref"],
  },
  helpscout: { headers: {}, around: ["##- Please type your reply above this line -##\n\n", ""] },
  groups: { headers: { "list-id": ["<sales.norrland.example>"], precedence: ["list"] } },
  mailman: {
    headers: { "list-id": ["<team.norrland.example>"], "list-post": ["<mailto:team@norrland.example>"] },
  },
};

export type SetApart = `set-apart${"" | "-2" | "-3" | "-4" | "-5" | "-6"}.txt`;

export function setApart(file: SetApart): Apart[] {
  return readFileSync(new URL(file, import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const [language = "", is = "", by = "", text = "", returns = null] = line.split("|");
      return { language, is, by, text: text.replaceAll("\\n", "\n"), returns };
    });
}

export async function judgedApart(one: Apart): Promise<ClassifiedSample> {
  const form = FORMS[one.by] ?? { headers: {} };
  const [above, below] = form.around ?? ["", ""];
  const headers = Object.entries(form.headers).map(([name, [value]]) => `${name}: ${value}`);
  const raw = [
    ...["From: Ines Okafor <ines.okafor@norrland.example>", "To: Ole Dahl <ole@fjordlys.example>"],
    ...[
      `Subject: ${form.subject ?? `Re: ${SUBJECT}`}`,
      `In-Reply-To: ${OURS}`,
      "Date: Tue, 03 Mar 2026 10:12:00 +0100",
    ],
    ...[
      "Message-ID: <apart@mail.example>",
      "MIME-Version: 1.0",
      `Content-Type: text/${one.by === "html" ? "html" : "plain"}; charset=utf-8`,
      ...headers,
    ],
    ...["", `${above}${one.text}${below}`],
  ].join("\r\n");
  const mail = await readMessage(Buffer.from(raw));
  return { ...one, verdict: classify(mail, FACTS) };
}
