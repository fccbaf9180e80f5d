import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Segmented } from "../../../parts/Segmented.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { api } from "../../../session.ts";
import type { FullSequence } from "../sequences/queries.ts";
import { underWay } from "../sequences/words.tsx";
import { impactOf, leftAlone } from "./impact.ts";
import type { Drafting } from "./use-draft.ts";
import { type EditMode, type Saving, updateOf } from "./use-save.ts";

type Props = { whole: FullSequence; drafting: Drafting; save: Saving; onClose: () => void };

/** Who is affected, tried on the server without doing it. */
export function SaveDialog({ whole, drafting, save, onClose }: Props) {
  const { draft, saved } = drafting;
  const sequence = whole.emailer_campaign;
  const [mode, setMode] = useState<EditMode>("live");
  const how = { isForced: true, mode };
  const update = updateOf(whole, draft, saved, how);
  const tried = useQuery({
    queryKey: ["trying", "save", update],
    queryFn: () => api.sequences.update(update, { dryRun: true }),
    enabled: !save.isPending, // while it is being saved the steps change under their ids: there is nothing left to try
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const people = underWay(sequence);
  const sentences =
    mode === "live"
      ? impactOf(draft, saved, whole.emailer_steps)
      : leftAlone(t("{people, plural, one {# contact} other {# contacts}}", { people }));
  return (
    <Dialog
      title={
        mode === "live"
          ? t("Save changes for {people, plural, one {# current contact} other {# current contacts}}?", {
              people,
            })
          : t("Save changes for new contacts?")
      }
      onClose={onClose}
    >
      <div className="stack">
        <Segmented
          aria-label={t("Changes apply to")}
          value={mode}
          onChange={(value) => setMode(value as EditMode)}
          data={[
            { value: "live", label: t("For all contacts") },
            { value: "frozen", label: t("Only for new contacts") },
          ]}
        />
        {mode === "live" && sentences.length > 0 && (
          <p className="soft">
            {t(
              "{people, plural, one {# contact is} other {# contacts are}} active or paused in the sequence. Each line counts only contacts whom the change reaches.",
              { people },
            )}
          </p>
        )}
        <ul className="bullets stack" style={{ gap: 6 }}>
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
          {sentences.length === 0 && <li>{t("No current contacts are affected.")}</li>}
        </ul>
        {!sequence.active && (
          <p className="soft">{t("The sequence is inactive: nothing will be sent until you activate it.")}</p>
        )}
        <Trouble error={tried.error ?? save.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Keep editing")}
          </Button>
          <Button
            data-autofocus
            loading={tried.isPending || save.isPending}
            disabled={tried.isError}
            onClick={() => save.mutate(how)}
          >
            {mode === "live"
              ? t("Save for {people, plural, one {# contact} other {# contacts}}", { people })
              : t("Save for new contacts")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
