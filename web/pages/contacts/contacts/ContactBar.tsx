import { Button, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { ChoiceMenu } from "../../../parts/ChoiceMenu.tsx";
import { SelectionBar } from "../../../parts/records/SelectionBar.tsx";
import { toast } from "../../../parts/toast.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import { AddToSequence } from "../../sequences/enrolling/AddToSequence.tsx";
import { InSequences } from "../../sequences/everywhere/InSequences.tsx";
import { usePeople } from "../../settings/people/queries.ts";
import { useStages } from "../../settings/stages/queries.ts";
import { useLists } from "../lists/queries.ts";
import { type Export, ExportItems } from "../views/ExportMenu.tsx";
import type { ShownColumn } from "../views/export.ts";
import { giveTo, idsOf, moveToStage, putBack, putOnList, takeOffList, targetsOf, useBulk } from "./bulk.ts";
import { DeleteContactsDialog } from "./DeleteContactsDialog.tsx";
import { MergeContactsDialog } from "./MergeContactsDialog.tsx";
import type { ContactListState } from "./useContactList.ts";
import { sayContacts } from "./words.tsx";

type Props = {
  list: ContactListState;
  ofList?: { id: string; name: string };
  /** The chosen contacts as a file. */
  onExport: Export;
  shown: readonly ShownColumn[];
};

const MOST_MERGED = 10;

/** What can be done with the chosen contacts. */
export function ContactBar({ list, ofList, onExport, shown }: Props) {
  const { selection, rows, search } = list;
  const [dialog, setDialog] = useState<"delete" | "merge" | null>(null);
  const { data: stages = [] } = useStages("contact");
  const { data: people = [] } = usePeople();
  const { data: lists = [] } = useLists("contacts");
  const verbs = useBulkVerbs(list);
  const count = selection.count(rows.matches ?? 0);
  return (
    <>
      <SelectionBar selection={selection} total={rows.matches} noun="contact">
        <AddToSequence
          {...(selection.isAll ? { filter: search } : { contactIds: [...selection.chosen.keys()] })}
        />
        <InSequences
          name={null}
          find={async () => ({ contact_ids: idsOf(await targetsOf(selection, search)) })}
          onDone={selection.clear}
        />
        <ChoiceMenu
          label={t("Add to list")}
          choices={lists.map(({ id, name }) => ({ value: id, label: name }))}
          newName={t("Create list")}
          isBusy={verbs.isBusy}
          onChoose={(id, name) => verbs.addToList({ id: id || null, name })}
        />
        {ofList && (
          <Button variant="default" onClick={() => verbs.takeOff(ofList.name)}>
            {t("Remove from this list")}
          </Button>
        )}
        <ChoiceMenu
          label={t("Stage")}
          choices={stages.map(({ id, name }) => ({ value: id, label: name }))}
          isBusy={verbs.isBusy}
          onChoose={verbs.setStage}
        />
        <ChoiceMenu
          label={t("Owner")}
          choices={people
            .filter(({ state }) => state === "active")
            .map(({ id, name }) => ({ value: id, label: name }))}
          isBusy={verbs.isBusy}
          onChoose={verbs.setOwner}
        />
        <Menu position="top-end">
          <Menu.Target>
            <Button variant="default" px={8} aria-label={t("More")}>
              <IconDots size="1rem" />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              disabled={selection.isAll || count < 2 || count > MOST_MERGED}
              onClick={() => setDialog("merge")}
            >
              {count < 2 || count > MOST_MERGED
                ? t("Merge (select 2 to {MOST_MERGED})", { MOST_MERGED })
                : t("Merge …")}
            </Menu.Item>
            <ExportItems onExport={onExport} shown={shown} />
            <Menu.Divider />
            <Menu.Item onClick={() => setDialog("delete")}>{t("Delete …")}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </SelectionBar>
      {dialog === "delete" && (
        <DeleteContactsDialog
          names={[...selection.chosen.values()]}
          find={() => targetsOf(selection, search)}
          onClose={() => setDialog(null)}
          onDeleted={selection.clear}
        />
      )}
      {dialog === "merge" && (
        <MergeContactsDialog
          contacts={[...selection.chosen.values()]}
          onClose={() => setDialog(null)}
          onMerged={selection.clear}
        />
      )}
    </>
  );
}

function useBulkVerbs({ selection, search }: ContactListState) {
  const change = useBulk((does: () => Promise<() => void>) => does());
  const undone = useBulk((does: () => Promise<unknown>) => does());
  const find = () => targetsOf(selection, search);
  /** Does it, then says so with a way back. */
  const run = (does: () => Promise<{ says: string; undo: () => Promise<unknown> }>) =>
    change.mutate(
      async () => {
        const { says, undo } = await does();
        return () => toast(says, { undo: () => undone.mutateAsync(undo) });
      },
      {
        onSuccess: (tell) => {
          selection.clear();
          tell();
        },
        onError: (error) => toast(accountFor(error, "writing").happened),
      },
    );
  return {
    isBusy: change.isPending,
    setStage: (stageId: string, name: string) =>
      run(async () => {
        const targets = await find();
        await moveToStage(idsOf(targets), stageId);
        const undo = () => putBack(targets, "contact_stage_id", moveToStage);
        return {
          says: t("{targets} moved to stage {name}.", { targets: sayContacts(targets.length), name }),
          undo,
        };
      }),
    setOwner: (ownerId: string, name: string) =>
      run(async () => {
        const targets = await find();
        await giveTo(idsOf(targets), ownerId);
        return {
          says: t("{targets} assigned to {name}.", { targets: sayContacts(targets.length), name }),
          undo: () => putBack(targets, "owner_id", giveTo),
        };
      }),
    addToList: (wish: { id: string | null; name: string }) =>
      run(async () => {
        const added = await putOnList(idsOf(await find()), wish);
        return {
          says: t("{added} added to {name}.", { added: sayContacts(added.length), name: wish.name }),
          undo: () => takeOffList(added, wish.name),
        };
      }),
    takeOff: (name: string) =>
      run(async () => {
        const ids = idsOf(await find());
        await takeOffList(ids, name);
        return {
          says: t("{ids} removed from {name}.", { ids: sayContacts(ids.length), name }),
          undo: () => putOnList(ids, { id: null, name }),
        };
      }),
  };
}
