import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Trans } from "../../../language/Trans.tsx";
import { t } from "../../../language/t.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { useKeptForm } from "../../../parts/kept-form.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { api } from "../../../session.ts";
import twins from "../contacts/NewContact.module.css";
import { nameOf } from "./columns.tsx";
import { useCreateCompany } from "./queries.ts";

type Twin = { id: string; name: string | null; domain: string | null };

/** Makes a company, after telling whether it is there already. */
export function NewCompanyDialog({ onClose }: { onClose: () => void }) {
  const { form, kept } = useKeptForm("company", { initialValues: { name: "", domain: "", phone: "" } });
  const close = () => {
    kept.forget();
    onClose();
  };
  const [twin, setTwin] = useState<Twin | null>(null);
  const look = useMutation({ mutationFn: findTwin });
  const create = useCreateCompany();
  const navigate = useNavigate();
  const make = ({ name, domain, phone }: typeof form.values) =>
    create.mutate(
      {
        name: name.trim(),
        ...(domain.trim() && { domain: domain.trim() }),
        ...(phone.trim() && { phone: phone.trim() }),
      },
      {
        onSuccess: ({ account }) => {
          toast(t("{account} created.", { account: nameOf(account) }));
          close();
          void navigate({ to: "/companies/$id", params: { id: account.id } });
        },
      },
    );
  const send = (values: typeof form.values) =>
    look.mutate(values, { onSuccess: (found) => (found ? setTwin(found) : make(values)) });
  const field = (name: keyof typeof form.values) => ({
    ...form.getInputProps(name),
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => {
      setTwin(null); // said of what was typed before
      form.setFieldValue(name, event.currentTarget.value);
    },
  });
  return (
    <Dialog title={t("New company")} onClose={close}>
      <form className="stack" onSubmit={form.onSubmit(send)}>
        <TextInput label={t("Name")} required withAsterisk={false} data-autofocus {...field("name")} />
        <TextInput label={t("Domain")} placeholder="norrland.example" {...field("domain")} />
        <TextInput label={t("Phone")} type="tel" {...field("phone")} />
        <Trouble error={look.error ?? create.error} doing="writing" />
        {twin && (
          <div className={twins.twin} role="status">
            <p>
              <Trans
                text="This company already exists: <strong>{twin}</strong>{name}."
                values={{ twin: nameOf(twin), name: twin.name && twin.domain && ` (${twin.domain})` }}
                tags={{ strong: <strong /> }}
              />
            </p>
            <Link to="/companies/$id" params={{ id: twin.id }}>
              {t("Open {twin}", { twin: nameOf(twin) })}
            </Link>
          </div>
        )}
        <div className="row end">
          <Button variant="default" onClick={close}>
            {t("Cancel")}
          </Button>
          {twin ? (
            <Button loading={create.isPending} onClick={() => make(form.values)}>
              {t("Create anyway")}
            </Button>
          ) : (
            <Button type="submit" loading={look.isPending || create.isPending}>
              {t("Create company")}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}

/** By a rehearsal of the one call that looks for companies alike. */
async function findTwin({ name, domain }: { name: string; domain: string }): Promise<Twin | null> {
  const wish = { name: name.trim(), ...(domain.trim() && { domain: domain.trim() }) };
  const { existing_accounts } = await api.accounts.bulkCreate(
    { accounts: [wish], run_dedupe: true },
    { dryRun: true },
  );
  return existing_accounts[0] ?? null;
}
