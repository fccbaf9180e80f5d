import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { figure } from "../../../parts/figures.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { api } from "../../../session.ts";
import { onEach, sayFailed } from "./on-each.ts";
import { type Sequence, useSequenceWrite } from "./queries.ts";

export type BulkVerb = "approve" | "archive";

type Props = {
  verb: BulkVerb;
  sequences: readonly Sequence[];
  onClose: () => void;
  onDone: () => void;
};

type Call = (
  id: string,
  dryRun: boolean,
) => Promise<{ emailer_campaign: Pick<Sequence, "contact_statuses"> }>;

const CALLS: Record<BulkVerb, Call> = {
  approve: (id: string, dryRun: boolean) => api.sequences.approve({ id }, { dryRun }),
  archive: (id: string, dryRun: boolean) => api.sequences.archive({ id }, { dryRun }),
};

/** Tries each without doing it, says what would come of it in numbers, and does it. */
export function BulkDialog({ verb, sequences, onClose, onDone }: Props) {
  const ids = sequences.map(({ id }) => id);
  const tried = useQuery({
    queryKey: ["trying", verb, ids],
    queryFn: () => onEach(ids, (id) => CALLS[verb](id, true)),
    staleTime: 0,
    gcTime: 0,
  });
  const undo = useSequenceWrite((done: readonly string[]) =>
    onEach(done, (id) => api.sequences.abort({ id })),
  );
  const go = useSequenceWrite(async (able: readonly string[]) => {
    const { done, failed } = await onEach(able, (id) => CALLS[verb](id, false));
    toast(`${sayDone(verb, done.length)}${sayFailed(failed)}`, {
      ...(verb === "approve" && done.length > 0 && { undo: () => undo.mutateAsync(done) }),
    });
    onDone();
  });
  const able = tried.data?.done ?? [];
  const moved = sequences.reduce((sum, { id, contact_statuses: before }) => {
    const after = tried.data?.answers.get(id)?.emailer_campaign.contact_statuses;
    if (!after) return sum;
    return sum + (verb === "approve" ? after.active - before.active : after.finished - before.finished);
  }, 0);
  const Verb = verb === "approve" ? t("Activate") : t("Archive");
  return (
    <Dialog
      title={t("{Verb} {sequences, plural, one {# sequence} other {# sequences}}?", {
        Verb,
        sequences: sequences.length,
      })}
      onClose={onClose}
    >
      <div className="stack">
        {tried.data && <p>{sayMoved(verb, moved)}</p>}
        {verb === "archive" && (
          <p className="soft">{t("Finished contacts stay finished, even if you unarchive a sequence.")}</p>
        )}
        {tried.data && tried.data.failed.length > 0 && (
          <ul className="bullets">
            {tried.data.failed.map(({ id, why }) => (
              <li key={id}>
                {sequences.find((sequence) => sequence.id === id)?.name}: {why}
              </li>
            ))}
          </ul>
        )}
        <Trouble error={tried.error ?? go.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button
            {...(verb === "archive" && { color: "#b42318" })}
            data-autofocus
            loading={tried.isPending || go.isPending}
            disabled={able.length === 0}
            onClick={() => go.mutate(able)}
          >
            {Verb} {figure(able.length)}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function sayMoved(verb: BulkVerb, moved: number) {
  if (verb === "approve")
    return moved > 0
      ? t(
          "{moved, plural, one {# contact} other {# contacts}} will continue where they stopped. Emails go out when they are due.",
          { moved },
        )
      : t("No contacts are waiting to continue.");
  return moved > 0
    ? t("{moved, plural, one {# contact} other {# contacts}} still in progress will finish at once.", {
        moved,
      })
    : t("No contacts are in progress.");
}

function sayDone(verb: BulkVerb, n: number) {
  return verb === "approve"
    ? t("{n, plural, one {# sequence} other {# sequences}} activated.", { n })
    : t("{n, plural, one {# sequence} other {# sequences}} archived.", { n });
}
