import { Button } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { ChoiceMenu } from "../../../parts/ChoiceMenu.tsx";
import { SelectionBar } from "../../../parts/records/SelectionBar.tsx";
import { toast } from "../../../parts/toast.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import { api } from "../../../session.ts";
import { InSequences } from "../../sequences/everywhere/InSequences.tsx";
import { usePeople } from "../../settings/people/queries.ts";
import { useStages } from "../../settings/stages/queries.ts";
import { useLists } from "../lists/queries.ts";
import { type Export, ExportMenu } from "../views/ExportMenu.tsx";
import type { ShownColumn } from "../views/export.ts";
import { MergeCompaniesDialog } from "./MergeCompaniesDialog.tsx";
import { companyIdsOf, useCompanyWrite } from "./queries.ts";
import type { CompanyListState } from "./useCompanyList.ts";

const MOST_MERGED = 10;

type Props = {
  list: CompanyListState;
  ofList?: { name: string };
  /** The chosen companies as a file. */
  onExport: Export;
  shown: readonly ShownColumn[];
};

/** What can be done with the chosen companies. */
export function CompanyBar({ list, ofList, onExport, shown }: Props) {
  const { selection, rows } = list;
  const { data: stages = [] } = useStages("account");
  const { data: people = [] } = usePeople();
  const { data: lists = [] } = useLists("accounts");
  const [isMerging, setIsMerging] = useState(false);
  const { run, isBusy, find } = useRun(list);
  const count = selection.count(rows.total ?? 0);
  const named = (things: readonly { id: string; name: string }[]) =>
    things.map(({ id, name }) => ({ value: id, label: name }));
  const changeAll = (says: string, change: { account_stage_id: string } | { owner_id: string }) =>
    run(async () => {
      const before = [...selection.chosen.values()];
      await inParts(await find(), (account_ids) => api.accounts.bulkUpdate({ account_ids, ...change }));
      const [key] = Object.keys(change) as ("account_stage_id" | "owner_id")[];
      const back = before.map((one) => ({ id: one.id, [key as string]: one[key as "owner_id"] }));
      // What all that match had before was never fetched, so there is nothing to put back.
      if (selection.isAll) return { says };
      return { says, undo: () => api.accounts.bulkUpdate({ account_attributes: back }) };
    });
  const onList = (name: string, isOn: boolean) =>
    run(async () => {
      const wish = { entity_ids: await find(), label_names: [name], modality: "accounts" };
      const { addEntityIds: add, removeEntityIds: remove } = api.labels;
      await (isOn ? add(wish) : remove(wish));
      const says = `${isOn ? t("Added to") : t("Removed from")} ${name}.`;
      return { says, undo: () => (isOn ? remove(wish) : add(wish)) };
    });
  return (
    <>
      <SelectionBar selection={selection} total={rows.total} noun="company">
        <InSequences
          name={null}
          find={async () => ({ account_ids: await find() })}
          onDone={selection.clear}
        />
        <ChoiceMenu
          label={t("Add to list")}
          newName={t("Create list")}
          choices={named(lists)}
          isBusy={isBusy}
          onChoose={(_, name) => onList(name, true)}
        />
        {ofList && (
          <Button variant="default" onClick={() => onList(ofList.name, false)}>
            {t("Remove from this list")}
          </Button>
        )}
        <ChoiceMenu
          label={t("Stage")}
          choices={named(stages)}
          isBusy={isBusy}
          onChoose={(id, name) =>
            changeAll(t("Stage changed to {name}.", { name }), { account_stage_id: id })
          }
        />
        <ChoiceMenu
          label={t("Owner")}
          choices={named(people.filter(({ state }) => state === "active"))}
          isBusy={isBusy}
          onChoose={(id, name) => changeAll(t("Owner changed to {name}.", { name }), { owner_id: id })}
        />
        <ExportMenu onExport={onExport} shown={shown} />
        {!selection.isAll && count >= 2 && count <= MOST_MERGED && (
          <Button variant="default" onClick={() => setIsMerging(true)}>
            {t("Merge …")}
          </Button>
        )}
      </SelectionBar>
      {isMerging && (
        <MergeCompaniesDialog
          companies={[...selection.chosen.values()]}
          onClose={() => setIsMerging(false)}
          onMerged={selection.clear}
        />
      )}
    </>
  );
}

async function inParts(ids: readonly string[], write: (ids: string[]) => Promise<unknown>) {
  for (let from = 0; from < ids.length; from += 100) await write(ids.slice(from, from + 100));
}

type Done = { says: string; undo?: () => Promise<unknown> };

function useRun({ selection, search }: CompanyListState) {
  const change = useCompanyWrite((does: () => Promise<Done>) => does());
  const undone = useCompanyWrite((does: () => Promise<unknown>) => does());
  const find = async () => (selection.isAll ? companyIdsOf(search) : [...selection.chosen.keys()]);
  const run = (does: () => Promise<Done>) =>
    change.mutate(does, {
      onSuccess: ({ says, undo }) => {
        selection.clear();
        toast(says, undo ? { undo: () => undone.mutateAsync(undo) } : {});
      },
      onError: (error) => toast(accountFor(error, "writing").happened),
    });
  return { run, find, isBusy: change.isPending };
}
