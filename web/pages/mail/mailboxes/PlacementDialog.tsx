import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Segmented } from "../../../parts/Segmented.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { useSequenceNames, useStartPlacement, useStepEmails } from "./placement-queries.ts";
import type { Mailbox } from "./queries.ts";

type Props = { mailbox: Mailbox; seeds: readonly Mailbox[]; onClose: () => void };

/** What is sent, and to which seeds. */
export function PlacementDialog({ mailbox, seeds, onClose }: Props) {
  const start = useStartPlacement();
  const form = useForm({
    initialValues: {
      from: "step",
      sequence: null as string | null,
      touch: null as string | null,
      subject: "",
      body: "",
    },
  });
  const { from, sequence, touch, subject, body } = form.values;
  const { data: sequences = [] } = useSequenceNames();
  const { data: emails = [] } = useStepEmails(sequence);
  const isReady = from === "step" ? touch !== null : subject.trim() !== "" && body.trim() !== "";
  const others = seeds.filter(({ id }) => id !== mailbox.id);
  const send = () =>
    start.mutate(
      {
        email_account_id: mailbox.id,
        ...(from === "step"
          ? { emailer_touch_id: touch ?? "" }
          : { subject: subject.trim(), body_html: htmlOf(body) }),
      },
      {
        onSuccess: () => {
          toast(t("Placement test started."));
          onClose();
        },
      },
    );
  return (
    <Dialog onClose={onClose} title={t("Test placement")} size="lg">
      <form className="stack" onSubmit={form.onSubmit(send)}>
        <p className="prose">
          {t(
            "One email goes from {email} to {seeds, plural, one {# seed mailbox} other {# seed mailboxes}}. Cadenza then looks for it in all folders, for an hour at most.",
            { email: mailbox.email, seeds: others.length },
          )}{" "}
          {lasts(mailbox, others.length)}
        </p>
        <Segmented
          aria-label={t("Text to test")}
          data={[
            { value: "step", label: t("Email of a sequence") },
            { value: "own", label: t("Own text") },
          ]}
          {...form.getInputProps("from")}
        />
        {from === "step" ? (
          <>
            <Select
              label={t("Sequence")}
              searchable
              data={sequences.map(({ id, name }) => ({ value: id, label: name }))}
              value={sequence}
              onChange={(id) => form.setValues({ sequence: id, touch: null })}
            />
            <Select
              label={t("Email")}
              description={t("Filled for an invented contact, without attachments.")}
              disabled={emails.length === 0}
              data={emails.map(({ id, position, subject: said }) => ({
                value: id,
                label: t("Step {position}: {subject}", { position, subject: said || t("no subject") }),
              }))}
              value={touch}
              onChange={(id) => form.setFieldValue("touch", id)}
            />
          </>
        ) : (
          <>
            <TextInput label={t("Subject")} maxLength={500} {...form.getInputProps("subject")} />
            <Textarea label={t("Text")} autosize minRows={6} maxRows={14} {...form.getInputProps("body")} />
          </>
        )}
        <Trouble error={start.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button type="submit" disabled={!isReady} loading={start.isPending}>
            {t("Start test")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function lasts({ seconds_delay_between_emails: gap }: Mailbox, count: number) {
  const minutes = Math.round(((gap ?? 0) * (count - 1)) / 60);
  return minutes > 1
    ? t(
        "The emails count toward its limits. Its pause between emails makes sending take about {minutes} minutes.",
        {
          minutes,
        },
      )
    : t("The emails count toward its limits.");
}

const SIGNS: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

function htmlOf(text: string) {
  const safe = text.replace(/[&<>]/g, (sign) => SIGNS[sign] ?? sign);
  return safe
    .split(/\n{2,}/)
    .map((part) => `<p>${part.trim().replaceAll("\n", "<br>")}</p>`)
    .join("");
}
