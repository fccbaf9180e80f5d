import { Button } from "@mantine/core";
import { IconDeviceFloppy, IconSend } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { t } from "../../../language/t.ts";
import { SelectionBar } from "../../../parts/records/SelectionBar.tsx";
import { toast } from "../../../parts/toast.tsx";
import type { Saved, SaveWish } from "./queries.ts";
import { SaveDialog } from "./SaveDialog.tsx";
import { MOST_SAVED, saySaved } from "./saved-words.ts";
import type { ProspectsState } from "./useProspects.ts";

const AddContactsDialog = lazy(async () => ({
  default: (await import("../../sequences/enrolling/AddContactsDialog.tsx")).AddContactsDialog,
}));

/** What can be done with the chosen people: both begin with who they are to the team, and what it costs. */
export function ProspectBar({ list }: { list: ProspectsState }) {
  const { selection, rows, search } = list;
  const [saving, setSaving] = useState<"save" | "enrol" | null>(null);
  const [joining, setJoining] = useState<readonly string[] | null>(null);
  const wish: SaveWish = selection.isAll
    ? { person_filter: search }
    : { person_ids: [...selection.chosen.keys()] };
  const saved = (answer: Saved) => {
    selection.clear();
    setSaving(null);
    toast(saySaved(answer));
    if (saving === "enrol") setJoining(answer.contacts.map(({ contact_id }) => contact_id));
  };
  return (
    <>
      <SelectionBar selection={selection} total={rows.matches} most={MOST_SAVED} noun="person">
        <Button
          leftSection={<IconSend size="0.875rem" aria-hidden />}
          variant="default"
          onClick={() => setSaving("enrol")}
        >
          {t("Add to sequence")}
        </Button>
        <Button
          leftSection={<IconDeviceFloppy size="0.875rem" aria-hidden />}
          variant="default"
          onClick={() => setSaving("save")}
        >
          {t("Save as contacts")}
        </Button>
      </SelectionBar>
      {saving && (
        <SaveDialog wish={wish} goesOn={saving === "enrol"} onClose={() => setSaving(null)} onSaved={saved} />
      )}
      {joining && (
        <Suspense fallback={null}>
          <AddContactsDialog contactIds={joining} onClose={() => setJoining(null)} />
        </Suspense>
      )}
    </>
  );
}
