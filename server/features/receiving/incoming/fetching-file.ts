// An attachment of an email that came in. Cadenza keeps its name and size; the file itself stays in the mailbox and is read from there
// when a user downloads it.

import type { App, Caller } from "../../../app.ts";
import type { AttachedFile } from "../../../domain/receiving/incoming-mail.ts";
import { safeContentType } from "../../../domain/sequences/attached-files.ts";
import type { StoredFile } from "../../../http/files.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { say } from "../../../kernel/say.ts";
import type { KeptMail } from "../../../mail/kept-mails.ts";
import { openTurns } from "../../../runtime/threads.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { openMailbox } from "../../mailboxes/mailboxes/open-mailbox.ts";
import { receivedFileName } from "./present.ts";
import { ourReaders } from "./run-in-worker.ts";
import { showIncoming } from "./store.ts";
import { keyOf } from "./unseen.ts";

/** An email may be 50 MB, so few are in memory at once. */
const AT_ONCE = 4;
const inTurn = openTurns(AT_ONCE);

export async function fetchFile(
  { app, caller }: { app: App; caller: Caller },
  id: string,
  position: number,
): Promise<StoredFile> {
  const { teamId } = caller;
  const mail = await app.db.inTeam(teamId, (db) => showIncoming(db, teamId, id, viewerIn(caller)));
  const file = mail?.attachments.find((one) => one.position === position);
  if (!mail || !file) throw new Refusal("record_not_found");
  const kept = { messageId: mail.internetMessageId, folder: mail.folder, uid: mail.uid };
  return inTurn(teamId, async () => {
    const raw = await readFrom(app, teamId, mail, kept);
    const { result, fault } = await ourReaders.extract(teamId, raw, position);
    if (fault) throw new Refusal("received_file_unreadable", { name: receivedFileName(file) });
    // Another email under the same Message-ID is not the one that was shown.
    if (keyOf({ mail: result }) !== mail.contentKey || !result.file) throw goneFrom(mail);
    return stored(file, result.file.bytes);
  });
}

type Mail = { mailboxId: string; mailboxEmail: string };

async function readFrom(app: App, teamId: string, mail: Mail, kept: KeptMail): Promise<Buffer> {
  const { mailboxId, mailboxEmail: email } = mail;
  const opened = await openMailbox(app, teamId, mailboxId);
  if (opened.kind !== "open" || !opened.servers.imap)
    throw new Refusal("mailbox_not_readable", { email, why: say("it is not connected") });
  const look = await app.mail.readKept(opened.servers.imap, kept);
  if (look.kind === "found") return look.raw;
  if (look.kind === "failed")
    throw new Refusal("mailbox_not_readable", {
      email,
      why: look.serverSaid ?? say("its server did not answer"),
    });
  throw look.kind === "gone" ? goneFrom(mail) : new Refusal("received_mail_too_large");
}

function goneFrom({ mailboxEmail }: Mail) {
  return new Refusal("received_mail_gone", { email: mailboxEmail });
}

function stored(file: AttachedFile, bytes: Uint8Array): StoredFile {
  return {
    fileName: receivedFileName(file),
    contentType: safeContentType(file.type),
    content: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  };
}
