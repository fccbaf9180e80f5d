import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { t } from "../../../language/t.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { type SavedClient, type SignInClient, useSaveClient } from "./queries.ts";

type Props = { client: SignInClient; onSaved: (saved: SavedClient | null) => void };

export function ClientForm({ client, onSaved }: Props) {
  const save = useSaveClient();
  const { provider, name, is_set } = client;
  const isMicrosoft = provider === "microsoft";
  const hasNewId = (id: string) => id.trim() !== client.client_id;
  const form = useForm({
    initialValues: { client_id: client.client_id ?? "", client_secret: "", tenant: client.tenant ?? "" },
    validate: {
      client_id: (id) => (id.trim() === "" ? t("Enter the client ID.") : null),
      tenant: (tenant) =>
        isMicrosoft && tenant.trim() === "" ? t("Enter the Directory (tenant) ID.") : null,
      client_secret: (secret, { client_id }) => {
        if (secret.trim() !== "" || !hasNewId(client_id)) return null;
        if (!is_set) return t("Enter the client secret.");
        return t(
          "With another client ID, enter the secret again. {name} shows it only once: create a new one if you have not kept it.",
          { name },
        );
      },
    },
  });
  const { client_id, client_secret, tenant } = form.values;
  const keepsSecret = is_set && !hasNewId(client_id);
  const send = () => {
    onSaved(null); // what was said of the client before holds no longer
    save.mutate(
      {
        provider,
        client_id: client_id.trim(),
        ...(client_secret && { client_secret: client_secret.trim() }),
        ...(isMicrosoft && { tenant: tenant.trim() }),
      },
      {
        onSuccess: (saved) => {
          form.setFieldValue("client_secret", "");
          form.resetDirty();
          onSaved(saved);
        },
      },
    );
  };
  return (
    <form className="stack" onSubmit={form.onSubmit(send)} noValidate>
      <TextInput
        label={isMicrosoft ? t("Application (client) ID") : t("Client ID")}
        autoComplete="off"
        {...form.getInputProps("client_id")}
      />
      {isMicrosoft && (
        <TextInput
          label={t("Directory (tenant) ID")}
          description={t(
            "From the application's Overview. Only if you chose several directories: organizations, or common with personal accounts.",
          )}
          autoComplete="off"
          {...form.getInputProps("tenant")}
        />
      )}
      <PasswordInput
        label={t("Client secret")}
        description={t("Stored encrypted and never shown again.")}
        placeholder={keepsSecret ? t("Keep the current secret") : undefined}
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
