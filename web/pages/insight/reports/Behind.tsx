import { useInfiniteQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { RowsPanel } from "../../../parts/RowsPanel.tsx";
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
    <RowsPanel
      title={sayMetric(cell.metric)}
      says={[
        group ?? part ?? t("Total"),
        pivot,
        total !== undefined && t("{total, plural, one {# row} other {# rows}}", { total }),
      ]}
      found={found}
      rows={rows?.map(({ id, at, contact_id, contact_name, title }) => ({
        id,
        at,
        head: contact_id ? (
          <a href={`/contacts/${contact_id}`}>{contact_name || t("Contact without a name")}</a>
        ) : first?.of === "opportunities" ? (
          <a href={`/deals/${id}`}>{title}</a>
        ) : (
          <span>{first?.of === "tasks" ? t("Task") : t("Deleted contact")}</span>
        ),
        note: first?.of !== "opportunities" && title,
      }))}
      empty={t("The records no longer exist.")}
      onClose={onClose}
    />
  );
}
