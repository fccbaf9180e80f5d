// Finding incoming mails: the open ones first, those that need a person before others.

import type { Db } from "../../../db/connect.ts";
import type { TextSearch } from "../../../domain/receiving/text-search.ts";
import { pageOf } from "../../../kernel/pages.ts";
import { seesIncoming } from "../../access/sharing/sight-store.ts";
import { IS_OPEN } from "../../contacts/answer-holds/store.ts";
import { planAsUsual, planForValues } from "../../contacts/searching/store.ts";
import { AROUND, type IncomingShown, SHOWN } from "./store.ts";

type IncomingSearch = {
  kinds: readonly string[] | null;
  contactId: string | null;
  mailboxIds: readonly string[] | null;
  counts: boolean | null;
  messageId: string | null;
  needsPerson: boolean | null;
  replyClasses: readonly string[] | null;
  sequenceIds: readonly string[] | null;
  userId: string | null;
  isOpen: boolean | null;
  isAboutUs: boolean | null;
  holds: boolean | null;
  isSnoozed: boolean | null;
  receivedFrom: Temporal.Instant | null;
  receivedUntil: Temporal.Instant | null;
  /** What holds a person goes first, what asks before what is only to be answered. */
  holdsFirst: boolean;
  viewerId: string | null;
  keywords: string | null;
  inText: TextSearch;
  /** The last mail of the page before. */
  after: { value: string; id: string; rank?: number } | null;
  limit: number;
  offset: number;
};

/** Who wrote it is held until it is settled. */
const HOLDS = `exists (select from answer_holds h where h.team_id = i.team_id and h.incoming_mail_id = i.id and ${IS_OPEN})`;

/** It waits for a person. */
export const OPEN = `(i.handled_at is null and (i.kind = 'reply' or i.needs_person) or ${HOLDS})`;

/** A person has put it off, and the time has not come. */
const SNOOZED = "coalesce(i.snoozed_until > cadenza_now(), false)";

/** It waits for a person now. */
export const AWAITS = `(${OPEN} and not ${SNOOZED})`;

/** Who is to answer: the teammate it was assigned to, while they are in the team; else the owner of its mailbox or contact. */
export const inCharge = (user: string) => `(case
  when exists (select from users ua where ua.team_id = i.team_id and ua.id = i.assigned_to and ua.deactivated_at is null)
    then i.assigned_to = ${user}
  else b.user_id = ${user} or c.owner_id = ${user} end)`;

const MATCHING = `i.team_id = $1
  and ($2::text[] is null or i.kind = any($2))
  and ($3::text is null or i.contact_id = $3)
  and ($4::text[] is null or i.mailbox_id = any($4))
  and ($5::text is null or i.message_id = $5)
  and ($6::boolean is null or i.needs_person = $6)
  and ($7::text[] is null or i.reply_class = any($7))
  and ($8::text[] is null or exists (select from enrollments e
        where e.team_id = i.team_id and e.id = i.enrollment_id and e.sequence_id = any($8)))
  and ($9::text is null or ${inCharge("$9")})
  and ($10::boolean is null or (${OPEN}) = $10)
  and ($11::boolean is null or (i.message_id is not null or i.contact_id is not null) = $11)
  and ($12::text is null or position(lower($12) in lower(concat_ws(' ', i.from_name, i.from_email, i.subject, c.name, c.organization_name, a.name))) > 0
       or $16::text is not null and i.id in (select x.id from team_incoming_mails x
            where x.team_id = $1 and words_in_text(x.body_text) @@ to_tsquery('simple', $16))
       or $17::text is not null and position(lower($17) in lower(i.body_text)) > 0)
  and ($13::boolean is null or (${HOLDS}) = $13)
  and ${seesIncoming("$14", "i")}
  and ($15::boolean is null or ${SNOOZED} = $15)
  and ($18::timestamptz is null or i.received_at >= $18) and ($19::timestamptz is null or i.received_at < $19)
  and ($20::boolean is null or i.counts = $20)`;

const RANK = `coalesce((select max(case when h.reason = 'maybe_opted_out' then 3 when h.reason <> 'answered' then 2 else 1 end)
    from answer_holds h where h.team_id = i.team_id and h.incoming_mail_id = i.id and ${IS_OPEN}), 0)`;

/** `totalOf`: how many match the question, which need not be counted each time. */
export async function searchIncoming(
  db: Db,
  teamId: string,
  search: IncomingSearch,
  totalOf: (asked: string, count: () => Promise<number>) => Promise<number>,
) {
  const { query, letters } = search.inText;
  const params = [
    teamId,
    search.kinds,
    search.contactId,
    search.mailboxIds,
    search.messageId,
    search.needsPerson,
    search.replyClasses,
    search.sequenceIds,
    search.userId,
    search.isOpen,
    search.isAboutUs,
    search.keywords,
    search.holds,
    search.viewerId,
    search.isSnoozed,
    query,
    letters,
    search.receivedFrom,
    search.receivedUntil,
    search.counts,
  ];
  const { after, limit, offset } = search;
  const rank = search.holdsFirst ? RANK : null;
  const ranked = after?.rank === undefined ? [] : [after.rank];
  const place = rank ? `${rank}, i.received_at, i.id` : "i.received_at, i.id";
  const bounds = `${rank ? "$25::int, " : ""}$23::timestamptz, $24::ident`;
  // By its ids first: what is shown of a mail is long, so it is read only for the mails of this page.
  const [, found] = await Promise.all([
    planForValues(db),
    db.rows<{ id: string; value: string }>(
      `select i.id, ${rank ? `${rank} || ' ' ||` : ""} i.received_at::text as value from ${AROUND}
        where ${MATCHING} ${after ? `and (${place}) < (${bounds})` : ""}
        order by ${rank ? `${rank} desc,` : ""} i.received_at desc, i.id desc limit $21::int + 1 offset $22`,
      [...params, limit, after ? 0 : offset, ...(after ? [after.value, after.id] : []), ...ranked],
    ),
  ]);
  const { rows: page, last } = pageOf(found, limit);
  const total = await totalOf(JSON.stringify(["incoming", params]), async () => {
    const row = await db.row<{ total: number }>(
      `select count(*) as total from ${AROUND} where ${MATCHING}`,
      params,
    );
    return row?.total ?? 0;
  });
  await planAsUsual(db);
  const rows = await db.rows<IncomingShown>(
    `select ${SHOWN} from ${AROUND} where i.team_id = $1 and i.id = any($2::text[])
      order by array_position($2::text[], i.id::text)`,
    [teamId, page.map(({ id }) => id)],
  );
  return { rows, total, last };
}
