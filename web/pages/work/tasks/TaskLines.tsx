import type { UseQueryResult } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { Moment } from "../../../parts/Moment.tsx";
import { RecordLines } from "../../../parts/RecordLines.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import type { Task } from "./queries.ts";
import { KIND_CHOICES } from "./words.tsx";

type Props = { found: Pick<UseQueryResult<readonly Task[]>, "data" | "error" | "refetch"> };

/** The tasks of one record, open and done. */
export function TaskLines({ found: { data, error, refetch } }: Props) {
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  return (
    <RecordLines
      none={t("No tasks.")}
      lines={data?.map(({ id, title, type, status, due_at }) => ({
        key: id,
        name: (
          <Link to="/tasks" search={{ open: id }}>
            {title || KIND_CHOICES.find(({ value }) => value === type)?.label || t("Task")}
          </Link>
        ),
        note: STATUSES[status] ?? status,
        at: <Moment at={due_at} />,
      }))}
    />
  );
}

const STATUSES: Partial<Record<string, string>> = perLanguage(() => ({
  scheduled: t("Due"),
  completed: t("Done"),
  skipped: t("Skipped"),
}));
