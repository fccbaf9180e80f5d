import { Button, PasswordInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { toast } from "../../../parts/toast.tsx";
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
        id: mailbox.id,
        test,
        smtp: { password },
        ...(mailbox.imap && { imap: { password } }),
      },
      {
        onSuccess: () => {
          toast(
            test
              ? t("Password of {email} changed and tested.", { email: mailbox.email })
              : t("Password of {email} changed.", { email: mailbox.email }),
          );
          onClose();
        },
      },
    );
  };
  return (
    <Dialog onClose={onClose} title={t("New password for {email}", { email: mailbox.email })}>
      <form className="stack" onSubmit={form.onSubmit(() => send(true))}>
        <PasswordInput
          label={t("Password")}
          description={t("Use an app password if the provider has them.")}
          required
          withAsterisk={false}
          autoComplete="off"
          data-autofocus
          {...form.getInputProps("password")}
        />
        <TrialTrouble error={save.error} onSaveAnyway={() => send(false)} isBusy={save.isPending} />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t("Test and save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
