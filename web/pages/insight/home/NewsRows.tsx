import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { t } from "../../../language/t.ts";
import lines from "../../../parts/Lines.module.css";
import { Moment } from "../../../parts/Moment.tsx";
import { SidePanel } from "../../../parts/SidePanel.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
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
    <SidePanel
      title={sayNews(kind)}
      says={[
        line && sayGroup(line),
        total !== undefined && t("{total, plural, one {# row} other {# rows}}", { total }),
      ]
        .filter(Boolean)
        .join(" · ")}
      takesFocus
      onClose={onClose}
    >
      <Trouble error={found.error} onRetry={() => void found.refetch()} />
      <ul className={lines.rows}>
        {rows?.map((row) => (
          <li key={row.id} className={lines.row}>
            <span className={lines.top}>
              <RecordLink kind={kind} row={row} />
              <Moment at={row.at} />
            </span>
            {!TITLED.includes(kind) && row.title && <span className="soft">{row.title}</span>}
          </li>
        ))}
      </ul>
      {rows?.length === 0 && <p className="soft">{t("The records no longer exist.")}</p>}
      {found.hasNextPage && (
        <Button
          variant="default"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t("Show more")}
        </Button>
      )}
    </SidePanel>
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
