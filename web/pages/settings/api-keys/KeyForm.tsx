import { Button, Radio, Select, TextInput } from "@mantine/core";
import { type UseFormReturnType, useForm } from "@mantine/form";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
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
        reach === "some" && scopes.length === 0 ? t("Choose at least one call.") : null,
    },
  });
  const create = useCreateKey();
  const send = (fields: KeyFields) =>
    create.mutate(wishOf(fields, currentTime()), { onSuccess: ({ api_key }) => onCreated(api_key) });
  return (
    <Dialog onClose={onClose} title={t("Create an API key")} size="lg">
      <form className="stack" onSubmit={form.onSubmit(send)}>
        <TextInput
          label={t("Name")}
          placeholder={t("Program that will use it, for example n8n")}
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
            label={t("Expires")}
            data={EXPIRIES}
            style={{ flex: "1 1 10rem" }}
            {...form.getInputProps("expiresIn")}
          />
        </div>
        <Trouble error={create.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t("Create key")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

type Form = UseFormReturnType<KeyFields>;

const REACHES: { value: Reach; label: string; description: string }[] = perLanguage(() => [
  {
    value: "some",
    label: t("Only the calls I choose"),
    description: t("Best for a program that does one thing."),
  },
  {
    value: "read",
    label: t("Read everything, change nothing"),
    description: t("For reports and dashboards."),
  },
  {
    value: "master",
    label: t("Full access (master key)"),
    description: t("Includes users, keys and settings. Keep it safe like a password."),
  },
]);

function ReachChoice({ form }: { form: Form }) {
  return (
    <>
      <Radio.Group label={t("Access")} {...form.getInputProps("reach")}>
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
      label={t("Acts as")}
      description={t("Records it creates belong to this user.")}
      data={[{ value: "", label: t("Longest-serving admin") }, ...choices]}
      searchable={choices.length > 8}
      style={{ flex: "1 1 16rem" }}
      {...form.getInputProps("actsAs")}
    />
  );
}
