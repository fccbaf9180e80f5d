import type { ReactNode } from "react";
import { t } from "../../../language/t.ts";
import { RowsPanel } from "../../../parts/RowsPanel.tsx";
import { sayGroup, sayNews } from "./news-words.ts";
import { type News, type NewsLine, type NewsWish, useNewsRows } from "./queries.ts";

type Props = { wish: NewsWish; news: News; onClose: () => void };

/** The records that a line counts, the latest first. */
export function NewsRows({ wish, news, onClose }: Props) {
  const found = useNewsRows(wish);
  const { kind, group } = wish;
  const line = news.lines.find((one) => one.kind === kind && one.group === group);
  const total = found.data?.pages[0]?.pagination.total_entries;
  const rows = found.data?.pages.flatMap((page) => page.rows);
  return (
    <RowsPanel
      title={sayNews(kind)}
      says={[
        line && sayGroup(line),
        total !== undefined && t("{total, plural, one {# row} other {# rows}}", { total }),
      ]}
      found={found}
      rows={rows?.map((row) => ({
        id: row.id,
        at: row.at,
        head: <RecordLink kind={kind} row={row} />,
        note: !TITLED.includes(kind) && row.title,
      }))}
      empty={t("The records no longer exist.")}
      onClose={onClose}
    />
  );
}

type Kind = NewsLine["kind"];
type Row = NonNullable<ReturnType<typeof useNewsRows>["data"]>["pages"][number]["rows"][number];

/** Records that are named by their title. */
const TITLED: readonly Kind[] = [
  ...(["deals_won", "deals_lost", "deals_moved", "mailboxes_lost", "mailboxes_back"] as const),
];

function RecordLink({ kind, row: { id, contact_id, contact_name, title } }: { kind: Kind; row: Row }) {
  const name: ReactNode = TITLED.includes(kind) ? title : contact_name || t("Contact without a name");
  const place = placeOf(kind, id, contact_id);
  return place ? (
    <a href={place}>{name}</a>
  ) : (
    <span>{contact_id ? name : (title ?? t("Deleted contact"))}</span>
  );
}

function placeOf(kind: Kind, id: string, contactId: string | null) {
  if (kind === "replies") return `/inbox?tab=all&owner=all&open=${id}`;
  if (kind.startsWith("deals_")) return `/deals/${id}`;
  if (kind.startsWith("mailboxes_")) return `/settings/mailboxes/${id}`;
  return contactId && `/contacts/${contactId}`;
}
