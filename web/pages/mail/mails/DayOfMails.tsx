import { useInfiniteQuery } from "@tanstack/react-query";
import { dateFormat } from "../../../language/formats.ts";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { RowsPanel } from "../../../parts/RowsPanel.tsx";
import { type DayWish, dayQuery, type WentOrCame } from "./day-queries.ts";

const TITLES: Readonly<Record<WentOrCame, string>> = perLanguage(() => ({
  sent: t("Emails sent"),
  replied: t("Replied"),
  bounced: t("Bounced"),
  unsubscribed: t("Unsubscribed"),
}));

const DAY = dateFormat({ weekday: "long", day: "numeric", month: "long" });

/** `count`: what the bar says, for where the list does not know it. */
type Props = { wish: DayWish; count: number; onClose: () => void };

/** What went out on a day, or came back on it, the latest first. */
export function DayOfMails({ wish, count, onClose }: Props) {
  const found = useInfiniteQuery(dayQuery(wish));
  const rows = found.data?.pages.flatMap((page) => page.rows);
  const total = found.data?.pages[0]?.total ?? count;
  return (
    <RowsPanel
      title={TITLES[wish.what]}
      says={[
        DAY.format(new Date(`${wish.date}T12:00:00`)),
        t("{total, plural, one {# row} other {# rows}}", { total }),
      ]}
      found={found}
      rows={rows?.map(({ id, at, name, subject, href }) => ({
        id,
        at,
        head: href ? (
          <a href={href}>{name ?? t("Contact without a name")}</a>
        ) : (
          <span>{name ?? t("Deleted contact")}</span>
        ),
        note: subject || t("(no subject)"),
      }))}
      empty={t("No emails.")}
      onClose={onClose}
    />
  );
}
