import { Button, PasswordInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Dialog } from "../../parts/Dialog.tsx";
import { toast } from "../../parts/toast.tsx";
import { type Mailbox, useChangeMailbox } from "./queries.ts";
import { TrialTrouble } from "./TrialTrouble.tsx";

/** One password for both servers, tried before it is kept. */
export function PasswordDialog({ mailbox, onClose }: { mailbox: Mailbox; onClose: () => void }) {
  const save = useChangeMailbox();
  const form = useForm({ initialValues: { password: "" } });
  const send = (test: boolean) => {
    const { password } = form.values;
    save.mutate(
      {
        ...{ id: mailbox.id, test },
        smtp: { password },
        ...(mailbox.imap && { imap: { password } }),
      },
      {
        onSuccess: () => {
          toast(`${mailbox.email} has its new password${test ? ", and works" : ""}.`);
          onClose();
        },
      },
    );
  };
  return (
    <Dialog onClose={onClose} title={`A new password for ${mailbox.email}`}>
      <form className="stack" onSubmit={form.onSubmit(() => send(true))}>
        <PasswordInput
          label="Password"
          description="Where the provider has app passwords, one of those."
          required
          withAsterisk={false}
          autoComplete="off"
          data-autofocus
          {...form.getInputProps("password")}
        />
        <TrialTrouble error={save.error} onSaveAnyway={() => send(false)} isBusy={save.isPending} />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Try it and save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
