import { Button, Progress } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { Counts } from "../../contacts/imports/Outcome.tsx";
import { importQuery, isUnderWay } from "../../contacts/imports/queries.ts";
import { sayState } from "../../contacts/imports/words.ts";
import { Promised } from "../promises/Promised.tsx";
import classes from "./AddContactsDialog.module.css";
import { useRefresh } from "./queries.ts";
import { SkippedOfFile } from "./SkippedOfFile.tsx";
import type { EnrollmentForm } from "./wish.ts";

type Props = { importId: string; terms: EnrollmentForm; onClose: () => void };

/** How far it is, and what it came to; it goes on without anybody who watches. */
export function FileDone({ importId, terms, onClose }: Props) {
  const { data, error } = useQuery(importQuery(importId));
  const refresh = useRefresh();
  const isOver = data !== undefined && !isUnderWay(data.import.status);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is over
  useEffect(() => {
    if (isOver) void refresh();
  }, [isOver]);
  return (
    <Dialog onClose={onClose} title={t("Add contacts")} size="46rem">
      <div className="stack">
        <Trouble error={error} />
        {data && (
          <>
            <p role="status">{sayState(data.import)}</p>
            {isOver ? (
              <>
                <Counts found={data.import} />
                {data.import.not_enrolled > 0 && <SkippedOfFile importId={importId} terms={terms} />}
                {data.import.sequence_id && (
                  <Promised sequenceId={data.import.sequence_id} requestId={importId} />
                )}
              </>
            ) : (
              <Progress value={data.entity_progress_job.percent} aria-label={t("Progress")} />
            )}
          </>
        )}
        <footer className={classes.foot}>
          <Link to="/imports/$id" params={{ id: importId }} onClick={onClose}>
            {t("View all rows")}
          </Link>
          <Button onClick={onClose}>{isOver ? t("Done") : t("Run in background")}</Button>
        </footer>
      </div>
    </Dialog>
  );
}
