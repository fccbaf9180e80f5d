import "@mantine/dropzone/styles.css";
import { Dropzone } from "@mantine/dropzone";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import type { FileText } from "./dropped.ts";
import { readDropped } from "./read-dropped.ts";

/** Takes files, folders and zip files, and gives the texts that belong to sequences. */
export function FilesDrop({ onFiles }: { onFiles: (files: FileText[]) => void }) {
  const [isBusy, setIsBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const take = async (dropped: File[]) => {
    setIsBusy(true);
    const read = await readDropped(dropped);
    setIsBusy(false);
    setRefused(read.refused);
    if (read.refused === null) onFiles(read.files);
  };
  return (
    <div className="stack">
      <Dropzone
        onDrop={(dropped) => void take(dropped)}
        loading={isBusy}
        inputProps={{ "aria-label": t("Files to import") }}
      >
        <p>{t("Drop YAML files, a folder or a zip file here, or click to choose files.")}</p>
        <p className="soft small">
          {t("Choose the emails of a sequence (.md, .html) together with its YAML file.")}
        </p>
      </Dropzone>
      {refused && (
        <p role="alert" className="small">
          {refused}
        </p>
      )}
      <p className="small">
        <a href="/help/guides/sequences-as-code">{t("How sequences as files work")}</a>
      </p>
    </div>
  );
}
