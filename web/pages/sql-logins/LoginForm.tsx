import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Dialog } from "../../parts/Dialog.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { type LoginWithPassword, useCreateLogin } from "./queries.ts";

type Props = { onClose: () => void; onCreated: (login: LoginWithPassword) => void };

export function LoginForm({ onClose, onCreated }: Props) {
  const form = useForm({ initialValues: { name: "" } });
  const create = useCreateLogin();
  return (
    <Dialog onClose={onClose} title="Create a SQL login">
      <form
        className="stack"
        onSubmit={form.onSubmit(({ name }) =>
          create.mutate(name, { onSuccess: ({ sql_login }) => onCreated(sql_login) }),
        )}
      >
        <TextInput
          label="Name"
          placeholder="What will use it, such as Metabase"
          required
          withAsterisk={false}
          maxLength={100}
          data-autofocus
          autoComplete="off"
          {...form.getInputProps("name")}
        />
        <p className="soft">
          It reads everything that admins see: contacts with their addresses, mails without their text. It
          changes nothing.
        </p>
        <Trouble error={create.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Create the login
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
