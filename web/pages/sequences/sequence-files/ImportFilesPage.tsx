import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Page, Section } from "../../../parts/Page.tsx";
import type { FileText } from "./dropped.ts";
import { FilesDrop } from "./FilesDrop.tsx";
import { PlannedRecord } from "./PlannedRecord.tsx";
import { PlanOfFiles } from "./PlanOfFiles.tsx";
import type { Applied } from "./queries.ts";
import { summaryOf } from "./words.ts";

/** Files are dropped and checked, their plan is shown, and then they are applied. */
export function ImportFilesPage() {
  const [files, setFiles] = useState<FileText[] | null>(null);
  const [applied, setApplied] = useState<Applied | null>(null);
  const again = () => {
    setFiles(null);
    setApplied(null);
  };
  return (
    <Page
      title={t("Import sequences")}
      within={<Link to="/sequences">{t("Sequences")}</Link>}
      state={
        files
          ? t("{n, plural, one {# file} other {# files}}", { n: files.length })
          : t("You see what will change before anything is saved.")
      }
    >
      {applied ? (
        <Done applied={applied} onAgain={again} />
      ) : files ? (
        <PlanOfFiles files={files} onAgain={again} onApplied={setApplied} />
      ) : (
        <FilesDrop onFiles={setFiles} />
      )}
    </Page>
  );
}

function Done({ applied: { plan }, onAgain }: { applied: Applied; onAgain: () => void }) {
  return (
    <>
      <Section title={t("Import finished")} note={<span role="status">{summaryOf(plan, true)}</span>}>
        <div className="stack">
          {plan.map((record) => (
            <PlannedRecord key={`${record.kind} ${record.key}`} record={record} isDone />
          ))}
        </div>
      </Section>
      <div className="row end">
        <Button variant="default" onClick={onAgain}>
          {t("Import other files")}
        </Button>
      </div>
    </>
  );
}
