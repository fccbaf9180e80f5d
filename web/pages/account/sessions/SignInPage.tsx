import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { Door } from "../../../parts/Door.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { api, enter } from "../../../session.ts";
import { safeReturn } from "./return.ts";

export function SignInPage() {
  const [address] = useAddress();
  const router = useRouter();
  const form = useForm({ initialValues: { email: "", password: "" } });
  const signIn = useMutation({
    mutationFn: (wish: { email: string; password: string }) => api.sessions.start(wish),
    onSuccess: (session) => {
      enter(session);
      router.history.push(safeReturn(address.to));
    },
    onError: () => form.setFieldValue("password", ""),
  });
  const says =
    address.why === "ended" ? t("You were signed out. Sign in to continue.") : t("Welcome back to Cadenza.");

  return (
    <Door title={t("Sign in")} says={says}>
      <form className="stack" onSubmit={form.onSubmit((wish) => signIn.mutate(wish))}>
        <TextInput
          label={t("Email")}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          autoFocus
          {...form.getInputProps("email")}
        />
        <PasswordInput
          label={t("Password")}
          autoComplete="current-password"
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ "aria-label": t("Show or hide the password") }}
          {...form.getInputProps("password")}
        />
        <Trouble error={signIn.error} doing="writing" />
        <Button type="submit" loading={signIn.isPending} fullWidth>
          {t("Sign in")}
        </Button>
      </form>
      <p className="soft small">
        {t(
          "Forgot your password? Ask an admin of your team for a reset link. First user? Find the setup link in the server log.",
        )}
      </p>
    </Door>
  );
}
