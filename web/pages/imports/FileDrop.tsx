import "@mantine/dropzone/styles.css";
import { Button } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import { useState } from "react";
import { save } from "../../parts/download.ts";
import type { ImportKind } from "./queries.ts";
import { KINDS, SAMPLES } from "./words.ts";

const MOST_BYTES = 512 * 1024 * 1024;

type Props = { kind: ImportKind; isBusy: boolean; onFile: (file: File) => void };

export function FileDrop({ kind, isBusy, onFile }: Props) {
  const [refused, setRefused] = useState(false);
  const sample = () =>
    save(new Blob([SAMPLES[kind]], { type: "text/csv" }), `sample-${KINDS[kind].many}.csv`);
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
        inputProps={{ "aria-label": "File to import" }}
      >
        <p>Drop a CSV or JSON lines here, or press to choose a file.</p>
        <p className="soft small">
          Commas, semicolons, tabs or pipes; UTF-8, UTF-16 or Windows-1252; up to 512 MB. The first row names
          the columns; of JSON lines, the keys do.
        </p>
      </Dropzone>
      {refused && (
        <p role="alert" className="small">
          That is not one file of at most 512 MB.
        </p>
      )}
      <div className="row">
        <Button variant="subtle" onClick={sample}>
          Download a sample file
        </Button>
      </div>
    </div>
  );
}
