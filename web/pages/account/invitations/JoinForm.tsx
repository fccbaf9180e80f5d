import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { t } from "../../../language/t.ts";
import { NewPasswordField } from "../../../parts/NewPasswordField.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { api, enter } from "../../../session.ts";

type Invitation = Awaited<ReturnType<typeof api.invitations.check>>["invitation"];

export function JoinForm({ token, invitation }: { token: string; invitation: Invitation }) {
  const { email, name, reset } = invitation;
  const navigate = useNavigate();
  const form = useForm({ initialValues: { name, password: "" } });
  const join = useMutation({
    mutationFn: (wish: { name: string; password: string }) =>
      api.invitations.accept({ token, password: wish.password, ...(!reset && { name: wish.name }) }),
    onSuccess: (session) => {
      enter(session);
      return navigate({ to: "/", replace: true });
    },
  });
  return (
    <form className="stack" onSubmit={form.onSubmit((wish) => join.mutate(wish))}>
      <TextInput label={t("Email")} value={email} readOnly autoComplete="username" />
      {!reset && (
        <TextInput
          label={t("Your name")}
          autoComplete="name"
          required
          withAsterisk={false}
          autoFocus
          {...form.getInputProps("name")}
        />
      )}
      <NewPasswordField
        label={reset ? t("New password") : t("Password")}
        guesses={[form.values.name, email]}
        {...form.getInputProps("password")}
        value={form.values.password}
      />
      <Trouble error={join.error} doing="writing" />
      <Button type="submit" loading={join.isPending} fullWidth>
        {reset ? t("Save and sign in") : t("Join team")}
      </Button>
    </form>
  );
}
