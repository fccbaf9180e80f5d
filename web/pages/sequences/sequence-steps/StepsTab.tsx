import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState } from "react";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { Empty } from "../../../parts/Empty.tsx";
import { Segmented } from "../../../parts/Segmented.tsx";
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
import { type StepsView, VIEWS, viewOf } from "./views.ts";

const CalendarView = lazy(async () => ({ default: (await import("./CalendarView.tsx")).CalendarView }));
const SequenceMap = lazy(async () => ({ default: (await import("./SequenceMap.tsx")).SequenceMap }));

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
  const view = viewOf(address.view);
  const asked = {
    contactId: address.contact ?? null,
    startsAt: (view === "calendar" && address.from) || null,
  };
  const dates = useDates(sequence.id, asked, draft, saved);
  useWayBack(view, address.step);
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
          <Segmented
            className={classes.views}
            aria-label={t("View of the steps")}
            value={view}
            onChange={(next) => go({ view: next === "editor" ? undefined : next, step: undefined })}
            data={VIEWS.map(({ value, label }) => ({ value, label }))}
          />
          {view === "calendar" && (
            <Suspense fallback={null}>
              <CalendarView drafting={drafting} dates={dates} />
            </Suspense>
          )}
          {view === "map" && (
            <Suspense fallback={null}>
              <SequenceMap whole={whole} draft={draft} />
            </Suspense>
          )}
        </>
      )}
      {draft.length > 0 && view === "editor" && (
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
            key={drafting.sides?.shown ?? ""}
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

/** Who comes from the calendar or the map finds the step that they chose, and goes on there by keys. */
function useWayBack(view: StepsView, stepKey: string | undefined) {
  const [before, setBefore] = useState(view);
  useEffect(() => {
    if (before === view) return;
    setBefore(view);
    if (view === "editor" && stepKey)
      document.querySelector<HTMLElement>(`[data-step="${CSS.escape(stepKey)}"] [data-walk]`)?.focus();
  }, [before, view, stepKey]);
}
