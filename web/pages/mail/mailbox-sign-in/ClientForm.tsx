import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { t } from "../../../language/t.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { type SignInClient, useSaveClient } from "./queries.ts";

export function ClientForm({ client }: { client: SignInClient }) {
  const save = useSaveClient();
  const { provider, name, is_set } = client;
  const form = useForm({
    initialValues: {
      client_id: client.client_id ?? "",
      client_secret: "",
      tenant: client.tenant ?? "common",
    },
  });
  const { client_id, client_secret, tenant } = form.values;
  const isSame =
    client_id.trim() === client.client_id && (provider === "google" || tenant.trim() === client.tenant);
  const send = () =>
    save.mutate(
      {
        provider,
        client_id: client_id.trim(),
        ...(client_secret && { client_secret: client_secret.trim() }),
        ...(provider === "microsoft" && { tenant: tenant.trim() }),
      },
      {
        onSuccess: () => {
          form.setFieldValue("client_secret", "");
          toast(t("Sign-in with {name} is set up.", { name }));
        },
      },
    );
  return (
    <form className="stack" onSubmit={form.onSubmit(send)}>
      <TextInput
        label={t("Client ID")}
        description={provider === "microsoft" ? t("Called Application (client) ID at Microsoft.") : undefined}
        required
        withAsterisk={false}
        autoComplete="off"
        {...form.getInputProps("client_id")}
      />
      {provider === "microsoft" && (
        <TextInput
          label={t("Tenant")}
          description={t(
            "Your directory's ID or domain; organizations for any company; common for any account.",
          )}
          required
          withAsterisk={false}
          autoComplete="off"
          {...form.getInputProps("tenant")}
        />
      )}
      <PasswordInput
        label={t("Client secret")}
        description={t("Stored encrypted and never shown again.")}
        required={!isSame}
        withAsterisk={false}
        placeholder={isSame ? t("Keep the current secret") : undefined}
        autoComplete="off"
        {...form.getInputProps("client_secret")}
      />
      <Trouble error={save.error} doing="writing" />
      <div>
        <Button type="submit" disabled={!form.isDirty()} loading={save.isPending}>
          {is_set ? t("Save") : t("Set up {name}", { name })}
        </Button>
      </div>
    </form>
  );
}
