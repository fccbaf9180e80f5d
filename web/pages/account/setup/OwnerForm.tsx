import { Button, Checkbox, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { t } from "../../../language/t.ts";
import { NewPasswordField } from "../../../parts/NewPasswordField.tsx";
import { guessTimeZone, TimeZoneField } from "../../../parts/TimeZoneField.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { api, enter } from "../../../session.ts";

const EMPTY = {
  name: "",
  email: "",
  password: "",
  team_name: "",
  time_zone: guessTimeZone(),
  sample_team: false,
};

export function OwnerForm({ token }: { token: string }) {
  const navigate = useNavigate();
  const form = useForm({ initialValues: EMPTY });
  const complete = useMutation({
    mutationFn: (owner: typeof EMPTY) => api.setup.complete({ token, ...owner }),
    onSuccess: (session) => {
      enter(session);
      return navigate({ to: "/", replace: true });
    },
  });
  const field = { required: true, withAsterisk: false };
  return (
    <form className="stack" onSubmit={form.onSubmit((owner) => complete.mutate(owner))}>
      <TextInput
        label={t("Your name")}
        autoComplete="name"
        autoFocus
        {...field}
        {...form.getInputProps("name")}
      />
      <TextInput
        label={t("Email")}
        type="email"
        autoComplete="username"
        {...field}
        {...form.getInputProps("email")}
      />
      <NewPasswordField
        label={t("Password")}
        guesses={[form.values.name, form.values.email]}
        {...form.getInputProps("password")}
        value={form.values.password}
      />
      <TextInput
        label={t("Team name")}
        description={t("For example, your company name.")}
        autoComplete="organization"
        {...field}
        {...form.getInputProps("team_name")}
      />
      <TimeZoneField
        label={t("Time zone")}
        value={form.values.time_zone}
        onChange={(zone) => form.setFieldValue("time_zone", zone)}
      />
      <Checkbox
        label={t("Add sample data to explore")}
        description={t("Sample contacts, sequences and 4 months of history. It never sends real emails.")}
        {...form.getInputProps("sample_team", { type: "checkbox" })}
      />
      <Trouble error={complete.error} doing="writing" />
      <Button type="submit" loading={complete.isPending} fullWidth>
        {t("Set up Cadenza")}
      </Button>
    </form>
  );
}
