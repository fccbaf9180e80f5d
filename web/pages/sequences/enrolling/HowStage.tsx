import { Button, Switch } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { currentTimeMs } from "../../../parts/current-time.ts";
import { MomentField } from "../../../parts/dates/MomentField.tsx";
import { instantOf, localOf } from "../../../parts/dates/reading.ts";
import { Segmented } from "../../../parts/Segmented.tsx";
import { MailboxPicker } from "../../mail/mailboxes/MailboxPicker.tsx";
import { useSendable } from "../../mail/mailboxes/queries.ts";
import { sequenceQuery } from "../sequences/queries.ts";
import classes from "./AddContactsDialog.module.css";
import { AllowChoice } from "./AllowChoice.tsx";
import { FirstStepField } from "./FirstStepField.tsx";
import type { EnrollmentForm } from "./wish.ts";

type Props = { wish: EnrollmentForm; change: (part: Partial<EnrollmentForm>) => void };

export function HowStage({ wish, change }: Props) {
  return (
    <>
      <Mailboxes wish={wish} change={change} />
      <div className={classes.two}>
        <Start wish={wish} change={change} />
        <FirstStep wish={wish} change={change} />
      </div>
      <Validation wish={wish} change={change} />
      <AllowChoice
        value={wish.waived}
        onChange={(waived) => change({ waived })}
        description={t(
          "These contacts are skipped by default. The preview shows how many, and you can add them there.",
        )}
      />
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
            ? t("Each contact goes to the mailbox with the most sends left, and stays with it.")
            : t("All emails to a contact come from the same mailbox.")
        }
      />
      {usable.length > 1 && !isAll && (
        <Button variant="subtle" onClick={() => change({ mailboxIds: usable })}>
          {t("Rotate all {usable} mailboxes", { usable: usable.length })}
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
          {t("Start")}
        </p>
        <Segmented
          aria-labelledby="starts"
          fullWidth
          data={[
            { value: "now", label: t("Now") },
            { value: "later", label: t("On a date") },
          ]}
          value={isLater ? "later" : "now"}
          onChange={(when) => change({ startsAt: when === "later" ? tomorrowMorning() : null })}
        />
      </div>
      {isLater && (
        <MomentField
          label={t("Start date")}
          note={t("Contacts stay paused until then.")}
          from="today"
          value={wish.startsAt === null ? null : instantOf(wish.startsAt)}
          onChange={(at) => change({ startsAt: at && localOf(at) })}
        />
      )}
    </div>
  );
}

/** As the field prints it: no zone, because it is the viewer's. */
function tomorrowMorning() {
  const at = new Date(currentTimeMs() + 86_400_000);
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
        label={t("Skip validation")}
        checked={wish.skipsValidation}
        onChange={(event) => change({ skipsValidation: event.currentTarget.checked })}
      />
      {wish.skipsValidation && (
        <p className={classes.warning}>
          <IconAlertTriangle size="1rem" stroke={1.75} aria-hidden />
          <span>
            {t(
              "You won't be warned about problems that stop emails later: missing values, excluded stages, a colleague who replied. The same contacts are skipped either way.",
            )}
          </span>
        </p>
      )}
    </div>
  );
}
