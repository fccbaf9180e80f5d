import { Button, NumberInput, TagsInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { useKept } from "../../../parts/kept.ts";
import { OtherVersion } from "../../../parts/OtherVersion.tsx";
import { Page, Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { UnsavedBar } from "../../../parts/UnsavedBar.tsx";
import { useIsAdmin } from "../../../session.ts";
import { Preview } from "./Preview.tsx";
import { formulaQuery, type ScoreFormula, usePreview, useReplace, useReset } from "./queries.ts";
import classes from "./Score.module.css";
import { SignalRow } from "./SignalRow.tsx";
import { draftOf, firstUnasked, fullPoints, newSignal, type ScoreDraft } from "./words.ts";

const MOST = 25;

/** What makes a contact promising to this team: signals and their points, with what they come to. */
export function ScorePage() {
  const shown = useQuery(formulaQuery);
  const formula = shown.data?.score_formula;
  const isAdmin = useIsAdmin();
  return (
    <Page
      title={t("Score")}
      state={
        formula &&
        [
          formula.is_default
            ? t("Default formula: {n} signals. Contacts are ranked by this score.", {
                n: formula.signals.length,
              })
            : t("Your own formula: {n} signals. Contacts are ranked by this score.", {
                n: formula.signals.length,
              }),
          isAdmin ? "" : t("Only admins can change it."),
        ]
          .filter(Boolean)
          .join(" ")
      }
    >
      {shown.error && <Trouble error={shown.error} onRetry={() => void shown.refetch()} />}
      {shown.data && <Editor shown={shown.data} />}
    </Page>
  );
}

function Editor({ shown }: { shown: ScoreFormula }) {
  const mayChange = useIsAdmin();
  const saved = draftOf(shown.score_formula);
  const kept = useKept("score", saved);
  const draft = kept.value;
  const setDraft = (next: ScoreDraft) => kept.keep(() => next);
  const [isResetting, setIsResetting] = useState(false);
  const isSaved = (one: ScoreDraft) => JSON.stringify(one) === JSON.stringify(saved);
  const replace = useReplace((now) => isSaved(draftOf(now)));
  const isDirty = !isSaved(draft);
  const unasked = firstUnasked(draft.signals);
  const [asked] = useDebouncedValue(draft, 300);
  const preview = usePreview(asked, mayChange && firstUnasked(asked.signals) === null);
  const { signals } = draft;
  const put = (next: ScoreDraft["signals"]) => setDraft({ ...draft, signals: next });
  const save = () =>
    unasked === null &&
    replace.mutate(draft, {
      onSuccess: ({ job_id }) =>
        toast(
          job_id
            ? t("Saved. All contacts are being rescored.")
            : t("Saved. New contacts will be scored by it."),
        ),
    });
  return (
    <>
      <Section wide title={t("Signals")} note={t("Each matching signal adds or subtracts its points.")}>
        <OtherVersion kept={kept} />
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
              {t("Add a signal")}
            </Button>
            {!shown.score_formula.is_default && (
              <Button variant="default" onClick={() => setIsResetting(true)}>
                {t("Reset to the default formula …")}
              </Button>
            )}
          </div>
        )}
        <Rest draft={draft} isReadOnly={!mayChange} onChange={setDraft} />
      </Section>
      {mayChange && (
        <Section title={t("Preview")} note={t("Nothing changes until you save.")}>
          <Preview preview={preview.data} error={preview.error} />
        </Section>
      )}
      {isDirty && (
        <UnsavedBar
          says={
            unasked === null
              ? t("You have unsaved changes.")
              : t("Signal {unasked} needs a value before you save.", { unasked })
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

type RestProps = { draft: ScoreDraft; isReadOnly: boolean; onChange: (draft: ScoreDraft) => void };

function Rest({ draft, isReadOnly, onChange }: RestProps) {
  return (
    <div className={classes.rest}>
      <NumberInput
        label={t("Points for a score of 100")}
        description={t("If empty, the sum of all points: {signals}", { signals: fullPoints(draft.signals) })}
        min={1}
        max={2500}
        allowDecimal={false}
        value={draft.out_of ?? ""}
        disabled={isReadOnly}
        onChange={(value) => onChange({ ...draft, out_of: typeof value === "number" ? value : null })}
      />
      <TagsInput
        label={t("Thresholds")}
        description={t(
          "A contact that reaches one of the scores triggers webhooks and workflows. Five at most.",
        )}
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
      title={t("Reset to the default formula?")}
      verb={t("Reset formula")}
      isBusy={reset.isPending}
      error={reset.error}
      onConfirm={() => reset.mutate(undefined, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>{t("Your own formula will be deleted and all contacts will be rescored.")}</p>
    </Confirm>
  );
}
