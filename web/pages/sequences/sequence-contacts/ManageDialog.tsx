import { Button, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { MomentField } from "../../../parts/dates/MomentField.tsx";
import { instantOf, localOf } from "../../../parts/dates/reading.ts";
import { figure } from "../../../parts/figures.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { useSendable } from "../../mail/mailboxes/queries.ts";
import {
  type ActionResult,
  type EnrollmentActionInput,
  type EnrollmentTargets,
  readManaged,
  type Verb,
} from "./verbs.ts";

type Props = {
  sequenceId: string;
  verb: Verb;
  whom: EnrollmentTargets;
  isBusy: boolean;
  error: unknown;
  onConfirm: (said: EnrollmentActionInput) => void;
  onClose: () => void;
};

/** Tried out first: how many it is about, and who is left alone and why. */
export function ManageDialog({ sequenceId, verb, whom, isBusy, error, onConfirm, onClose }: Props) {
  const [said, setSaid] = useState<EnrollmentActionInput>({ until: null, mailboxId: null });
  const isMissing = verb.asks === "mailbox" && said.mailboxId === null;
  const tried = useQuery({
    queryKey: ["enrollments", sequenceId, "tried", verb.name, whom, said],
    queryFn: async () => readManaged(await verb.call(sequenceId, whom, said, { dryRun: true })),
    enabled: !isMissing && !isBusy, // while it runs, a new dry run would find no contact left to change
    staleTime: 0,
    gcTime: 0,
    placeholderData: (before) => before,
  });
  return (
    <Dialog onClose={onClose} title={verb.name} size="md">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onConfirm(said);
        }}
      >
        {verb.says && <p>{verb.says}</p>}
        {verb.asks === "until" && (
          <Until value={said.until} onChange={(until) => setSaid({ ...said, until })} />
        )}
        {verb.asks === "mailbox" && (
          <Mailbox value={said.mailboxId} onChange={(mailboxId) => setSaid({ ...said, mailboxId })} />
        )}
        <div aria-live="polite">
          {tried.data ? (
            <Numbers told={tried.data} verb={verb} />
          ) : (
            !isMissing && !tried.error && <p className="soft">{t("Counting …")}</p>
          )}
        </div>
        <Trouble error={tried.error ?? error} doing={error ? "writing" : "reading"} />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button
            type="submit"
            loading={isBusy}
            disabled={isMissing || !tried.data || tried.data.going === 0}
          >
            {buttonSays(verb, tried.data)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function buttonSays({ name }: Verb, told: ActionResult | undefined) {
  if (!told || told.going === 0) return name;
  const [first = "", ...rest] = name.split(" ");
  return t("{first} {going, plural, one {# contact} other {# contacts}} {rest}", {
    first,
    going: told.going,
    rest: rest.join(" "),
  }).trim();
}

function Numbers({ told: { going, left }, verb }: { told: ActionResult; verb: Verb }) {
  return (
    <>
      <p>
        {t("{value} will be {done}.{left}", {
          value:
            going === 0
              ? t("No contacts")
              : t("{going, plural, one {# contact} other {# contacts}}", { going }),
          done: verb.done,
          left: left.length > 0 && t(" Skipped:"),
        })}
      </p>
      {left.length > 0 && (
        <ul className="bullets soft">
          {left.map(({ says, count }) => (
            <li key={says}>
              {figure(count)} {says}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

type UntilProps = { value: string | null; onChange: (value: string | null) => void; isFirst?: boolean };

/** `isFirst`: it has the focus, and its calendar is open, when the dialog opens. */
export function Until({ value, onChange, isFirst = true }: UntilProps) {
  return (
    <MomentField
      label={t("Pause until")}
      note={t("If empty, they stay paused until you resume them.")}
      placeholder={t("Until resumed")}
      clearable
      {...(isFirst && { "data-autofocus": true })}
      from="today"
      value={value === null ? null : instantOf(value)}
      onChange={(at) => onChange(at && localOf(at))}
    />
  );
}

function Mailbox({ value, onChange }: { value: string | null; onChange: (value: string | null) => void }) {
  const mailboxes = useSendable();
  return (
    <Select
      label={t("Send from")}
      placeholder={t("Choose a mailbox")}
      data-autofocus
      data={mailboxes.map(({ id, email }) => ({ value: id, label: email }))}
      value={value}
      onChange={onChange}
    />
  );
}
