import { Button, Select, TextInput } from "@mantine/core";
import { type UseFormReturnType, useForm } from "@mantine/form";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { usePeople } from "../people/queries.ts";
import { AccessChoice, refuseNone } from "./AccessChoice.tsx";
import { useLongestAdmin, useNameWithYou } from "./acting-user.ts";
import { type KeyWithSecret, useCreateKey } from "./queries.ts";
import { EMPTY, EXPIRIES, type KeyFields, wishOf } from "./wish.ts";

type Props = { onClose: () => void; onCreated: (key: KeyWithSecret) => void };

export function KeyForm({ onClose, onCreated }: Props) {
  const form = useForm<KeyFields>({
    initialValues: EMPTY,
    validate: { scopes: refuseNone },
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
        <AccessChoice value={form.values} onChange={form.setValues} error={form.errors.scopes} />
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

function ActingPerson({ form }: { form: Form }) {
  const { data: people = [] } = usePeople();
  const admin = useLongestAdmin();
  const named = useNameWithYou();
  const choices = people
    .filter(({ state }) => state === "active")
    .map(({ id, name, email }) => ({ value: id, label: name === email ? email : `${name}, ${email}` }));
  return (
    <Select
      label={t("Acts as")}
      description={
        form.values.actsAs === ""
          ? t("Records it creates belong to the admin who has been in the team longest.")
          : t("Records it creates belong to this user.")
      }
      data={[{ value: "", label: admin ? named(admin) : t("Longest-serving admin") }, ...choices]}
      renderOption={({ option }) =>
        option.value === "" ? (
          <span>
            {option.label}
            <span className="soft small" style={{ display: "block" }}>
              {t("Longest-serving admin")}
            </span>
          </span>
        ) : (
          option.label
        )
      }
      searchable={choices.length > 8}
      style={{ flex: "1 1 16rem" }}
      {...form.getInputProps("actsAs")}
    />
  );
}
