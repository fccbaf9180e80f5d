import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Dialog } from "../../parts/Dialog.tsx";
import { count } from "../../parts/figures.ts";
import { Segmented } from "../../parts/Segmented.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { api } from "../../session.ts";
import type { Whole } from "../sequences/queries.ts";
import { underWay } from "../sequences/words.tsx";
import { impactOf, leftAlone } from "./impact.ts";
import type { Drafting } from "./use-draft.ts";
import { type EditMode, type Saving, updateOf } from "./use-save.ts";

type Props = { whole: Whole; drafting: Drafting; save: Saving; onClose: () => void };

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
    mode === "live" ? impactOf(draft, saved, whole.emailer_steps) : leftAlone(count(people, "contact"));
  return (
    <Dialog
      title={
        mode === "live"
          ? `Save changes for ${count(people, "contact")} on the way?`
          : "Save changes for who joins?"
      }
      onClose={onClose}
    >
      <div className="stack">
        <Segmented
          aria-label="Whom the changes are for"
          value={mode}
          onChange={(value) => setMode(value as EditMode)}
          data={[
            { value: "live", label: "For everybody" },
            { value: "frozen", label: "Only for who joins from now on" },
          ]}
        />
        <ul className="bullets stack" style={{ gap: 6 }}>
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
          {sentences.length === 0 && <li>Nobody on the way is affected.</li>}
        </ul>
        {!sequence.active && (
          <p className="soft">The sequence is paused: nothing goes out before it is approved.</p>
        )}
        <Trouble error={tried.error ?? save.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            Go on editing
          </Button>
          <Button
            data-autofocus
            loading={tried.isPending || save.isPending}
            disabled={tried.isError}
            onClick={() => save.mutate(how)}
          >
            {mode === "live" ? `Save for ${count(people, "contact")}` : "Save for who joins"}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
