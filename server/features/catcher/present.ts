import { stored } from "../../moments.ts";
import type { AnswerKind, CaughtRow, ListedCaught, NewCaught } from "./store.ts";

export function presentCaught(mail: CaughtRow | NewCaught) {
  return {
    id: mail.id,
    at: stored(mail.at),
    email_account_id: mail.mailboxId,
    from: mail.fromAddress,
    to: mail.toAddress,
    subject: mail.subject,
    headers: mail.headers,
    text: mail.bodyText,
    html: mail.bodyHtml,
  };
}

export function presentListed(mail: ListedCaught) {
  return {
    ...presentCaught(mail),
    answers: mail.answered.map(({ id, at, kind }: { id: string; at: string; kind: AnswerKind }) => ({
      id,
      at: stored(Temporal.Instant.from(at)),
      kind,
    })),
  };
}
