import { Button } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { FileDrop } from "../../contacts/imports/FileDrop.tsx";
import { MappingTable } from "../../contacts/imports/MappingTable.tsx";
import { usePreview } from "../../contacts/imports/queries.ts";
import { firstMapping, say, sayFormat } from "../../contacts/imports/words.ts";
import classes from "./AddContactsDialog.module.css";
import type { ChosenFile } from "./file.ts";

type Props = { chosen: ChosenFile | null; onChange: (chosen: ChosenFile | null) => void };

/** A file is dropped, and each of its columns placed. */
export function FileChoice({ chosen, onChange }: Props) {
  const look = usePreview();
  const take = (file: File) =>
    look.mutate(
      { file, kind: "contacts" },
      { onSuccess: (preview) => onChange({ file, preview, mapping: firstMapping(preview) }) },
    );
  if (!chosen)
    return (
      <>
        <FileDrop kind="contacts" isBusy={look.isPending} onFile={take} />
        <Trouble error={look.error} doing="reading" />
      </>
    );
  const { file, preview, mapping } = chosen;
  return (
    <div className="stack">
      <div className={classes.given}>
        <span>
          {file.name}: {preview.total !== null && t("{total} rows, ", { total: say(preview.total) })}
          {sayFormat(preview)}.
        </span>
        <Button variant="subtle" onClick={() => onChange(null)}>
          {t("Choose another file")}
        </Button>
      </div>
      <MappingTable
        preview={preview}
        mapping={mapping}
        onChange={(column, field) => onChange({ ...chosen, mapping: { ...mapping, [column]: field } })}
      />
    </div>
  );
}
