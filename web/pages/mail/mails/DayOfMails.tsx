import { useInfiniteQuery } from "@tanstack/react-query";
import { dateFormat } from "../../../language/formats.ts";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { RowsPanel } from "../../../parts/RowsPanel.tsx";
import { type DayWish, dayQuery, type WentOrCame } from "./day-queries.ts";

const TITLES: Readonly<Record<WentOrCame, string>> = perLanguage(() => ({
  sent: t("Emails sent"),
  planned: t("Emails planned"),
  replied: t("Replied"),
  bounced: t("Bounced"),
  unsubscribed: t("Unsubscribed"),
}));

const DAY = dateFormat({ weekday: "long", day: "numeric", month: "long" });

/** `count`: what the bar says, for where the list does not know it. */
type Props = { wish: DayWish; count: number; onClose: () => void };

/** What went out on a day, came back on it or is planned for it, the latest first. */
export function DayOfMails({ wish, count, onClose }: Props) {
  const found = useInfiniteQuery(dayQuery(wish));
  const rows = found.data?.pages.flatMap((page) => page.rows);
  const total = found.data?.pages[0]?.total ?? count;
  return (
    <RowsPanel
      title={TITLES[wish.what]}
      says={[
        DAY.format(new Date(`${wish.date}T12:00:00`)),
        wish.what === "planned"
          ? t(
              "Forecast: {total, plural, one {# email} other {# emails}}. These emails are due by then; limits decide which of them are sent on this day. Emails of later steps are planned when contacts come to them.",
              { total },
            )
          : t("{total, plural, one {# row} other {# rows}}", { total }),
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
      empty={wish.what === "planned" ? t("No email that is due by then is planned yet.") : t("No emails.")}
      onClose={onClose}
    />
  );
}
