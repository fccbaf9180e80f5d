// A made report, mailed to one user of the team from one of its mailboxes. It is no mail to a contact: it belongs to
// no sequence, and no limit counts it. The release is recorded before the mail ends, so that no user gets it twice,
// whatever happens.

import type { App } from "../../../app.ts";
import { mayPass } from "../../../domain/contacts/reserved-addresses.ts";
import { inLanguage } from "../../../kernel/language.ts";
import { spokenRegion } from "../../../kernel/say.ts";
import { isByApi } from "../../../mail/door.ts";
import type { SendOutcome } from "../../../mail/outcome.ts";
import { prepareMail } from "../../../mail/prepared-mail.ts";
import { findTeam } from "../../identity/teams/store.ts";
import { openMailbox } from "../../mailboxes/mailboxes/open-mailbox.ts";
import { dkimKeysOf } from "../../mailboxes/sending-domains/commands.ts";
import { letterOf } from "./letter.ts";
import type { ClaimedMail, MailEnd } from "./runs-store.ts";
import * as runs from "./runs-store.ts";

const MOST_TRIES = 6;

/** No transaction is open while it goes out. `mayRelease` is asked right before its dot. */
export async function mailReport(
  app: App,
  teamId: string,
  mail: ClaimedMail,
  mayRelease: () => Promise<boolean>,
): Promise<MailEnd> {
  const { run, team } = await app.db.inTeam(teamId, async (db) => ({
    run: await runs.findRun(db, teamId, mail.runId),
    team: await findTeam(db, teamId),
  }));
  if (!run?.content || run.mailboxId === null) return failed("The report no longer exists.");
  const { content } = run;
  const opened = await openMailbox(app, teamId, run.mailboxId);
  if (opened.kind === "unreachable") return again(app, mail, opened.why);
  const smtp = opened.kind === "open" ? opened.servers.smtp : null;
  if (opened.kind !== "open" || !smtp) return failed("The mailbox that sends this report is not connected.");
  const { type, email, displayName } = opened.mailbox;
  const passage = { mailboxType: type, hasSample: (team?.samplePlantedAt ?? null) !== null };
  if (!mayPass(passage, { email: mail.toEmail, isInvented: false }))
    return failed(`${mail.toEmail} is an invented address of the sample. Real mailboxes do not send to it.`);
  const zone = team?.timeZone ?? "UTC";
  const day = run.dueAt.toZonedDateTimeISO(zone).toPlainDate();
  const letter = inLanguage(mail.language, () =>
    letterOf(content, {
      on: day.toLocaleString(spokenRegion(), { dateStyle: "long" }),
      url: `${app.config.publicUrl}/reports`,
    }),
  );
  const domain = email.slice(email.lastIndexOf("@") + 1).toLowerCase();
  const { mail: prepared } = await prepareMail({
    recipient: mail.toEmail,
    from: { name: displayName, address: email },
    replyTo: null,
    to: [{ name: null, address: mail.toEmail }],
    cc: [],
    subject: letter.subject,
    html: letter.html,
    text: letter.text,
    // The same at every try: a server that has it already may know it by that.
    messageId: `<report.${mail.runId}.${mail.userId}@${domain}>`,
    date: run.madeAt ?? run.dueAt,
    inReplyTo: null,
    references: [],
    unsubscribe: null,
    token: null,
    attachments: [
      {
        fileName: letter.fileName,
        contentType: "text/csv",
        contentId: null,
        content: Buffer.from(letter.csv, "utf8"),
      },
    ],
    dkim: isByApi(smtp) ? null : ((await dkimKeysOf(app, teamId, run.mailboxId)).get(domain) ?? null),
  });
  if (!prepared) return failed("The report cannot be sent as an email. It may be too large.");
  const outcome = await app.mail.transmit({ id: run.mailboxId, email, server: smtp }, prepared, {
    mayRelease,
  });
  return endOf(app, mail, outcome);
}

function endOf(app: App, mail: ClaimedMail, outcome: SendOutcome): MailEnd {
  switch (outcome.kind) {
    case "accepted":
      return { state: "sent", said: outcome.serverSaid, again: null };
    case "ambiguous":
      return {
        state: "unconfirmed",
        again: null,
        said: "Delivery is not confirmed: the mail server did not answer. The email is not sent again.",
      };
    case "refused": {
      const said = outcome.serverSaid ?? "The mail server rejected the email.";
      return outcome.permanent ? failed(said) : again(app, mail, said);
    }
    case "held_back":
      return again(app, mail, "Sending is paused in this installation.");
    case "not_started":
      return again(
        app,
        mail,
        outcome.detail ?? `The mail server could not be reached (${outcome.why.replaceAll("_", " ")}).`,
      );
  }
}

const failed = (said: string): MailEnd => ({ state: "failed", said, again: null });

/** After a minute, two, four …; about half an hour in all. */
export function again(app: App, { tries }: ClaimedMail, said: string): MailEnd {
  if (tries >= MOST_TRIES) return failed(said);
  return { state: "planned", said, again: app.now().add({ minutes: 2 ** (tries - 1) }) };
}
