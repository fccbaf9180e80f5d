import { Button, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Dialog } from "../../parts/Dialog.tsx";
import { MomentField } from "../../parts/dates/MomentField.tsx";
import { instantOf, localOf } from "../../parts/dates/reading.ts";
import { figure } from "../../parts/figures.ts";
import { Trouble } from "../../parts/Trouble.tsx";
import { useMailboxes } from "../mailboxes/queries.ts";
import { readManaged, type Said, type Told, type Verb, type Whom } from "./verbs.ts";

type Props = {
  sequenceId: string;
  verb: Verb;
  whom: Whom;
  isBusy: boolean;
  error: unknown;
  onConfirm: (said: Said) => void;
  onClose: () => void;
};

/** Tried out first: how many it is about, and who is left alone and why. */
export function ManageDialog({ sequenceId, verb, whom, isBusy, error, onConfirm, onClose }: Props) {
  const [said, setSaid] = useState<Said>({ until: null, mailboxId: null });
  const isMissing = verb.asks === "mailbox" && said.mailboxId === null;
  const tried = useQuery({
    queryKey: ["enrollments", sequenceId, "tried", verb.name, whom, said],
    queryFn: async () => readManaged(await verb.call(sequenceId, whom, said, { dryRun: true })),
    enabled: !isMissing && !isBusy, // once it is being done it would find nobody to do it to
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
            !isMissing && !tried.error && <p className="soft">Counting …</p>
          )}
        </div>
        <Trouble error={tried.error ?? error} doing={error ? "writing" : "reading"} />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            Leave it
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

function buttonSays({ name }: Verb, told: Told | undefined) {
  if (!told || told.going === 0) return name;
  const [first = "", ...rest] = name.split(" ");
  return `${first} ${figure(told.going)} ${told.going === 1 ? "contact" : "contacts"} ${rest.join(" ")}`.trim();
}

function Numbers({ told: { going, left }, verb }: { told: Told; verb: Verb }) {
  return (
    <>
      <p>
        {going === 0 ? "Nobody" : `${figure(going)} ${going === 1 ? "contact" : "contacts"}`}{" "}
        {going === 1 || going === 0 ? "is" : "are"} {verb.done}.{left.length > 0 && " Left alone:"}
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

function Until({ value, onChange }: { value: string | null; onChange: (value: string | null) => void }) {
  return (
    <MomentField
      label="Until"
      note="Left empty, until somebody resumes them."
      placeholder="Until somebody resumes them"
      clearable
      data-autofocus
      minDate={new Date()}
      value={value === null ? null : instantOf(value)}
      onChange={(at) => onChange(at && localOf(at))}
    />
  );
}

function Mailbox({ value, onChange }: { value: string | null; onChange: (value: string | null) => void }) {
  const { data: mailboxes = [] } = useMailboxes();
  return (
    <Select
      label="Send from"
      placeholder="Choose a mailbox"
      data-autofocus
      data={mailboxes
        .filter(({ active, revoked_at }) => active && !revoked_at)
        .map(({ id, email }) => ({ value: id, label: email }))}
      value={value}
      onChange={onChange}
    />
  );
}
