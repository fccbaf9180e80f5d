import { Button, NumberInput, TagsInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Confirm } from "../../parts/Confirm.tsx";
import { Page, Section } from "../../parts/Page.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import { UnsavedBar } from "../../parts/UnsavedBar.tsx";
import { useIsAdmin } from "../../session.ts";
import { Preview } from "./Preview.tsx";
import { formulaQuery, type Shown, usePreview, useReplace, useReset } from "./queries.ts";
import classes from "./Score.module.css";
import { SignalRow } from "./SignalRow.tsx";
import { type Draft, draftOf, firstUnasked, fullPoints, newSignal } from "./words.ts";

const MOST = 25;

/** What makes a contact promising to this team: signals and their points, with what they come to. */
export function ScorePage() {
  const shown = useQuery(formulaQuery);
  const formula = shown.data?.score_formula;
  const isAdmin = useIsAdmin();
  return (
    <Page
      title="Score"
      state={
        formula &&
        `${formula.is_default ? "The formula every team begins with" : "Your own formula"}: ${formula.signals.length} signals. Whom to write to first goes by it.${isAdmin ? "" : " Admins of the team change it."}`
      }
    >
      {shown.error && <Trouble error={shown.error} onRetry={() => void shown.refetch()} />}
      {shown.data && <Editor key={shown.data.score_formula.version ?? "first"} shown={shown.data} />}
    </Page>
  );
}

function Editor({ shown }: { shown: Shown }) {
  const mayChange = useIsAdmin();
  const saved = draftOf(shown.score_formula);
  const [draft, setDraft] = useState<Draft>(saved);
  const [isResetting, setIsResetting] = useState(false);
  const replace = useReplace();
  const isDirty = JSON.stringify(draft) !== JSON.stringify(saved);
  const unasked = firstUnasked(draft.signals);
  const [asked] = useDebouncedValue(draft, 300);
  const preview = usePreview(asked, firstUnasked(asked.signals) === null);
  const { signals } = draft;
  const put = (next: Draft["signals"]) => setDraft({ ...draft, signals: next });
  const save = () =>
    unasked === null &&
    replace.mutate(draft, {
      onSuccess: ({ job_id }) =>
        toast(job_id ? "Saved. Everybody is being scored anew." : "Saved. New contacts are scored by it."),
    });
  return (
    <>
      <Section wide title="Signals" note="Each that applies gives its points, or takes them away.">
        <ol className={classes.signals}>
          {signals.map((signal, n) => (
            <SignalRow
              // biome-ignore lint/suspicious/noArrayIndexKey: a signal is nothing but its place
              key={n}
              signal={signal}
              position={n + 1}
              fields={shown.fields}
              isReadOnly={!mayChange}
              onChange={(next) => put(signals.with(n, next))}
              onRemove={() => put(signals.toSpliced(n, 1))}
            />
          ))}
        </ol>
        {mayChange && (
          <div className="row">
            <Button
              variant="default"
              leftSection={<IconPlus size="0.875rem" />}
              disabled={signals.length >= MOST || !shown.fields[0]}
              onClick={() => shown.fields[0] && put([...signals, newSignal(shown.fields[0])])}
            >
              Add a signal
            </Button>
            {!shown.score_formula.is_default && (
              <Button variant="default" onClick={() => setIsResetting(true)}>
                Back to the first formula …
              </Button>
            )}
          </div>
        )}
        <Rest draft={draft} isReadOnly={!mayChange} onChange={setDraft} />
      </Section>
      <Section title="What it comes to" note="Nothing is written before you save.">
        <Preview preview={preview.data} error={preview.error} />
      </Section>
      {isDirty && (
        <UnsavedBar
          says={
            unasked === null
              ? "The formula is changed and not saved yet."
              : `Signal ${unasked} needs a value before this can be saved.`
          }
          isBusy={replace.isPending}
          error={replace.error}
          onDiscard={() => setDraft(saved)}
          onSave={save}
        />
      )}
      {isResetting && <Resetting onClose={() => setIsResetting(false)} />}
    </>
  );
}

type RestProps = { draft: Draft; isReadOnly: boolean; onChange: (draft: Draft) => void };

function Rest({ draft, isReadOnly, onChange }: RestProps) {
  return (
    <div className={classes.rest}>
      <NumberInput
        label="Points that are a hundred"
        description={`Left empty: all that can be earned, ${fullPoints(draft.signals)}`}
        min={1}
        max={2500}
        allowDecimal={false}
        value={draft.out_of ?? ""}
        disabled={isReadOnly}
        onChange={(value) => onChange({ ...draft, out_of: typeof value === "number" ? value : null })}
      />
      <TagsInput
        label="Marks"
        description="Scores whose crossing is told to webhooks and workflows, five at most"
        maxTags={5}
        value={draft.marks.map(String)}
        disabled={isReadOnly}
        acceptValueOnBlur
        onChange={(marks) =>
          onChange({
            ...draft,
            marks: marks.map(Number).filter((mark) => Number.isInteger(mark) && mark >= 1 && mark <= 100),
          })
        }
      />
    </div>
  );
}

function Resetting({ onClose }: { onClose: () => void }) {
  const reset = useReset();
  return (
    <Confirm
      title="Back to the first formula?"
      verb="Go back"
      isBusy={reset.isPending}
      error={reset.error}
      onConfirm={() => reset.mutate(undefined, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>Your own formula is given up, and everybody is scored anew.</p>
    </Confirm>
  );
}
