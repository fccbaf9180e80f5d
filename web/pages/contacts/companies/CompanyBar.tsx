import { Button } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { ChoiceMenu } from "../../../parts/ChoiceMenu.tsx";
import { chunksOf, inTurn } from "../../../parts/in-turn.ts";
import { SelectionBar } from "../../../parts/records/SelectionBar.tsx";
import { toast } from "../../../parts/toast.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import { api } from "../../../session.ts";
import { AddToSequence } from "../../sequences/enrolling/AddToSequence.tsx";
import { InSequences } from "../../sequences/everywhere/InSequences.tsx";
import { usePeople } from "../../settings/people/queries.ts";
import { useStages } from "../../settings/stages/queries.ts";
import { useLists } from "../lists/queries.ts";
import { type Export, ExportMenu } from "../views/ExportMenu.tsx";
import type { ShownColumn } from "../views/export.ts";
import { MergeCompaniesDialog } from "./MergeCompaniesDialog.tsx";
import { companiesOf, companiesOnList, useCompanyWrite } from "./queries.ts";
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
  const { run, isBusy, find, targets } = useRun(list);
  const count = selection.count(rows.matches ?? 0);
  const named = (things: readonly { id: string; name: string }[]) =>
    things.map(({ id, name }) => ({ value: id, label: name }));
  const changeAll = (says: string, change: { account_stage_id: string } | { owner_id: string }) =>
    run(async () => {
      const before = await targets();
      await inTurn(chunksOf(before, 100), (some) =>
        api.accounts.bulkUpdate({ account_ids: some.map(({ id }) => id), ...change }),
      );
      const [key] = Object.keys(change) as ("account_stage_id" | "owner_id")[];
      const back = before.map((one) => ({ id: one.id, [key as string]: one[key as "owner_id"] }));
      const undo = () =>
        inTurn(chunksOf(back, 1000), (some) => api.accounts.bulkUpdate({ account_attributes: some }));
      return { says, undo };
    });
  const addToList = (listId: string, name: string) =>
    run(async () => {
      const ids = await find();
      const there = listId ? await companiesOnList(ids, listId) : new Set();
      await api.labels.addEntityIds(onList(ids, name));
      // Those that were on it before stay on it.
      const added = ids.filter((id) => !there.has(id));
      return {
        says: `${t("Added to")} ${name}.`,
        undo: () => api.labels.removeEntityIds(onList(added, name)),
      };
    });
  const takeOff = (name: string) =>
    run(async () => {
      const ids = await find();
      await api.labels.removeEntityIds(onList(ids, name));
      return {
        says: `${t("Removed from")} ${name}.`,
        undo: () => api.labels.addEntityIds(onList(ids, name)),
      };
    });
  return (
    <>
      <SelectionBar selection={selection} total={rows.matches} noun="company">
        {!selection.isAll && <AddToSequence filter={{ account_ids: [...selection.chosen.keys()] }} />}
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
          onChoose={addToList}
        />
        {ofList && (
          <Button variant="default" onClick={() => takeOff(ofList.name)}>
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

const onList = (ids: readonly string[], name: string) => ({
  entity_ids: [...ids],
  label_names: [name],
  modality: "accounts",
});

type Done = { says: string; undo?: () => Promise<unknown> };

function useRun({ selection, search }: CompanyListState) {
  const change = useCompanyWrite((does: () => Promise<Done>) => does());
  const undone = useCompanyWrite((does: () => Promise<unknown>) => does());
  const targets = async () => (selection.isAll ? companiesOf(search) : [...selection.chosen.values()]);
  const find = async () => (await targets()).map(({ id }) => id);
  const run = (does: () => Promise<Done>) =>
    change.mutate(does, {
      onSuccess: ({ says, undo }) => {
        selection.clear();
        toast(says, undo ? { undo: () => undone.mutateAsync(undo) } : {});
      },
      onError: (error) => toast(accountFor(error, "writing").happened),
    });
  return { run, find, targets, isBusy: change.isPending };
}
