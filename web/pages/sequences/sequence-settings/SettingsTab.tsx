import { Skeleton } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { useLate } from "../../../parts/late.ts";
import { useReadFirst } from "../../../parts/read-first.ts";
import { toast } from "../../../parts/toast.tsx";
import { UnsavedBar } from "../../../parts/UnsavedBar.tsx";
import { api, queries } from "../../../session.ts";
import { useRights } from "../sequences/access.ts";
import {
  type FullSequence,
  type Sequence,
  type SequenceChange,
  sequenceQuery,
  useChangeSequence,
  useSequence,
} from "../sequences/queries.ts";
import { underWay } from "../sequences/words.tsx";
import { AboutPart } from "./AboutPart.tsx";
import { AnswersPart } from "./AnswersPart.tsx";
import { changeOf, isSame, type SettingsValues, valuesOf } from "./form.ts";
import { HoursPart } from "./HoursPart.tsx";
import { SendingPart } from "./SendingPart.tsx";
import classes from "./SettingsTab.module.css";
import { SharingPart } from "./SharingPart.tsx";
import { StagesPart } from "./StagesPart.tsx";
import { useSettingsDraft } from "./use-settings-draft.ts";

const labelsQuery = {
  queryKey: ["labels", "emailer_campaigns"],
  queryFn: async () => {
    const labels = await api.labels.list();
    return labels.filter(({ modality }) => modality === "emailer_campaigns");
  },
};

/** Everything a person may say of a sequence as a whole. */
export function SettingsTab({ sequenceId }: { sequenceId: string }) {
  const { data: whole } = useSequence(sequenceId);
  const { data: labels } = useQuery(labelsQuery);
  if (!whole || !labels) return <Waiting />;
  const names = new Map(labels.map(({ id, name }) => [id, name]));
  const own = whole.emailer_campaign.label_ids.flatMap((id) => names.get(id) ?? []);
  return <Settings whole={whole} labelNames={own} allLabels={[...names.values()]} />;
}

type Props = { whole: FullSequence; labelNames: readonly string[]; allLabels: readonly string[] };

function Settings({ whole, labelNames, allLabels }: Props) {
  const sequence = whole.emailer_campaign;
  const { mayEdit } = useRights(sequence);
  const saved = valuesOf(sequence, labelNames);
  const { values, change, discard, isChanged, sides } = useSettingsDraft(sequence.id, saved);
  const save = useSaveSettings(sequence, saved, (now) => valuesOf(now.emailer_campaign, labelNames));
  const part = { values, change, mayEdit, sequence };
  return (
    <div className={classes.settings}>
      <AboutPart {...part} allLabels={allLabels} />
      <HoursPart {...part} />
      <SendingPart {...part} rules={whole.effective_rules} />
      <AnswersPart {...part} rules={whole.effective_rules} />
      <StagesPart {...part} />
      <SharingPart sequence={sequence} />
      {mayEdit && isChanged && (
        <UnsavedBar
          says={
            sides
              ? t(
                  "Another user changed the same settings after you started. Save the version that you want to keep.",
                )
              : sayUnsaved(sequence, values, saved)
          }
          sides={sides}
          isBusy={save.isPending}
          error={save.error}
          onDiscard={discard}
          onSave={() => {
            if (isSame(values, saved)) discard();
            else save.mutate(changeOf(sequence.id, values, saved), { onSuccess: discard });
          }}
        />
      )}
    </div>
  );
}

export type PartProps = {
  sequence: Sequence;
  values: SettingsValues;
  change: (next: Partial<SettingsValues>) => void;
  mayEdit: boolean;
};

/** Undo writes back what was there, of the same fields. */
function useSaveSettings(
  { id }: Sequence,
  saved: SettingsValues,
  valuesIn: (now: FullSequence) => SettingsValues,
) {
  const readFirst = useReadFirst();
  const change = useChangeSequence();
  const back = useChangeSequence();
  /** Unless a teammate has changed one of the fields since they were as in `shown`. */
  const write = (by: typeof change, wish: SequenceChange, shown: Partial<SettingsValues>) =>
    readFirst(
      sequenceQuery(id),
      (now) => isSame(pick(valuesIn(now), shown), shown),
      ({ etag }) => by.mutateAsync({ ...wish, ifMatch: etag }),
    );
  return useMutation({
    mutationFn: async (wish: SequenceChange) => {
      const before = pick(saved, wish);
      await write(change, wish, before);
      const after = pick(valuesIn(await queries.fetchQuery({ ...sequenceQuery(id), staleTime: 0 })), wish);
      return () => write(back, { ...before, id } as SequenceChange, after);
    },
    onSuccess: (undo) => toast(t("Saved."), { undo }),
  });
}

/** Of the settings, those that the other names. */
function pick(values: SettingsValues, named: object): Partial<SettingsValues> {
  const keys = Object.keys(values) as (keyof SettingsValues)[];
  return Object.fromEntries(keys.filter((key) => key in named).map((key) => [key, values[key]]));
}

/** Some settings also affect contacts who are on the way; then the number of them is shown. */
function sayUnsaved(sequence: Sequence, values: SettingsValues, saved: SettingsValues) {
  const people = underWay(sequence);
  if (people === 0) return t("You have unsaved changes.");
  if (!isSame(values.emailer_schedule_id, saved.emailer_schedule_id))
    return t(
      "You have unsaved changes. {people, plural, one {# contact} other {# contacts}} will get new dates from the other schedule.",
      { people },
    );
  return t(
    "You have unsaved changes. They will apply to {people, plural, one {# current contact} other {# current contacts}}.",
    { people },
  );
}

function Waiting() {
  const isLate = useLate(true);
  return (
    <div className={classes.settings} aria-busy="true" style={{ minHeight: "30rem" }}>
      {isLate && ["9rem", "14rem", "10rem"].map((height) => <Skeleton key={height} height={height} />)}
    </div>
  );
}
