import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { type LoginWithPassword, useCreateLogin } from "./queries.ts";

type Props = { onClose: () => void; onCreated: (login: LoginWithPassword) => void };

export function LoginForm({ onClose, onCreated }: Props) {
  const form = useForm({ initialValues: { name: "" } });
  const create = useCreateLogin();
  return (
    <Dialog onClose={onClose} title={t("Create a SQL login")}>
      <form
        className="stack"
        onSubmit={form.onSubmit(({ name }) =>
          create.mutate(name, { onSuccess: ({ sql_login }) => onCreated(sql_login) }),
        )}
      >
        <TextInput
          label={t("Name")}
          placeholder={t("Program that will use it, for example Metabase")}
          required
          withAsterisk={false}
          maxLength={100}
          data-autofocus
          autoComplete="off"
          {...form.getInputProps("name")}
        />
        <p className="soft">
          {t("It can read everything that admins see, except the text of emails. It can't change anything.")}
        </p>
        <Trouble error={create.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t("Create login")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
