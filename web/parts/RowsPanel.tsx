import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { t } from "../language/t.ts";
import lines from "./Lines.module.css";
import { Moment } from "./Moment.tsx";
import { SidePanel } from "./SidePanel.tsx";
import { Trouble } from "./Trouble.tsx";

/** As a query that reads page by page answers. */
type Found = {
  error: unknown;
  refetch: () => unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
};

/** `at`: left out where the rows have no time. */
type PanelRow = { id: string; head: ReactNode; at?: string | null | undefined; note?: ReactNode };

type Props = {
  title: string;
  /** What is known of it, such as the number of rows; what is not known yet is left out. */
  says: readonly (string | null | undefined | false)[];
  found: Found;
  /** Undefined while they are on their way. */
  rows: readonly PanelRow[] | undefined;
  /** Said where there are no rows. */
  empty: string;
  onClose: () => void;
};

/** The records behind a number, the latest first, beside the page. */
export function RowsPanel({ title, says, found, rows, empty, onClose }: Props) {
  return (
    <SidePanel title={title} says={says.filter(Boolean).join(" · ")} takesFocus onClose={onClose}>
      <Trouble error={found.error} onRetry={() => void found.refetch()} />
      <ul className={lines.rows}>
        {rows?.map(({ id, head, at, note }) => (
          <li key={id} className={lines.row}>
            <span className={lines.top}>
              {head}
              {at !== undefined && <Moment at={at} />}
            </span>
            {note && <span className="soft">{note}</span>}
          </li>
        ))}
      </ul>
      {rows?.length === 0 && <p className="soft">{empty}</p>}
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
