import { Trans } from "../../../language/Trans.tsx";
import { t } from "../../../language/t.ts";
import "@mantine/dropzone/styles.css";
import { Button, Textarea, TextInput } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import { useState } from "react";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { type Imported, useImport } from "./queries.ts";

const MOST_BYTES = 5_000_000;

export function ImportDialog({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  const [reason, setReason] = useState("");
  const [refused, setRefused] = useState<string | null>(null);
  const run = useImport();
  if (run.data) return <Result result={run.data} onClose={onClose} />;
  const take = async ([file]: File[]) => {
    setRefused(null);
    if (file) setText(await file.text());
  };
  return (
    <Dialog onClose={onClose} title={t("Import a list")} size="lg">
      <div className="stack">
        <Dropzone
          onDrop={(files) => void take(files)}
          onReject={() => setRefused(t("Choose a text or CSV file of at most 5 MB."))}
          maxSize={MOST_BYTES}
          maxFiles={1}
          accept={["text/csv", "text/plain", "text/tab-separated-values"]}
        >
          <p>{t("Drop a CSV or text file here, or click to choose one.")}</p>
          <p className="soft small">
            {t(
              "One address, domain or pattern per line. The first line may name columns: value, kind, reason.",
            )}
          </p>
        </Dropzone>
        {refused && (
          <p role="alert" className="small">
            {refused}
          </p>
        )}
        <Textarea
          label={t("Or paste them here")}
          minRows={5}
          maxRows={12}
          autosize
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <TextInput
          label={t("Reason")}
          placeholder={t("For lines without a reason")}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Trouble error={run.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button
            loading={run.isPending}
            disabled={text.trim() === ""}
            onClick={() => run.mutate({ text, reason: reason.trim() || null })}
          >
            {t("Import")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function Result({ result, onClose }: { result: Imported; onClose: () => void }) {
  const { total, created, existing, invalid, errors } = result;
  return (
    <Dialog onClose={onClose} title={t("Import finished")}>
      <div className="stack">
        <p>
          {t(
            "Of {total, number} lines, {created, number} were added, {existing, number} were already on the list and {invalid, number} could not be read.",
            { total, created, existing, invalid },
          )}
        </p>
        {errors.length > 0 && (
          <ul className="bullets small">
            {errors.map(({ row, value, error }) => (
              <li key={row}>
                <Trans
                  text="Line {row}: <code>{value}</code> {error}"
                  values={{ row, value, error }}
                  tags={{ code: <code /> }}
                />
              </li>
            ))}
          </ul>
        )}
        <div className="row end">
          <Button onClick={onClose}>{t("Done")}</Button>
        </div>
      </div>
    </Dialog>
  );
}
