import { Button, Checkbox, MultiSelect, NumberInput, Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Dialog } from "../../parts/Dialog.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { ContactPicker } from "../contacts/ContactPicker.tsx";
import { useLists } from "../lists/queries.ts";
import { useMailboxes } from "../mailboxes/queries.ts";
import { SequencePicker } from "../sequences/SequencePicker.tsx";
import { useStages } from "../stages/queries.ts";
import classes from "./Copilots.module.css";
import { type Copilot, useSaveCopilot } from "./queries.ts";
import { clock, filtersOf, whomOf } from "./words.ts";

type Props = { copilot: Copilot | null; onClose: () => void; onDone: (id: string) => void };

/** Whom, which sequence, how many a day, from which mailboxes, looked at first or not. */
export function CopilotDialog({ copilot, onClose, onDone }: Props) {
  const lists = useLists("contacts").data ?? [];
  const stages = useStages("contact").data ?? [];
  const mailboxes = useMailboxes().data ?? [];
  const save = useSaveCopilot();
  const isUnseen = copilot?.emailer_campaign_id === null;
  const form = useForm({
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
          ? "They join a sequence you cannot see. Choose one that you can."
          : "Choose the sequence they join.";
      },
      mailboxes: (value) => (value.length > 0 ? null : "Choose at least one mailbox."),
    },
  });
  const send = (said: typeof form.values) =>
    save.mutate(
      {
        ...{
          id: copilot?.id ?? null,
          name: said.name.trim(),
          filters: filtersOf(said, copilot?.filters ?? {}),
        },
        example_contact_ids: [
          ...new Set([
            ...(said.example ? [said.example] : []),
            ...(copilot?.example_contact_ids.slice(1) ?? []),
          ]),
        ],
        ...{ emailer_campaign_id: said.sequence as string, email_account_ids: said.mailboxes },
        ...{ per_day: said.perDay, hour: Number(said.hour), review: said.review },
      },
      { onSuccess: ({ copilot: { id } }) => onDone(id) },
    );
  const named = (all: readonly { id: string; name: string }[]) =>
    all.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Dialog title={copilot ? copilot.name : "New copilot"} onClose={onClose} isFirm>
      <form className="stack" onSubmit={form.onSubmit(send)}>
        <TextInput
          label="Name"
          required
          withAsterisk={false}
          maxLength={100}
          data-autofocus
          {...form.getInputProps("name")}
        />
        <div className={classes.two}>
          <TextInput label="Words in their title" {...form.getInputProps("title")} />
          <TextInput label="Place" {...form.getInputProps("place")} />
          <MultiSelect
            label="On one of these lists"
            searchable
            data={named(lists)}
            {...form.getInputProps("lists")}
          />
          <MultiSelect
            label="In one of these stages"
            data={named(stages)}
            {...form.getInputProps("stages")}
          />
          <NumberInput label="Score at least" min={0} max={100} {...form.getInputProps("score")} />
          <ContactPicker
            label="More like"
            value={form.values.example}
            onChange={(id) => form.setFieldValue("example", id)}
          />
        </div>
        <SequencePicker
          label="They join"
          value={form.values.sequence}
          {...(isUnseen && { placeholder: "A sequence you cannot see" })}
          error={form.errors.sequence}
          onChange={(id) => form.setFieldValue("sequence", id)}
        />
        <MultiSelect
          label="Mailboxes, in turn"
          searchable
          data={mailboxes.map(({ id, email }) => ({ value: id, label: email }))}
          {...form.getInputProps("mailboxes")}
        />
        <div className={classes.two}>
          <NumberInput
            label="A day at most"
            min={1}
            max={200}
            allowDecimal={false}
            {...form.getInputProps("perDay")}
          />
          <Select
            label="Proposes at"
            allowDeselect={false}
            data={Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: clock(hour) }))}
            {...form.getInputProps("hour")}
          />
        </div>
        <Checkbox
          label="I look at each before they join"
          {...form.getInputProps("review", { type: "checkbox" })}
        />
        <Trouble error={save.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            {copilot ? "Save" : "Make the copilot"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
