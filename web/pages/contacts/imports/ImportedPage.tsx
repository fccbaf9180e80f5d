import { Button, Pagination, Progress } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { Page, Section } from "../../../parts/Page.tsx";
import { Trouble, TroublePage } from "../../../parts/Trouble.tsx";
import { useMe } from "../../../session.ts";
import { Promised } from "../../sequences/promises/Promised.tsx";
import { AddSkipped } from "./AddSkipped.tsx";
import { ImportLink } from "./ImportLink.tsx";
import classes from "./Imports.module.css";
import { Counts, RowsTable } from "./Outcome.tsx";
import {
  downloadRows,
  type Imported,
  type ImportRowResult,
  importQuery,
  isUnderWay,
  rowsQuery,
  useStop,
  useUndo,
} from "./queries.ts";
import { isOnes, KINDS, mayUndo, sayState } from "./words.ts";

/** How far an import is, and what it came to, row by row. */
export function ImportedPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error } = useQuery({ ...importQuery(id), placeholderData: keepPreviousData });
  if (error && !data) return <TroublePage error={error} />;
  if (!data) return <Page title={t("Import")}>{null}</Page>;
  const { import: found, entity_progress_job: job } = data;
  return (
    <Page
      title={found.file_name ?? t("Import")}
      state={sayState(found)}
      within={
        <Link to="/imports" search={{ kind: found.kind }}>
          {t("Imports")}
        </Link>
      }
      action={<ImportLink kind={found.kind} says={t("Import another file")} />}
    >
      {isUnderWay(found.status) && <UnderWay found={found} job={job} />}
      <Ended found={found} />
    </Page>
  );
}

function UnderWay({
  found,
  job,
}: {
  found: Imported;
  job: { id: string; percent: number; done: number; total: number };
}) {
  const stop = useStop(found.id);
  const { user } = useMe();
  return (
    <div className="row">
      <Progress value={job.percent} aria-label={t("Progress")} style={{ flex: 1 }} />
      <span className="soft small" role="status">
        {t("{done, number} of {total, number}", { done: job.done, total: job.total })}
      </span>
      {isOnes(found, user) && (
        <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate(job.id)}>
          {t("Stop")}
        </Button>
      )}
    </div>
  );
}

function Ended({ found }: { found: Imported }) {
  const [verdict, setVerdict] = useState<ImportRowResult | null>(null);
  const [page, setPage] = useState(1);
  const state = `${found.status} ${found.created + found.updated + found.unchanged + found.skipped}`;
  const { data } = useQuery(rowsQuery(found.id, verdict, page, state));
  const undo = useUndo(found.id);
  const isOver = !isUnderWay(found.status);
  const { user } = useMe();
  const choose = (next: ImportRowResult | null) => {
    setVerdict(next);
    setPage(1);
  };
  return (
    <>
      <Section title={t("Result")} note={found.warnings.join(" ")}>
        <Counts found={found} chosen={verdict} onChoose={choose} />
        <div className="row">
          <Button variant="default" onClick={() => void downloadRows(found.id, verdict)}>
            {t("Download result")}
          </Button>
          {mayUndo(found, user, currentTime()) && (
            <Button variant="default" loading={undo.isPending} onClick={() => undo.mutate()}>
              {t("Undo import")}
            </Button>
          )}
          <Link to={KINDS[found.kind].path}>{t("Go to {many}", { many: KINDS[found.kind].many })}</Link>
        </div>
        <Trouble error={undo.error} doing="writing" />
        {isOver && found.sequence_id && found.not_enrolled > 0 && (
          <AddSkipped importId={found.id} sequenceId={found.sequence_id} />
        )}
        {isOver && found.sequence_id && <Promised sequenceId={found.sequence_id} requestId={found.id} />}
      </Section>
      <Section title={t("Rows")}>
        <div className={classes.scrolls}>
          <RowsTable kind={found.kind} rows={data?.rows} />
        </div>
        {data && data.pagination.total_pages > 1 && (
          <Pagination
            total={Math.min(data.pagination.total_pages, 1_000)}
            value={page}
            onChange={setPage}
            getControlProps={(control) => ({ "aria-label": t("{control} page", { control }) })}
          />
        )}
      </Section>
    </>
  );
}
