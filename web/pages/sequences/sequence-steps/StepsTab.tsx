import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { Empty } from "../../../parts/Empty.tsx";
import { useRights } from "../sequences/access.ts";
import { type FullSequence, useSequence } from "../sequences/queries.ts";
import { AddStep } from "./AddStep.tsx";
import { isEmail, isSame, newStep, type StepType } from "./draft.ts";
import { EarlierVersions } from "./EarlierVersions.tsx";
import { problemsQuery, useDates } from "./queries.ts";
import { SampleContact } from "./SampleContact.tsx";
import { SaveBar } from "./SaveBar.tsx";
import classes from "./StepsTab.module.css";
import { Storyboard } from "./Storyboard.tsx";
import { TrialButton } from "./TrialButton.tsx";
import { added, type Place, TRUNK } from "./tree.ts";
import { useDraft } from "./use-draft.ts";

/** The steps as a storyboard: written, dated for a sample contact, and saved as a whole. */
export function StepsTab({ sequenceId }: { sequenceId: string }) {
  const { data: whole } = useSequence(sequenceId);
  return whole ? <Steps whole={whole} /> : null;
}

function Steps({ whole }: { whole: FullSequence }) {
  const sequence = whole.emailer_campaign;
  const rights = useRights(sequence);
  const mayEdit = rights.mayEdit && !sequence.archived;
  const drafting = useDraft(sequence.id, whole);
  const { draft, saved, change } = drafting;
  const [address, go] = useAddress();
  const contactId = address.contact ?? null;
  const dates = useDates(sequence.id, contactId, draft, saved);
  const isOnTheWay = sequence.contact_statuses.active + sequence.contact_statuses.paused > 0;
  const problems = useQuery({ ...problemsQuery(sequence.id), enabled: isOnTheWay && draft.length > 0 });
  const [announced, announce] = useState("");
  const add = (type: StepType, place: Place) => {
    const step = newStep(type, draft, sequence.sequence_by_exact_daytime === true, place);
    change((steps) => added(steps, step, place));
    go({ step: step.key });
  };
  const adder = mayEdit && <AddStep onAdd={(type) => add(type, TRUNK)} isFirst={draft.length === 0} />;
  return (
    <div className={classes.steps}>
      {!mayEdit && sequence.archived && (
        <p className="soft">{t("This sequence is archived. Unarchive it to edit its steps.")}</p>
      )}
      {draft.length === 0 ? (
        <Empty says={t("No steps yet. Add automatic emails, calls and tasks, with waits between them.")}>
          {adder}
        </Empty>
      ) : (
        <>
          <div className={classes.trying}>
            <SampleContact rehearsal={dates.data?.rehearsal} onChange={(contact) => go({ contact })} />
            <TrialButton
              title={t("All emails for ten contacts")}
              wish={{ id: sequence.id }}
              isOlder={drafting.isDirty}
              disabled={!saved.some(({ type }) => isEmail(type))}
            />
          </div>
          <Storyboard
            whole={whole}
            drafting={drafting}
            mayEdit={mayEdit}
            rehearsal={dates.data?.rehearsal}
            found={isSame(draft, saved) || problems.data ? problems.data : undefined}
            announce={announce}
            onAdd={add}
          />
          {adder}
        </>
      )}
      <EarlierVersions versions={whole.earlier_versions} mayEdit={mayEdit} />
      {mayEdit && <SaveBar whole={whole} drafting={drafting} />}
      <p className={classes.announced} role="status">
        {announced}
      </p>
    </div>
  );
}
