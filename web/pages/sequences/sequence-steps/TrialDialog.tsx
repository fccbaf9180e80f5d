import { NativeSelect, Skeleton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconAlertTriangle, IconCircleCheck, IconClock } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { useLate } from "../../../parts/late.ts";
import { MailText } from "../../../parts/mail/MailText.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { listsQuery } from "../enrolling/queries.ts";
import { type Trial, type TrialMail, type TrialWish, trialQuery } from "./queries.ts";
import classes from "./TrialDialog.module.css";
import { reasonOf, trialSummary, verdictWords } from "./trial-words.ts";

type Props = {
  title: string;
  wish: TrialWish;
  /** The saved emails are shown, and there are changes that are not saved. */
  isOlder?: boolean;
  onClose: () => void;
};

/** An email, or all emails of the sequence, for ten contacts: who would not get it comes first. */
export function TrialDialog({ title, wish, isOlder = false, onClose }: Props) {
  const [labelId, setLabelId] = useState("");
  const found = useQuery(trialQuery({ ...wish, label_id: labelId || null }));
  const lists = useQuery(listsQuery);
  const trial = found.data?.trial;
  return (
    <Dialog title={title} size="64rem" onClose={onClose}>
      <div className={classes.trial}>
        <div className={classes.top}>
          <p role="status">{trial ? trialSummary(trial) : t("Checking …")}</p>
          <NativeSelect
            label={t("Contacts")}
            value={labelId}
            onChange={(event) => setLabelId(event.currentTarget.value)}
            data={[
              { value: "", label: t("Of the sequence, or the newest") },
              ...(lists.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </div>
        <p className="soft small">
          {t("As if the email were due now. Limits and replies can change it.")}
          {isOlder && ` ${t("Unsaved changes are not included.")}`}
        </p>
        <Trouble error={found.error} onRetry={() => void found.refetch()} />
        {trial ? <Rows key={labelId} trial={trial} /> : !found.error && <Waiting />}
      </div>
    </Dialog>
  );
}

type Line = { key: string; contact: Trial["contacts"][number]["contact"]; mail: TrialMail };

function Rows({ trial }: { trial: Trial }) {
  const lines: Line[] = trial.contacts.flatMap(({ contact, mails }) =>
    mails.map((mail) => ({ key: `${contact.id} ${mail.position}`, contact, mail })),
  );
  const [chosen, choose] = useState(lines[0]?.key);
  const line = lines.find(({ key }) => key === chosen);
  // Beside ten rows there is no room on a phone: there the email opens below its row.
  const isNarrow = useMediaQuery("(max-width: 47.99em)", undefined, { getInitialValueInEffect: false });
  const isWhole = trial.contacts.some(({ mails }) => mails.length > 1);
  if (lines.length === 0) return <p className="soft">{t("There is no email to show.")}</p>;
  return (
    <div className={classes.both}>
      <ul className={classes.rows} aria-label={t("Contacts")}>
        {lines.map((one) => (
          <li key={one.key} className={classes.line}>
            <button
              type="button"
              className={classes.row}
              aria-pressed={one.key === chosen}
              onClick={({ currentTarget }) => {
                choose(one.key);
                // The email of the row before closes above it.
                if (isNarrow) requestAnimationFrame(() => currentTarget.scrollIntoView({ block: "start" }));
              }}
            >
              <span className={classes.name}>
                {one.contact.name}
                {isWhole && ` · ${t("step {index}", { index: one.mail.position })}`}
              </span>
              <span className={classes.subject}>{one.mail.subject || t("(no subject)")}</span>
              <Verdict mail={one.mail} />
            </button>
            {isNarrow && one.key === chosen && <Sheet line={one} />}
          </li>
        ))}
      </ul>
      {line && !isNarrow && <Sheet line={line} />}
    </div>
  );
}

function Sheet({ line: { contact, mail } }: { line: Line }) {
  return (
    <section className={classes.sheet} aria-label={t("Preview")}>
      <p className={classes.head}>{mail.subject || t("(no subject)")}</p>
      <MailText
        html={mail.body_html}
        text={mail.body_text}
        label={t("Email to {contact_id}", { contact_id: contact.name })}
      />
    </section>
  );
}

const ICONS = {
  ready: IconCircleCheck,
  waits: IconClock,
  skipped: IconAlertTriangle,
  fails: IconAlertTriangle,
};

function Verdict({ mail }: { mail: TrialMail }) {
  const Icon = ICONS[mail.verdict];
  const reason = reasonOf(mail);
  return (
    <span className={classes.verdict} data-is={mail.verdict}>
      <Icon size="0.875rem" stroke={1.75} aria-hidden />
      <span>
        {verdictWords(mail.verdict)}
        {reason && `: ${reason}`}
      </span>
    </span>
  );
}

function Waiting() {
  const isLate = useLate(true);
  return (
    <div className={classes.waiting} aria-busy="true">
      {isLate && ["a", "b", "c"].map((row) => <Skeleton key={row} height={56} radius="sm" />)}
    </div>
  );
}
