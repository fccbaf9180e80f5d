import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Dialog } from "../../parts/Dialog.tsx";
import { count } from "../../parts/figures.ts";
import { Trouble } from "../../parts/Trouble.tsx";
import { api } from "../../session.ts";
import type { Whole } from "../sequences/queries.ts";
import { underWay } from "../sequences/words.tsx";
import { impactOf } from "./impact.ts";
import type { Drafting } from "./use-draft.ts";
import { type Saving, updateOf } from "./use-save.ts";

type Props = { whole: Whole; drafting: Drafting; save: Saving; onClose: () => void };

/** Who is affected, tried on the server without doing it. */
export function SaveDialog({ whole, drafting, save, onClose }: Props) {
  const { draft, saved } = drafting;
  const sequence = whole.emailer_campaign;
  const update = updateOf(whole, draft, saved, true);
  const tried = useQuery({
    queryKey: ["trying", "save", update],
    queryFn: () => api.sequences.update(update, { dryRun: true }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const sentences = impactOf(draft, saved, whole.emailer_steps);
  const people = underWay(sequence);
  return (
    <Dialog title={`Save changes for ${count(people, "contact")} on the way?`} onClose={onClose}>
      <div className="stack">
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
            onClick={() => save.mutate(true)}
          >
            Save for {count(people, "contact")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
