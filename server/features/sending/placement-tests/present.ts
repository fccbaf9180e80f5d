import {
  adviceOn,
  countPlaces,
  inboxPercent,
  type PlacementCounts,
  providerOfSeed,
} from "../../../domain/sending/placement.ts";
import { stored, storedOrNull } from "../../../kernel/moments.ts";
import type { PlacementMailRow, PlacementShown } from "./store.ts";

const providerOf = ({ seedType: type, imapHost, seedEmail: email }: PlacementMailRow) =>
  providerOfSeed({ type, imapHost, email });

export function presentPlacement({ test, mails }: PlacementShown) {
  const counts: PlacementCounts = countPlaces(mails);
  return {
    id: test.id,
    email_account_id: test.mailboxId,
    email: test.email,
    emailer_touch_id: test.touchId,
    subject: test.subject,
    started_at: stored(test.startedAt),
    finished_at: storedOrNull(test.finishedAt),
    counts,
    inbox_percent: inboxPercent(counts),
    advice: adviceOn(mails.map((mail) => ({ ...mail, provider: providerOf(mail) }))),
    results: mails.map(presentMail),
  };
}

function presentMail(mail: PlacementMailRow) {
  const { arrivedAt, releasedAt, delivery } = mail;
  const seconds = arrivedAt && releasedAt ? Math.round(arrivedAt.since(releasedAt).total("seconds")) : null;
  return {
    seed_id: mail.seedId,
    email: mail.seedEmail,
    provider: providerOf(mail),
    delivery: delivery === "released" ? ("sending" as const) : delivery,
    waits_for: delivery === "waiting" ? mail.holdCode : null,
    next_at: storedOrNull(mail.nextAt),
    place: mail.place,
    folder: mail.folder,
    seconds: seconds === null ? null : Math.max(0, seconds),
    trouble: mail.trouble,
    server_said: mail.serverSaid,
    spf: mail.spf,
    dkim: mail.dkim,
    dmarc: mail.dmarc,
  };
}
