import { useQueryClient } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { save } from "../../../parts/download.ts";
import type { WindowSource } from "../../../parts/records/useWindowed.ts";
import { toast } from "../../../parts/toast.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import type { ShownColumn } from "../../contacts/views/export.ts";
import { usePeople } from "../../settings/people/queries.ts";
import { allListed, type Listed } from "./queries.ts";
import { csvOfWorkflows } from "./workflow-csv.ts";

/** Saves all workflows that a list finds as a file. */
export function useWorkflowExport(source: WindowSource<Listed>) {
  const queries = useQueryClient();
  const { data: people = [] } = usePeople();
  const ownerOf = (id: string) => people.find((person) => person.id === id)?.name;
  return async (columns: readonly ShownColumn[]) => {
    toast(t("Preparing the file …"));
    try {
      const csv = csvOfWorkflows(columns, await queries.fetchQuery(allListed(source)), ownerOf);
      save(new Blob([csv], { type: "text/csv" }), "workflows.csv");
    } catch (error) {
      toast(accountFor(error, "reading").happened);
    }
  };
}
