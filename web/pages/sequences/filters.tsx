import { Radio } from "@mantine/core";
import type { FilterField } from "../../parts/filters/filter.ts";
import { usePeople } from "../people/queries.ts";
import { shelved, useFolders } from "./folder-queries.ts";

/** What the list can be narrowed to, beside its state. */
export function useSequenceFilters(): readonly FilterField[] {
  const { data: people = [] } = usePeople();
  const { data: folders = [] } = useFolders();
  return [
    {
      key: "owner",
      name: "Owner",
      kind: "choices",
      choices: people.map(({ id, name }) => ({ value: id, label: name })),
    },
    {
      key: "folder",
      name: "Folder",
      kind: "own",
      editor: FolderChoice,
      says: (value) => `is ${folders.find(({ id }) => id === value)?.name ?? "one that is gone"}`,
    },
    { key: "starred", name: "Star", kind: "yesNo", yes: "is yours", no: "is yours or not" },
  ];
}

/** One: what lies in the folders within it lies there, and not in it. */
function FolderChoice({ value, onChange }: { value: unknown; onChange: (value: unknown) => void }) {
  const { data: folders = [] } = useFolders();
  if (folders.length === 0) return <p className="soft small">There are no folders yet.</p>;
  return (
    <Radio.Group aria-label="Folder" value={typeof value === "string" ? value : ""} onChange={onChange}>
      <div className="stack" style={{ gap: 8 }}>
        {shelved(folders).map(({ id, path }) => (
          <Radio key={id} value={id} label={path} />
        ))}
      </div>
    </Radio.Group>
  );
}
