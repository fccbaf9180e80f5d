import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useAddress } from "../../parts/address.ts";
import { Door } from "../../parts/Door.tsx";
import { Trouble } from "../../parts/Trouble.tsx";
import { api, enter } from "../../session.ts";
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
    address.why === "ended"
      ? "You were signed out. Sign in to go on where you were."
      : "Welcome back to Cadenza.";

  return (
    <Door title="Sign in" says={says}>
      <form className="stack" onSubmit={form.onSubmit((wish) => signIn.mutate(wish))}>
        <TextInput
          label="Email"
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          autoFocus
          {...form.getInputProps("email")}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ "aria-label": "Show or hide the password" }}
          {...form.getInputProps("password")}
        />
        <Trouble error={signIn.error} doing="writing" />
        <Button type="submit" loading={signIn.isPending} fullWidth>
          Sign in
        </Button>
      </form>
      <p className="soft small">
        Forgot it? An admin of your team makes you a link by which you choose a new one. Is nobody here yet?
        The set-up link stands where Cadenza was started, in its log.
      </p>
    </Door>
  );
}
