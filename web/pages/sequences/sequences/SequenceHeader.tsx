import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { InlineText } from "../../../parts/InlineText.tsx";
import { toast } from "../../../parts/toast.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import { usePeople } from "../../settings/people/queries.ts";
import { ManagedByFile } from "../sequence-files/ManagedByFile.tsx";
import { useRights } from "./access.ts";
import { type Sequence, useChangeShownSequence } from "./queries.ts";
import classes from "./SequenceHeader.module.css";
import { SequenceVerbs } from "./SequenceVerbs.tsx";
import { Star } from "./Star.tsx";
import { SequenceState, sayPeople } from "./words.tsx";

/** What a sequence is, its state in one line, and its actions. */
export function SequenceHeader({ sequence }: { sequence: Sequence }) {
  const { mayEdit } = useRights(sequence);
  const { data: people } = usePeople();
  const owner = people?.find(({ id }) => id === sequence.user_id);
  const rename = useRename(sequence);
  return (
    <header className={classes.header}>
      <nav aria-label={t("Breadcrumb")} className={classes.crumb}>
        <Link to="/sequences">{t("Sequences")}</Link>
      </nav>
      <div className={classes.top}>
        <div className={classes.words}>
          <div className={classes.name}>
            <Star sequence={sequence} />
            <h1 className={classes.title}>
              <InlineText
                recordId={sequence.id}
                value={sequence.name}
                label={t("Name of the sequence")}
                onSave={mayEdit ? rename : null}
              />
            </h1>
          </div>
          <p className={classes.state}>
            <Why sequence={sequence} />
            <ManagedByFile sequenceId={sequence.id} />
            <span>{sayPeople(sequence)}</span>
            {owner && <span>{t("Owned by {name}", { name: owner.name })}</span>}
          </p>
        </div>
        <SequenceVerbs sequence={sequence} />
      </div>
    </header>
  );
}

/** The state as a word that says why when it is pressed. */
function Why({ sequence }: { sequence: Sequence }) {
  const [address, change] = useAddress();
  return (
    <>
      <button type="button" className={classes.why} onClick={() => change({ why: "sequence" })}>
        <SequenceState sequence={sequence} />
      </button>
      {address.why === "sequence" && (
        <Suspense>
          <WhyPanel of={{ type: "sequence", id: sequence.id }} onClose={() => change({ why: undefined })} />
        </Suspense>
      )}
    </>
  );
}

const WhyPanel = lazy(async () => ({
  default: (await import("../../insight/explain/WhyPanel.tsx")).WhyPanel,
}));

function useRename(sequence: Sequence) {
  const { name: before } = sequence;
  const change = useChangeShownSequence((now) => now.name);
  return async (name: string) => {
    try {
      await change.mutateAsync({ change: { name }, shown: sequence });
      const undo = () => change.mutateAsync({ change: { name: before }, shown: { ...sequence, name } });
      toast(t("Renamed."), { undo });
    } catch (error) {
      toast(accountFor(error, "writing").happened);
      throw error; // the field stays open with what was typed
    }
  };
}
