import { Radio } from "@mantine/core";
import { t } from "../../../language/t.ts";
import type { FilterField } from "../../../parts/filters/filter.ts";
import { usePeople } from "../../settings/people/queries.ts";
import { shelved, useFolders } from "./folder-queries.ts";

/** What the list can be narrowed to, beside its state. */
export function useSequenceFilters(): readonly FilterField[] {
  const { data: people = [] } = usePeople();
  const { data: folders = [] } = useFolders();
  return [
    {
      key: "owner",
      name: t("Owner"),
      kind: "choices",
      choices: people.map(({ id, name }) => ({ value: id, label: name })),
    },
    {
      key: "folder",
      name: t("Folder"),
      kind: "own",
      editor: FolderChoice,
      says: (value) =>
        t("is {name}", { name: folders.find(({ id }) => id === value)?.name ?? t("a deleted folder") }),
    },
    { key: "starred", name: t("Starred"), kind: "yesNo", yes: t("by you"), no: t("by you or not") },
  ];
}

/** One: what lies in the folders within it lies there, and not in it. */
function FolderChoice({ value, onChange }: { value: unknown; onChange: (value: unknown) => void }) {
  const { data: folders = [] } = useFolders();
  if (folders.length === 0) return <p className="soft small">{t("No folders yet.")}</p>;
  return (
    <Radio.Group aria-label={t("Folder")} value={typeof value === "string" ? value : ""} onChange={onChange}>
      <div className="stack" style={{ gap: 8 }}>
        {shelved(folders).map(({ id, path }) => (
          <Radio key={id} value={id} label={path} />
        ))}
      </div>
    </Radio.Group>
  );
}
