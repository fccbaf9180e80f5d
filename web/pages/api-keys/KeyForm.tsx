import { Button, Radio, Select, TextInput } from "@mantine/core";
import { type UseFormReturnType, useForm } from "@mantine/form";
import { Dialog } from "../../parts/Dialog.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { usePeople } from "../people/queries.ts";
import { type KeyWithSecret, useCreateKey } from "./queries.ts";
import { ScopePicker } from "./ScopePicker.tsx";
import { EMPTY, EXPIRIES, type KeyFields, type Reach, wishOf } from "./wish.ts";

type Props = { onClose: () => void; onCreated: (key: KeyWithSecret) => void };

export function KeyForm({ onClose, onCreated }: Props) {
  const form = useForm<KeyFields>({
    initialValues: EMPTY,
    validate: {
      scopes: (scopes, { reach }) =>
        reach === "some" && scopes.length === 0 ? "Choose at least one call." : null,
    },
  });
  const create = useCreateKey();
  const send = (fields: KeyFields) =>
    create.mutate(wishOf(fields, new Date()), { onSuccess: ({ api_key }) => onCreated(api_key) });
  return (
    <Dialog onClose={onClose} title="Create an API key" size="lg">
      <form className="stack" onSubmit={form.onSubmit(send)}>
        <TextInput
          label="Name"
          placeholder="What will use it, such as n8n"
          required
          withAsterisk={false}
          maxLength={200}
          data-autofocus
          autoComplete="off"
          {...form.getInputProps("name")}
        />
        <ReachChoice form={form} />
        <div className="row" style={{ alignItems: "flex-start", gap: 16 }}>
          <ActingPerson form={form} />
          <Select
            label="Expires"
            data={EXPIRIES}
            style={{ flex: "1 1 10rem" }}
            {...form.getInputProps("expiresIn")}
          />
        </div>
        <Trouble error={create.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Create the key
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

type Form = UseFormReturnType<KeyFields>;

const REACHES: { value: Reach; label: string; description: string }[] = [
  { value: "some", label: "Only the calls I choose", description: "Best for a program that does one thing." },
  { value: "read", label: "Read everything, change nothing", description: "For reports and dashboards." },
  {
    value: "master",
    label: "Everything (master key)",
    description: "People, keys and settings too. Keep it as you would a password.",
  },
];

function ReachChoice({ form }: { form: Form }) {
  return (
    <>
      <Radio.Group label="It may" {...form.getInputProps("reach")}>
        <div className="stack" style={{ gap: 8 }}>
          {REACHES.map((reach) => (
            <Radio key={reach.value} {...reach} />
          ))}
        </div>
      </Radio.Group>
      {form.values.reach === "some" && (
        <div>
          <ScopePicker
            value={form.values.scopes}
            onChange={(scopes) => form.setFieldValue("scopes", scopes)}
          />
          {form.errors.scopes && (
            <p role="alert" className="small" style={{ marginTop: 4, color: "var(--bad)" }}>
              {form.errors.scopes}
            </p>
          )}
        </div>
      )}
    </>
  );
}

function ActingPerson({ form }: { form: Form }) {
  const { data: people = [] } = usePeople();
  const choices = people
    .filter(({ state }) => state === "active")
    .map(({ id, name, email }) => ({ value: id, label: name === email ? email : `${name}, ${email}` }));
  return (
    <Select
      label="Acts as"
      description="What it makes belongs to this person."
      data={[{ value: "", label: "The team's longest-standing admin" }, ...choices]}
      searchable={choices.length > 8}
      style={{ flex: "1 1 16rem" }}
      {...form.getInputProps("actsAs")}
    />
  );
}
