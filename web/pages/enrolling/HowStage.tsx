import { Button, Checkbox, Switch } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { MomentField } from "../../parts/dates/MomentField.tsx";
import { instantOf, localOf } from "../../parts/dates/reading.ts";
import { Segmented } from "../../parts/Segmented.tsx";
import { MailboxPicker } from "../mailboxes/MailboxPicker.tsx";
import { useSendable } from "../mailboxes/queries.ts";
import { sequenceQuery } from "../sequences/queries.ts";
import classes from "./AddContactsDialog.module.css";
import { FirstStepField } from "./FirstStepField.tsx";
import { FLAGS, type Flag, type Wish } from "./wish.ts";
import { FLAG_WORDS } from "./words.ts";

type Props = { wish: Wish; change: (part: Partial<Wish>) => void };

export function HowStage({ wish, change }: Props) {
  return (
    <>
      <Mailboxes wish={wish} change={change} />
      <div className={classes.two}>
        <Start wish={wish} change={change} />
        <FirstStep wish={wish} change={change} />
      </div>
      <Validation wish={wish} change={change} />
      <LetIn wish={wish} change={change} />
    </>
  );
}

function Mailboxes({ wish, change }: Props) {
  const usable = useSendable().map(({ id }) => id);
  const isAll = usable.length > 1 && usable.every((id) => wish.mailboxIds.includes(id));
  return (
    <div>
      <MailboxPicker
        value={wish.mailboxIds}
        onChange={(mailboxIds) => change({ mailboxIds })}
        description={
          wish.mailboxIds.length > 1
            ? "They take turns: whoever has most left to send gets the next contact, and keeps them."
            : "Each contact keeps the mailbox they begin with."
        }
      />
      {usable.length > 1 && !isAll && (
        <Button variant="subtle" onClick={() => change({ mailboxIds: usable })}>
          All {usable.length} take turns
        </Button>
      )}
    </div>
  );
}

function Start({ wish, change }: Props) {
  const isLater = wish.startsAt !== null;
  return (
    <div className="stack" style={{ gap: 8 }}>
      <div>
        <p className={classes.label} id="starts">
          They begin
        </p>
        <Segmented
          aria-labelledby="starts"
          fullWidth
          data={[
            { value: "now", label: "At once" },
            { value: "later", label: "At a date" },
          ]}
          value={isLater ? "later" : "now"}
          onChange={(when) => change({ startsAt: when === "later" ? tomorrowMorning() : null })}
        />
      </div>
      {isLater && (
        <MomentField
          label="Begin on"
          note="Until then they wait, paused."
          minDate={new Date()}
          value={wish.startsAt === null ? null : instantOf(wish.startsAt)}
          onChange={(at) => change({ startsAt: at && localOf(at) })}
        />
      )}
    </div>
  );
}

/** As the field prints it: no zone, because it is the viewer's. */
function tomorrowMorning() {
  const at = new Date(Date.now() + 86_400_000);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} 09:00:00`;
}

function FirstStep({ wish, change }: Props) {
  const { data } = useQuery({ ...sequenceQuery(wish.sequenceId ?? ""), enabled: wish.sequenceId !== null });
  return (
    <FirstStepField
      steps={data?.emailer_steps ?? []}
      value={wish.startStep}
      onChange={(startStep) => change({ startStep })}
    />
  );
}

function Validation({ wish, change }: Props) {
  return (
    <div className="stack" style={{ gap: 8 }}>
      <Switch
        label="Skip validation"
        checked={wish.skipsValidation}
        onChange={(event) => change({ skipsValidation: event.currentTarget.checked })}
      />
      {wish.skipsValidation && (
        <p className={classes.warning}>
          <IconAlertTriangle size="1rem" stroke={1.75} aria-hidden />
          <span>
            Nobody looks then for what will stop their mails later: a missing value, a stage that is left
            alone, a colleague who has answered. Who is left out stays the same.
          </span>
        </p>
      )}
    </div>
  );
}

function LetIn({ wish, change }: Props) {
  return (
    <Checkbox.Group
      label="Add these too"
      description="They are left out unless you say so. The check tells how many it is about, so it can wait until then."
      inputWrapperOrder={["label", "description", "input"]}
      value={[...wish.waived]}
      onChange={(waived) => change({ waived: waived as Flag[] })}
    >
      <div className={classes.flags} style={{ marginTop: 10 }}>
        {FLAGS.map((flag) => (
          <Checkbox
            key={flag}
            value={flag}
            label={FLAG_WORDS[flag].says}
            description={FLAG_WORDS[flag].but}
          />
        ))}
      </div>
    </Checkbox.Group>
  );
}
