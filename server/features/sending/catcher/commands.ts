import type { Act, App } from "../../../app.ts";
import type { Db } from "../../../db/connect.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { writeCatcherAnswer } from "./answers.ts";
import type { CatcherReply } from "./reports.ts";
import * as store from "./store.ts";

/** Looked at before anything else: where there is no catcher, there is nothing to ask of it. */
export async function refuseWithoutCatcher(app: App) {
  if (!(await app.catcher.open())) throw new Refusal("catcher_not_running");
}

/** Answers a caught mail as the person would to whom it went; the answer comes into the mailbox it was sent from. */
export async function answerCaught(act: Act, id: string, wish: Omit<CatcherReply, "at">) {
  const { db, caller, now, app } = act;
  const caught = await store.findCaught(db, caller.teamId, id, viewerIn(caller));
  if (!caught) throw new Refusal("record_not_found");
  const answered = await putAnswer(db, caller.teamId, caught, { ...wish, at: now });
  await record(byCaller(act), {
    type: "catcher.answered",
    subject: { type: "email_account", id: caught.mailboxId },
    data: { kind: wish.kind },
  });
  act.afterCommit(() => app.catcher.tell(caught.mailboxId, "INBOX"));
  return answered;
}

export async function putAnswer(db: Db, teamId: string, caught: store.CaughtRow, answer: CatcherReply) {
  const { from, to, subject, messageId, text, headers, raw } = await writeCatcherAnswer(caught, answer);
  const row: store.NewCaught = {
    id: newId(),
    mailboxId: caught.mailboxId,
    folder: "INBOX",
    at: answer.at,
    subject,
    messageId,
    headers,
    raw,
    fromAddress: from,
    toAddress: to,
    bodyText: text,
    bodyHtml: null,
    answers: caught.id,
    answerKind: answer.kind,
  };
  await store.insertCaught(db, teamId, row);
  return row;
}

/** Forgets all that was caught for the team. */
export async function emptyCatcher(act: Act) {
  const { db, caller } = act;
  const deleted = await store.deleteCaught(db, caller.teamId);
  await record(byCaller(act), {
    type: "catcher.emptied",
    subject: { type: "team", id: caller.teamId },
    data: { count: deleted },
  });
  return deleted;
}
