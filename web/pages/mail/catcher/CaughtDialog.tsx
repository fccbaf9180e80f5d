import { Button, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { t } from "../../../language/t.ts";
import { currentTimeMs } from "../../../parts/current-time.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { DayField } from "../../../parts/dates/DayField.tsx";
import { instantOf, localOf } from "../../../parts/dates/reading.ts";
import { Moment } from "../../../parts/Moment.tsx";
import { MailText } from "../../../parts/mail/MailText.tsx";
import { Segmented } from "../../../parts/Segmented.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import classes from "./CaughtDialog.module.css";
import { type Caught, useAnswer } from "./queries.ts";
import { ANSWER_CHOICES, ANSWERS } from "./words.ts";

/** One mail as it was sent, shown as words only, with an answer in the recipient's name. */
export function CaughtDialog({ mail, onClose }: { mail: Caught; onClose: () => void }) {
  return (
    <Dialog title={mail.subject || t("No subject")} onClose={onClose} size="xl">
      <div className="stack">
        <dl className={classes.head}>
          <dt>{t("To")}</dt>
          <dd>{mail.to}</dd>
          <dt>{t("From")}</dt>
          <dd>{mail.headers.from ?? mail.from}</dd>
          <dt>{t("Sent")}</dt>
          <dd>
            <Moment at={mail.at} />
          </dd>
        </dl>
        <div className={classes.paper}>
          <MailText html={mail.html} text={mail.text} label={t("Email")} />
        </div>
        <details>
          <summary className="soft small">{t("Headers")}</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
          <pre className={classes.headers} tabIndex={0}>
            {Object.entries(mail.headers)
              .map(([name, value]) => `${name}: ${value}`)
              .join("\n")}
          </pre>
        </details>
        <Answer mail={mail} onClose={onClose} />
      </div>
    </Dialog>
  );
}

function Answer({ mail, onClose }: { mail: Caught; onClose: () => void }) {
  const answer = useAnswer();
  const form = useForm({
    initialValues: {
      kind: "reply" as keyof typeof ANSWERS,
      text: "",
      until: new Date(currentTimeMs() + 7 * 86_400_000),
    },
  });
  const words = ANSWERS[form.values.kind];
  const send = ({ kind, text, until }: typeof form.values) =>
    answer.mutate(
      {
        id: mail.id,
        kind,
        ...(text.trim() && { text: text.trim() }),
        ...(kind === "out_of_office" && { until: until.toISOString() }),
      },
      {
        onSuccess: () => {
          toast(t("Reply sent to the mailbox. Cadenza reads it in a few seconds."));
          onClose();
        },
      },
    );
  return (
    <form className={classes.answer} onSubmit={form.onSubmit(send)}>
      <Segmented
        fullWidth
        aria-label={t("Kind of reply")}
        data={ANSWER_CHOICES}
        {...form.getInputProps("kind")}
      />
      <p className="soft small">{words.says}</p>
      {form.values.kind === "out_of_office" && (
        <DayField
          label={t("Back on")}
          value={localOf(form.values.until).slice(0, 10)}
          from="today"
          onChange={(day) => day && form.setFieldValue("until", instantOf(`${day} 09:00:00`))}
        />
      )}
      <Textarea label={words.label} autosize minRows={3} maxRows={12} {...form.getInputProps("text")} />
      <Trouble error={answer.error} doing="writing" />
      <div className="row end">
        <Button variant="default" onClick={onClose}>
          {t("Close")}
        </Button>
        <Button type="submit" loading={answer.isPending}>
          {words.verb}
        </Button>
      </div>
    </form>
  );
}
