import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { save } from "../../../parts/download.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { zipOf } from "../../../parts/zip.ts";
import { api } from "../../../session.ts";
import classes from "./Files.module.css";
import type { Planned } from "./queries.ts";
import { countOf } from "./words.ts";

type Props = {
  plan: readonly Planned[];
  isBusy: boolean;
  isReady: boolean;
  onApply: () => void;
  onAgain: () => void;
};

/** What the button will do, in the future tense, and how the present state is kept: an import has no undo. */
export function ApplyBar({ plan, isBusy, isReady, onApply, onAgain }: Props) {
  const [created, updated] = [countOf(plan, "create"), countOf(plan, "update")];
  const isNew = plan.some(({ kind, verdict }) => kind === "sequence" && verdict === "create");
  const before = plan.filter(({ kind, verdict }) => kind === "sequence" && verdict === "update");
  return (
    <div className={classes.bar}>
      <div className={classes.barWords}>
        {!isReady && !isBusy && <p>{t("Nothing to apply: no record would change.")}</p>}
        {isNew && <p>{t("New sequences will be inactive until you activate them.")}</p>}
        {before.length > 0 && (
          <p>
            {t("Importing cannot be undone. To go back, import the files of today.")} <Backup of={before} />
          </p>
        )}
        {isBusy && <p role="status">{t("Applying …")}</p>}
      </div>
      <div className="row end">
        <Button variant="default" onClick={onAgain} disabled={isBusy}>
          {t("Choose other files")}
        </Button>
        <Button onClick={onApply} loading={isBusy} disabled={!isReady}>
          {sayApply(created, updated)}
        </Button>
      </div>
    </div>
  );
}

function sayApply(created: number, updated: number) {
  if (created > 0 && updated > 0)
    return t("Create {created, number} and update {updated, number}", { created, updated });
  if (created > 0) return t("Create {created, number}", { created });
  if (updated > 0) return t("Update {updated, number}", { updated });
  return t("Apply");
}

/** The sequences that will be changed, as files. */
function Backup({ of }: { of: readonly Planned[] }) {
  const write = useMutation({
    mutationFn: async () => {
      const files = new Map<string, string>();
      for (const { id } of of)
        for (const { path, text } of (await api.sequences.exportFiles({ id })).files) files.set(path, text);
      save(zipOf([...files].map(([path, text]) => ({ path, text }))), "sequences-before-import.zip");
    },
  });
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconDownload size="0.875rem" aria-hidden />}
        loading={write.isPending}
        onClick={() => write.mutate()}
      >
        {t("Download the files of today")}
      </Button>
      <Trouble error={write.error} />
    </>
  );
}
