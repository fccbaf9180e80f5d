import { stored } from "../../../kernel/moments.ts";
import type { AnswerKind, CaughtRow, ListedCaught, NewCaught } from "./store.ts";

export function presentMail(mail: CaughtRow | NewCaught) {
  return {
    id: mail.id,
    at: stored(mail.at),
    email_account_id: mail.mailboxId,
    from: mail.fromAddress,
    to: mail.toAddress,
    subject: mail.subject,
    text: mail.bodyText,
  };
}

export function presentCaught(mail: ListedCaught) {
  return {
    ...presentMail(mail),
    headers: mail.headers,
    html: mail.bodyHtml,
    answers: mail.answered.map(({ id, at, kind }: { id: string; at: string; kind: AnswerKind }) => ({
      id,
      at: stored(Temporal.Instant.from(at)),
      kind,
    })),
  };
}
