import { Button, PasswordInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { NewPasswordField } from "../../../parts/NewPasswordField.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { useMe } from "../../../session.ts";
import { useChangePerson } from "../../settings/people/queries.ts";

export function PasswordForm({ onClose }: { onClose: () => void }) {
  const { user } = useMe();
  const form = useForm({ initialValues: { current_password: "", password: "" } });
  const save = useChangePerson();
  const send = (wish: typeof form.values) =>
    save.mutate(
      { id: user.id, ...wish },
      {
        onSuccess: () => {
          toast(
            t("Password changed. You were signed out everywhere else, and connected apps were disconnected."),
          );
          onClose();
        },
      },
    );
  return (
    <Dialog onClose={onClose} title={t("Change password")}>
      <form className="stack" onSubmit={form.onSubmit(send)}>
        <input type="text" name="username" autoComplete="username" value={user.email} readOnly hidden />
        <PasswordInput
          label={t("Current password")}
          autoComplete="current-password"
          required
          withAsterisk={false}
          data-autofocus
          visibilityToggleButtonProps={{ "aria-label": t("Show or hide the password") }}
          {...form.getInputProps("current_password")}
        />
        <NewPasswordField
          label={t("New password")}
          guesses={[user.name, user.email]}
          {...form.getInputProps("password")}
          value={form.values.password}
        />
        <Trouble error={save.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t("Change password")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
