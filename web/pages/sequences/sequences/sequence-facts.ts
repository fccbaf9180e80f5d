// What of a sequence a user may change in the table of sequences.

import { useMemo } from "react";
import { t } from "../../../language/t.ts";
import { type Fact, orNull, wordsIn } from "../../../parts/facts/fact.ts";
import type { IfMatch } from "../../../parts/read-first.ts";
import { editorOf, useRecordStore } from "../../../parts/records/cell-edit.ts";
import { api } from "../../../session.ts";
import { useOwnerFact } from "../../settings/people/useOwnerFact.ts";
import { useFolders } from "./folder-queries.ts";
import type { Sequence, SequenceChange } from "./queries.ts";

type Values = Omit<SequenceChange, "id">;

const CALLS = {
  noun: "sequences",
  beside: ["folders", "history"],
  read: async (id: string): Promise<Sequence & { etag: string | undefined }> => {
    const { emailer_campaign, etag } = await api.sequences.show({ id });
    return { ...emailer_campaign, etag };
  },
  write: async (id: string, change: Values, given: IfMatch) => ({
    record: (await api.sequences.change({ id, ...change }, given)).emailer_campaign,
    refusals: {},
  }),
};

export function useSequenceEdits() {
  const store = useRecordStore<Sequence, Values>(CALLS);
  const owner = useOwnerFact();
  const { data: folders } = useFolders();
  return useMemo(() => {
    const facts = {
      name: {
        label: t("Name"),
        input: ({ name }) => ({ value: name }),
        change: (value) => ({ name: wordsIn(value) }),
        refuses: (value) => (wordsIn(value) ? undefined : t("A sequence needs a name.")),
      },
      owner: {
        label: t("Owner"),
        input: ({ user_id }) => ({ ...owner.input({ owner_id: user_id }), mayClear: false }),
        change: (value) => ({ user_id: wordsIn(value) }),
      },
      folder: {
        label: t("Folder"),
        input: ({ folder_id }) => ({
          kind: "choice",
          mayClear: true,
          value: folder_id,
          choices: (folders ?? []).map(({ id, name }) => ({ value: id, label: name })),
        }),
        change: (value) => ({ folder_id: orNull(value) }),
      },
    } satisfies Record<string, Fact<Sequence, Values>>;
    const edit = editorOf<Sequence, Sequence, Values>(store);
    return { name: edit(facts.name), owner: edit(facts.owner), folder: edit(facts.folder) };
  }, [store, owner, folders]);
}
