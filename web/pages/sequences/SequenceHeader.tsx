import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useAddress } from "../../parts/address.ts";
import { InlineText } from "../../parts/InlineText.tsx";
import { toast } from "../../parts/toast.tsx";
import { accountFor } from "../../parts/trouble.ts";
import { usePeople } from "../people/queries.ts";
import { useRights } from "./access.ts";
import { type Sequence, useChangeSequence } from "./queries.ts";
import classes from "./SequenceHeader.module.css";
import { SequenceVerbs } from "./SequenceVerbs.tsx";
import { Star } from "./Star.tsx";
import { SequenceState, sayPeople } from "./words.tsx";

/** What a sequence is, how it stands in one line, and what can be done with it. */
export function SequenceHeader({ sequence }: { sequence: Sequence }) {
  const { mayEdit } = useRights(sequence);
  const { data: people } = usePeople();
  const owner = people?.find(({ id }) => id === sequence.user_id);
  const rename = useRename(sequence);
  return (
    <header className={classes.header}>
      <nav aria-label="Breadcrumb" className={classes.crumb}>
        <Link to="/sequences">Sequences</Link>
      </nav>
      <div className={classes.top}>
        <div className={classes.words}>
          <div className={classes.name}>
            <Star sequence={sequence} />
            <h1 className={classes.title}>
              <InlineText
                value={sequence.name}
                label="Name of the sequence"
                onSave={mayEdit ? rename : null}
              />
            </h1>
          </div>
          <p className={classes.state}>
            <Why sequence={sequence} />
            <span>{sayPeople(sequence)}</span>
            {owner && <span>Owned by {owner.name}</span>}
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

const WhyPanel = lazy(async () => ({ default: (await import("../explain/WhyPanel.tsx")).WhyPanel }));

function useRename({ id, name: before }: Sequence) {
  const change = useChangeSequence();
  return async (name: string) => {
    try {
      await change.mutateAsync({ id, name });
      toast("Renamed.", { undo: () => change.mutateAsync({ id, name: before }) });
    } catch (error) {
      toast(accountFor(error, "writing").happened);
    }
  };
}
