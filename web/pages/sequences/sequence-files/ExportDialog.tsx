import { Button, Skeleton, Tabs } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { CopyText } from "../../../parts/CopyText.tsx";
import { Dialog } from "../../../parts/Dialog.tsx";
import { save } from "../../../parts/download.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { zipOf } from "../../../parts/zip.ts";
import type { Sequence } from "../sequences/queries.ts";
import type { FileText } from "./dropped.ts";
import classes from "./Files.module.css";
import { exportQuery } from "./queries.ts";

type Props = { sequence: Pick<Sequence, "id" | "name">; onClose: () => void };

/** The sequence as files, to copy or to save. */
export function ExportDialog({ sequence, onClose }: Props) {
  const found = useQuery(exportQuery(sequence.id));
  return (
    <Dialog title={t("Export “{name}”", { name: sequence.name })} size="xl" onClose={onClose}>
      <div className="stack">
        <p>
          {t("The files hold settings, steps and texts. Contacts and statistics are not part of them.")}{" "}
          <a href="/help/guides/sequences-as-code">{t("How sequences as files work")}</a>
        </p>
        <Trouble error={found.error} onRetry={() => void found.refetch()} />
        {!found.data && !found.error && <Skeleton height={320} radius="sm" />}
        {found.data && <Files files={found.data.files} name={found.data.key} />}
      </div>
    </Dialog>
  );
}

function Files({ files, name }: { files: readonly FileText[]; name: string }) {
  const first = files.find(({ path }) => path.endsWith("/sequence.yaml")) ?? files[0];
  return (
    <>
      <Tabs defaultValue={first?.path ?? null} variant="outline">
        <Tabs.List className={classes.tabs} aria-label={t("Files")}>
          {files.map(({ path }) => (
            <Tabs.Tab key={path} value={path}>
              {path.split("/").slice(-1)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {files.map(({ path, text }) => (
          <Tabs.Panel key={path} value={path} className={classes.file}>
            <p className="soft small">
              <code>{path}</code>
            </p>
            <div className={classes.fileText}>
              <CopyText text={text} label={path} />
            </div>
            <div className="row">
              <Button
                variant="subtle"
                onClick={() => save(new Blob([text], { type: "text/plain" }), path.split("/").at(-1) ?? path)}
              >
                {t("Download this file")}
              </Button>
            </div>
          </Tabs.Panel>
        ))}
      </Tabs>
      <div className="row end">
        <Button
          data-autofocus
          leftSection={<IconDownload size="0.875rem" aria-hidden />}
          onClick={() => save(zipOf(files), `${name}.zip`)}
        >
          {t("Download {n, plural, one {# file} other {# files}} as zip", { n: files.length })}
        </Button>
      </div>
    </>
  );
}
