import { Button, Checkbox, Radio, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { useLate } from "../../../parts/late.ts";
import { Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { ApplyBar } from "./ApplyBar.tsx";
import type { FileText } from "./dropped.ts";
import { FileFault } from "./FileFault.tsx";
import { Findings } from "./Findings.tsx";
import { MailPreviews } from "./MailPreviews.tsx";
import { PlannedRecord } from "./PlannedRecord.tsx";
import { type Applied, type Planned, planQuery, useApplyFiles } from "./queries.ts";
import { summaryOf } from "./words.ts";

type Props = { files: readonly FileText[]; onAgain: () => void; onApplied: (applied: Applied) => void };

/** What the files will change, what is wrong with them, and the button that applies them. */
export function PlanOfFiles({ files, onAgain, onApplied }: Props) {
  const [options, setOptions] = useState({ move: false, overwrite: false });
  const [contactId, setContactId] = useState<string | null>(null);
  const apply = useApplyFiles();
  const wish = { files, ...options };
  const found = useQuery({
    ...planQuery(wish, contactId),
    placeholderData: (before) => before, // a choice below does not fold the page up
  });
  const go = () => apply.mutate(wish, { onSuccess: onApplied });
  const plan = found.data?.plan ?? [];
  const findings = found.data?.findings ?? [];
  if (found.error)
    return (
      <>
        <FileFault error={found.error} files={files} />
        <div className="row end">
          <Button onClick={onAgain} data-autofocus>
            {t("Choose other files")}
          </Button>
        </div>
      </>
    );
  if (!found.data) return <Waiting />;
  return (
    <>
      <Section title={t("Preview")} note={<span role="status">{summaryOf(plan, false)}</span>}>
        <div className="stack">
          <Options plan={plan} value={options} onChange={setOptions} />
          {inOrder(plan).map((record) => (
            <PlannedRecord key={`${record.kind} ${record.key}`} record={record} isDone={false} />
          ))}
        </div>
      </Section>
      {findings.length > 0 && (
        <Section title={t("Check of the emails")}>
          <Findings findings={findings} />
        </Section>
      )}
      <Section title={t("Emails")}>
        <MailPreviews previews={found.data.previews} contactId={contactId} onContact={setContactId} />
      </Section>
      <Trouble error={apply.error} doing="writing" />
      <ApplyBar
        plan={plan}
        isBusy={apply.isPending}
        isReady={found.data.has_changes && !found.isPlaceholderData}
        onApply={go}
        onAgain={onAgain}
      />
    </>
  );
}

/** Sequences first, and what changes before what does not. */
function inOrder(plan: readonly Planned[]) {
  const rank = ({ verdict, kind }: Planned) =>
    (verdict === "unchanged" ? 2 : 0) + (kind === "sequence" ? 0 : 1);
  return [...plan].sort((one, other) => rank(one) - rank(other));
}

type Choices = { move: boolean; overwrite: boolean };
type OptionsProps = { plan: readonly Planned[]; value: Choices; onChange: (next: Choices) => void };

/** Only what makes a difference to these files. */
function Options({ plan, value, onChange }: OptionsProps) {
  const isHeld = value.overwrite || plan.some(({ verdict }) => verdict === "held");
  const isMoving = value.move || plan.some(({ contacts }) => (contacts?.keep_version ?? 0) > 0);
  return (
    <>
      {isHeld && (
        <Checkbox
          label={t("Overwrite edits")}
          description={t(
            "Records that were edited here, or that no file has written yet, will be as the files say.",
          )}
          checked={value.overwrite}
          onChange={(event) => onChange({ ...value, overwrite: event.currentTarget.checked })}
        />
      )}
      {isMoving && (
        <Radio.Group
          label={t("Contacts already in a sequence")}
          value={value.move ? "move" : "keep"}
          onChange={(next) => onChange({ ...value, move: next === "move" })}
        >
          <div className="stack" style={{ gap: 8, marginTop: 8 }}>
            <Radio value="keep" label={t("Keep the steps and texts they began with")} />
            <Radio value="move" label={t("Get the new steps and texts")} />
          </div>
        </Radio.Group>
      )}
    </>
  );
}

function Waiting() {
  return <div aria-busy="true">{useLate(true) && <Skeleton height={160} radius="sm" />}</div>;
}
