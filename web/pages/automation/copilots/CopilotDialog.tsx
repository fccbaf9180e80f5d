import { Button, Checkbox, MultiSelect, NumberInput, Select, TextInput } from "@mantine/core";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { useKeptForm } from "../../../parts/kept-form.ts";
import { OtherVersion } from "../../../parts/OtherVersion.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { ContactPicker } from "../../contacts/contacts/ContactPicker.tsx";
import { useLists } from "../../contacts/lists/queries.ts";
import { useMailboxes, useSendable } from "../../mail/mailboxes/queries.ts";
import { SequencePicker } from "../../sequences/sequences/SequencePicker.tsx";
import { useStages } from "../../settings/stages/queries.ts";
import classes from "./Copilots.module.css";
import { type Copilot, useSaveCopilot } from "./queries.ts";
import { clock, filtersOf, whomOf } from "./words.ts";

type Props = { copilot: Copilot | null; onClose: () => void; onDone: (id: string) => void };

/** Whom, which sequence, how many a day, from which mailboxes, looked at first or not. */
export function CopilotDialog({ copilot, onClose, onDone }: Props) {
  const lists = useLists("contacts").data ?? [];
  const stages = useStages("contact").data ?? [];
  const { data: all = [] } = useMailboxes();
  const sendable = useSendable();
  const mailboxes = all.filter(
    (one) => sendable.includes(one) || copilot?.email_account_ids.includes(one.id),
  );
  const save = useSaveCopilot(copilot);
  const isUnseen = copilot?.emailer_campaign_id === null;
  const { form, kept } = useKeptForm(`copilot-${copilot?.id ?? ""}`, {
    initialValues: {
      name: copilot?.name ?? "",
      ...whomOf(copilot?.filters ?? {}),
      example: copilot?.example_contact_ids[0] ?? (null as string | null),
      sequence: copilot?.emailer_campaign_id ?? (null as string | null),
      mailboxes: copilot?.email_account_ids ?? ([] as string[]),
      perDay: copilot?.per_day ?? 10,
      hour: String(copilot?.hour ?? 7),
      review: copilot?.review ?? true,
    },
    validate: {
      sequence: (value) => {
        if (value) return null;
        return isUnseen
          ? t("You can't see this copilot's sequence. Choose one that you can see.")
          : t("Choose a sequence.");
      },
      mailboxes: (value) => (value.length > 0 ? null : t("Choose at least one mailbox.")),
    },
  });
  const close = () => {
    kept.forget();
    onClose();
  };
  const send = (said: typeof form.values) =>
    save.mutate(
      {
        name: said.name.trim(),
        filters: filtersOf(said, copilot?.filters ?? {}),
        example_contact_ids: [
          ...new Set([
            ...(said.example ? [said.example] : []),
            ...(copilot?.example_contact_ids.slice(1) ?? []),
          ]),
        ],
        emailer_campaign_id: said.sequence as string,
        email_account_ids: said.mailboxes,
        per_day: said.perDay,
        hour: Number(said.hour),
        review: said.review,
      },
      {
        onSuccess: ({ copilot: { id } }) => {
          kept.forget();
          onDone(id);
        },
      },
    );
  const named = (all: readonly { id: string; name: string }[]) =>
    all.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Dialog title={copilot ? copilot.name : t("New copilot")} onClose={close} isFirm>
      <form className="stack" onSubmit={form.onSubmit(send)}>
        <OtherVersion kept={kept} />
        <TextInput
          label={t("Name")}
          required
          withAsterisk={false}
          maxLength={100}
          data-autofocus
          {...form.getInputProps("name")}
        />
        <div className={classes.two}>
          <TextInput label={t("Job title contains")} {...form.getInputProps("title")} />
          <TextInput label={t("Location")} {...form.getInputProps("place")} />
          <MultiSelect label={t("Lists")} searchable data={named(lists)} {...form.getInputProps("lists")} />
          <MultiSelect label={t("Stages")} data={named(stages)} {...form.getInputProps("stages")} />
          <NumberInput label={t("Minimum score")} min={0} max={100} {...form.getInputProps("score")} />
          <ContactPicker
            label={t("Similar to")}
            value={form.values.example}
            onChange={(id) => form.setFieldValue("example", id)}
          />
        </div>
        <SequencePicker
          label={t("Sequence")}
          isToAdd
          value={form.values.sequence}
          {...(isUnseen && { placeholder: t("A sequence you cannot see") })}
          error={form.errors.sequence}
          onChange={(id) => form.setFieldValue("sequence", id)}
        />
        <MultiSelect
          label={t("Mailboxes (rotated)")}
          searchable
          data={mailboxes.map(({ id, email }) => ({ value: id, label: email }))}
          {...form.getInputProps("mailboxes")}
        />
        <div className={classes.two}>
          <NumberInput
            label={t("Contacts per day")}
            min={1}
            max={200}
            allowDecimal={false}
            {...form.getInputProps("perDay")}
          />
          <Select
            label={t("Time of day")}
            allowDeselect={false}
            data={Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: clock(hour) }))}
            {...form.getInputProps("hour")}
          />
        </div>
        <Checkbox
          label={t("Review each contact before adding")}
          {...form.getInputProps("review", { type: "checkbox" })}
        />
        <Trouble error={save.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={close}>
            {t("Cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {copilot ? t("Save") : t("Create copilot")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
