import { t } from "../../../language/t.ts";
import "@mantine/dropzone/styles.css";
import { Button } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import { useState } from "react";
import { save } from "../../../parts/download.ts";
import type { ImportKind } from "./queries.ts";
import { SAMPLES } from "./words.ts";

const MOST_BYTES = 512 * 1024 * 1024;

type Props = { kind: ImportKind; isBusy: boolean; onFile: (file: File) => void };

export function FileDrop({ kind, isBusy, onFile }: Props) {
  const [refused, setRefused] = useState(false);
  const sample = () => save(new Blob([SAMPLES[kind]], { type: "text/csv" }), `sample-${kind}.csv`);
  return (
    <div className="stack">
      <Dropzone
        onDrop={([file]) => {
          setRefused(false);
          if (file) onFile(file);
        }}
        onReject={() => setRefused(true)}
        maxSize={MOST_BYTES}
        maxFiles={1}
        loading={isBusy}
        inputProps={{ "aria-label": t("File to import") }}
      >
        <p>{t("Drop a CSV or JSON Lines file here, or click to choose one.")}</p>
        <p className="soft small">
          {t(
            "Up to 512 MB. The first row of a CSV file must contain the column names. Separators: comma, semicolon, tab or pipe. Encodings: UTF-8, UTF-16 or Windows-1252.",
          )}
        </p>
      </Dropzone>
      {refused && (
        <p role="alert" className="small">
          {t("Choose one file of at most 512 MB.")}
        </p>
      )}
      <div className="row">
        <Button variant="subtle" onClick={sample}>
          {t("Download a sample file")}
        </Button>
      </div>
    </div>
  );
}
