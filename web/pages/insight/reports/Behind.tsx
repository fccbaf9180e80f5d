import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import lines from "../../../parts/Lines.module.css";
import { Moment } from "../../../parts/Moment.tsx";
import { SidePanel } from "../../../parts/SidePanel.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import type { ReportQuery } from "./asked.ts";
import { behindQuery, type ReportCell, type ReportFigures } from "./queries.ts";
import { sayMetric } from "./words.ts";

type Props = {
  asked: ReportQuery;
  cell: ReportCell;
  counted?: ReportFigures | undefined;
  /** Which part of it, where the report itself does not say. */
  part?: string;
  onClose: () => void;
};

/** What a number counts, the latest first, as many as it says. */
export function Behind({ asked, cell, counted, part, onClose }: Props) {
  const found = useInfiniteQuery(behindQuery(asked, cell));
  const [first] = found.data?.pages ?? [];
  const rows = found.data?.pages.flatMap((page) => page.rows);
  const group = counted?.groups.find(({ key }) => key === cell.group)?.name;
  const pivot = counted?.pivots.find(({ key }) => key === cell.pivot)?.name;
  const total = first?.pagination.total_entries;
  return (
    <SidePanel
      title={sayMetric(cell.metric)}
      says={[
        group ?? part ?? t("Total"),
        pivot,
        total !== undefined && t("{total, plural, one {# row} other {# rows}}", { total }),
      ]
        .filter(Boolean)
        .join(" · ")}
      takesFocus
      onClose={onClose}
    >
      <Trouble error={found.error} onRetry={() => void found.refetch()} />
      <ul className={lines.rows}>
        {rows?.map(({ id, at, contact_id, contact_name, title }) => (
          <li key={id} className={lines.row}>
            <span className={lines.top}>
              {contact_id ? (
                <a href={`/contacts/${contact_id}`}>{contact_name || t("Contact without a name")}</a>
              ) : first?.of === "opportunities" ? (
                <a href={`/deals/${id}`}>{title}</a>
              ) : (
                <span>{first?.of === "tasks" ? t("Task") : t("Deleted contact")}</span>
              )}
              <Moment at={at} />
            </span>
            {title && first?.of !== "opportunities" && <span className="soft">{title}</span>}
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
