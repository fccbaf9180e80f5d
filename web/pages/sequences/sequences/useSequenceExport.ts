import { useQueryClient } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { save } from "../../../parts/download.ts";
import type { WindowSource } from "../../../parts/records/useWindowed.ts";
import { toast } from "../../../parts/toast.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import { useMe } from "../../../session.ts";
import type { ShownColumn } from "../../contacts/views/export.ts";
import { usePeople } from "../../settings/people/queries.ts";
import { shelved, useFolders } from "./folder-queries.ts";
import { allOf, type Sequence } from "./queries.ts";
import { csvOfSequences } from "./sequence-csv.ts";

/** Saves the sequences of a list, or those that were chosen, as a file. */
export function useSequenceExport(source: WindowSource<Sequence>) {
  const queries = useQueryClient();
  const { data: people = [] } = usePeople();
  const { data: folders = [] } = useFolders();
  const { user } = useMe();
  const names = {
    userId: user.id,
    ownerOf: (id: string) => people.find((person) => person.id === id)?.name ?? null,
    folderOf: (id: string | null) => shelved(folders).find((folder) => folder.id === id)?.path ?? null,
  };
  return async (columns: readonly ShownColumn[], chosen?: readonly Sequence[]) => {
    toast(t("Preparing the file …"));
    try {
      const sequences = chosen ?? (await queries.fetchQuery(allOf(source)));
      const csv = csvOfSequences(columns, sequences, names);
      save(new Blob([csv], { type: "text/csv" }), "sequences.csv");
    } catch (error) {
      toast(accountFor(error, "reading").happened);
    }
  };
}
