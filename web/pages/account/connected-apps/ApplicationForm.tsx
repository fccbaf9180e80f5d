import { oauthScopes } from "@cadenza/contract";
import { Button, Checkbox, MultiSelect, Radio, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { type MadeApplication, useAddApplication } from "./queries.ts";

type Props = { onClose: () => void; onAdded: (made: MadeApplication) => void };
type Reach = "all" | "read" | "some";

const MANY = ["app_scopes", "read_only", "read_user_profile"];
const CHOICES = Object.entries(oauthScopes)
  .filter(([name]) => !MANY.includes(name))
  .map(([value, { says }]) => ({ value, label: says }));

const REACHES: { value: Reach; label: string; description: string }[] = perLanguage(() => [
  { value: "some", label: t("Selected permissions"), description: t("Best for a program with one purpose.") },
  { value: "read", label: t("Read only"), description: t("For reports and dashboards.") },
  { value: "all", label: t("Everything the user can do"), description: t("Except admin actions.") },
]);

export function ApplicationForm({ onClose, onAdded }: Props) {
  const form = useForm({
    initialValues: {
      name: "",
      addresses: "",
      isConfidential: true,
      reach: "some" as Reach,
      scopes: [] as string[],
    },
    validate: {
      scopes: (scopes, { reach }) =>
        reach === "some" && scopes.length === 0 ? t("Choose at least one permission.") : null,
    },
  });
  const add = useAddApplication();
  const send = ({ name, addresses, isConfidential, reach, scopes }: typeof form.values) =>
    add.mutate(
      {
        name,
        redirect_uris: addresses.split(/\s+/).filter(Boolean),
        confidential: isConfidential,
        scopes: [
          "read_user_profile",
          ...(reach === "all" ? ["app_scopes"] : reach === "read" ? ["read_only"] : scopes),
        ],
      },
      { onSuccess: onAdded },
    );
  return (
    <Dialog onClose={onClose} title={t("Add an application")} size="lg">
      <form className="stack" onSubmit={form.onSubmit(send)}>
        <TextInput
          label={t("Name")}
          description={t("Users see it when the application asks for access.")}
          required
          withAsterisk={false}
          maxLength={100}
          data-autofocus
          autoComplete="off"
          {...form.getInputProps("name")}
        />
        <Textarea
          label={t("Redirect URLs, one per line")}
          description={t("Use https, a custom scheme, or http on localhost. URLs must match exactly.")}
          placeholder="https://app.example.com/oauth/callback"
          required
          withAsterisk={false}
          autosize
          minRows={2}
          maxRows={6}
          {...form.getInputProps("addresses")}
        />
        <Checkbox
          label={t("Use a client secret")}
          description={t("For applications on a server, not on users' computers.")}
          {...form.getInputProps("isConfidential", { type: "checkbox" })}
        />
        <Radio.Group label={t("Permissions")} {...form.getInputProps("reach")}>
          <div className="stack" style={{ gap: 8 }}>
            {REACHES.map((reach) => (
              <Radio key={reach.value} {...reach} />
            ))}
          </div>
        </Radio.Group>
        {form.values.reach === "some" && (
          <MultiSelect
            label={t("Selected permissions")}
            data={CHOICES}
            searchable
            placeholder={form.values.scopes.length === 0 ? t("Search permissions") : ""}
            maxDropdownHeight={240}
            {...form.getInputProps("scopes")}
          />
        )}
        <Trouble error={add.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button type="submit" loading={add.isPending}>
            {t("Add application")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
