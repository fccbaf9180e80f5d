import { Button, NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { DayField } from "../../../parts/dates/DayField.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { usePeople } from "../../settings/people/queries.ts";
import { CompanyPicker } from "./CompanyPicker.tsx";
import { DealContacts, type With } from "./DealContacts.tsx";
import classes from "./DealForm.module.css";
import { LostDialog } from "./LostDialog.tsx";
import { currencyChoices } from "./money.ts";
import { type DealShown, type DealStage, useDealChanges } from "./queries.ts";

export type DealValues = {
  name: string;
  stage: string | null;
  amount: number | string;
  currency: string;
  closes: string | null;
  owner: string | null;
  company: string | null;
  contacts: With[];
  nextStep: string;
  description: string;
};

type Props = {
  deal: DealShown | undefined;
  stages: readonly DealStage[];
  values: DealValues;
  companyName: string | null;
  onClose: () => void;
};

export function DealForm({ deal, stages, values, companyName, onClose }: Props) {
  const form = useForm({
    initialValues: values,
    validate: { name: (name) => (name.trim() ? null : t("Enter a name.")) },
  });
  const { create, update } = useDealChanges();
  const { data: people = [] } = usePeople();
  const [isLosing, setIsLosing] = useState(false);
  const save = (
    wish: DealValues,
    rest: { opportunity_stage_id?: string; closed_lost_reason?: string } = {},
  ) => {
    const input = { ...wishFrom(wish), ...rest };
    const onSuccess = () => {
      toast(deal ? t("{name} saved.", { name: wish.name }) : t("{name} created.", { name: wish.name }));
      onClose();
    };
    if (deal) update.mutate({ id: deal.id, ...input }, { onSuccess });
    else create.mutate(input, { onSuccess });
  };
  const closeAs = (isWon: boolean, reason?: string) => {
    const stage = stages.find((one) => one.is_closed && one.is_won === isWon);
    if (stage)
      save(form.values, { opportunity_stage_id: stage.id, ...(reason && { closed_lost_reason: reason }) });
  };
  const busy = create.isPending || update.isPending;
  return (
    <>
      <form className="stack" onSubmit={form.onSubmit((wish) => save(wish))}>
        <TextInput label={t("Name")} autoFocus data-autofocus {...form.getInputProps("name")} />
        <div className={classes.pair}>
          <Select
            label={t("Stage")}
            data={stages.map(({ id, name, probability }) => ({
              value: id,
              label: `${name} (${probability} %)`,
            }))}
            {...form.getInputProps("stage")}
          />
          <DayField
            label={t("Close date")}
            clearable
            value={form.values.closes}
            onChange={(day) => form.setFieldValue("closes", day)}
          />
        </div>
        <div className={classes.pair}>
          <div className={classes.amount}>
            <NumberInput
              label={t("Amount")}
              placeholder="0"
              min={0}
              max={1e12}
              decimalScale={2}
              thousandSeparator=","
              hideControls
              {...form.getInputProps("amount")}
            />
            <Select
              label={t("Currency")}
              data={currencyChoices(values.currency)}
              {...form.getInputProps("currency")}
            />
          </div>
          <Select
            label={t("Owner")}
            searchable
            data={people
              .filter(({ id, state }) => state === "active" || id === values.owner)
              .map(({ id, name }) => ({ value: id, label: name }))}
            {...form.getInputProps("owner")}
          />
        </div>
        <CompanyPicker
          company={companyName}
          value={form.values.company}
          onChange={(company) => form.setFieldValue("company", company)}
        />
        <DealContacts
          value={form.values.contacts}
          onChange={(contacts) => form.setFieldValue("contacts", contacts)}
        />
        <TextInput label={t("Next step")} {...form.getInputProps("nextStep")} />
        <Textarea
          label={t("Description")}
          autosize
          minRows={2}
          maxRows={8}
          {...form.getInputProps("description")}
        />
        {deal?.closed_lost_reason && (
          <p className="soft">
            {t("Reason lost: {closed_lost_reason}", { closed_lost_reason: deal.closed_lost_reason })}
          </p>
        )}
        <Trouble error={create.error ?? update.error} doing="writing" />
        <div className="row end">
          {deal && !deal.is_closed && (
            <span className="row" style={{ marginRight: "auto" }}>
              <Button variant="default" onClick={() => closeAs(true)} disabled={busy}>
                {t("Mark as won")}
              </Button>
              <Button variant="default" onClick={() => setIsLosing(true)} disabled={busy}>
                {t("Mark as lost …")}
              </Button>
            </span>
          )}
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button type="submit" loading={busy}>
            {deal ? t("Save") : t("Create deal")}
          </Button>
        </div>
      </form>
      {/* Not inside: what is submitted there would be submitted here too. */}
      {isLosing && deal && (
        <LostDialog
          deal={deal}
          onLost={(reason) => closeAs(false, reason)}
          onClose={() => setIsLosing(false)}
        />
      )}
    </>
  );
}

function wishFrom(values: DealValues) {
  return {
    name: values.name.trim(),
    ...(values.stage && { opportunity_stage_id: values.stage }),
    amount: values.amount === "" ? null : String(values.amount),
    currency_code: values.currency,
    closed_date: values.closes,
    owner_id: values.owner,
    account_id: values.company,
    next_step: values.nextStep.trim() || null,
    description: values.description.trim() || null,
    opportunity_contact_roles: values.contacts.map(({ id, roles, isMain }) => ({
      contact_id: id,
      role_names: roles,
      is_primary: isMain,
    })),
  };
}
