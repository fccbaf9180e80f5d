import { NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { stagesQuery as dealStagesQuery } from "../../work/deals/queries.ts";
import { KIND_CHOICES } from "../../work/tasks/words.tsx";
import { ListNames, OnePerson, Persons, SequencesField, StageField } from "./choices.tsx";
import type { Entity } from "./queries.ts";
import { SequenceTerms } from "./SequenceTerms.tsx";
import { SetFields } from "./SetFields.tsx";
import type { ActionNode } from "./tree.ts";
import classes from "./Workflows.module.css";

export type FieldProps = { action: ActionNode; entity: Entity; onPut: (next: ActionNode) => void };

const text = (value: unknown) => (typeof value === "string" ? value : "");
const texts = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);
const figure = (value: unknown) => (typeof value === "number" ? value : "");

/** What one action has to be told. What is left empty is not said. */
export function ActionFields(props: FieldProps) {
  const { action, entity, onPut } = props;
  const put = (part: Record<string, unknown>) => onPut(without({ ...action, ...part }));
  const isOfCompanies = entity === "account";
  switch (action.type) {
    case "add_to_sequence":
      return <SequenceTerms action={action} put={put} />;
    case "remove_from_sequence":
      return <TakeOut action={action} put={put} />;
    case "save_as_contact":
      return (
        <div className={classes.two}>
          <ListNames
            of="contacts"
            value={texts(action.label_names)}
            onChange={(label_names) => put({ label_names })}
          />
          <StageField
            of="contact"
            value={text(action.contact_stage_id)}
            mayBeNone
            onChange={(contact_stage_id) => put({ contact_stage_id })}
          />
          <OnePerson
            label={t("Owner")}
            none={t("Workflow owner")}
            value={text(action.owner_id)}
            onChange={(owner_id) => put({ owner_id })}
          />
        </div>
      );
    case "add_to_list":
    case "remove_from_list":
      return (
        <ListNames
          of={isOfCompanies ? "accounts" : "contacts"}
          value={texts(action.label_names)}
          onChange={(label_names) => onPut({ ...action, label_names })}
        />
      );
    case "set_stage":
      return (
        <StageField
          of={isOfCompanies ? "account" : "contact"}
          value={text(action.stage_id)}
          onChange={(stage_id) => onPut({ ...action, stage_id: stage_id ?? "" })}
        />
      );
    case "set_field":
      return <SetFields {...props} />;
    case "set_owner":
      return (
        <Persons
          label={t("Owner")}
          description={t("Several owners are rotated")}
          value={texts(action.owner_ids)}
          onChange={(owner_ids) => onPut({ ...action, owner_ids })}
        />
      );
    case "create_task":
      return <Task action={action} put={put} />;
    case "create_deal":
      return <Deal action={action} put={put} />;
    case "notify":
      return (
        <>
          <Persons
            label={t("Recipients")}
            description={t("If empty, the workflow owner")}
            value={texts(action.user_ids)}
            onChange={(user_ids) => put({ user_ids: user_ids.length > 0 ? user_ids : undefined })}
          />
          <Textarea
            label={t("Text")}
            description={sayVariables()}
            autosize
            minRows={2}
            maxLength={1000}
            value={text(action.text)}
            onChange={({ currentTarget }) => onPut({ ...action, text: currentTarget.value })}
          />
        </>
      );
    case "call_webhook":
      return (
        <TextInput
          type="url"
          label={t("URL")}
          description={t("Receives the data of the record, signed with the workflow's secret.")}
          placeholder="https://example.com/hook"
          maxLength={2000}
          value={text(action.url)}
          onChange={({ currentTarget }) => onPut({ ...action, url: currentTarget.value })}
        />
      );
    case "wait":
      return (
        <div className={classes.three}>
          {WAITS.map(({ unit, label, most }) => (
            <NumberInput
              key={unit}
              label={label}
              min={0}
              max={most}
              allowDecimal={false}
              value={figure(action[unit])}
              onChange={(value) => put({ [unit]: typeof value === "number" ? value : undefined })}
            />
          ))}
        </div>
      );
    case "branch":
      return (
        <p className="soft small">
          {t("Records that match the filters below take the Yes path, all others the No path.")}
        </p>
      );
    case "split":
      return (
        <p className="soft small">{t("Random by weight. The same record always takes the same path.")}</p>
      );
    default:
      return <p className="soft small">{t("Unknown action. It stays unchanged.")}</p>;
  }
}

const sayVariables = () =>
  t("You can use {variable} and the other email variables.", { variable: "{{first_name}}" });
const WAITS = perLanguage(() => [
  { unit: "days", label: t("Days"), most: 365 },
  { unit: "hours", label: t("Hours"), most: 8760 },
  { unit: "minutes", label: t("Minutes"), most: 525_600 },
]);

/** What was emptied is no longer said. */
function without(action: ActionNode): ActionNode {
  const said = Object.entries(action).filter(
    ([, value]) => value !== undefined && value !== null && value !== "",
  );
  return { ...Object.fromEntries(said), key: action.key, type: action.type };
}

export type PartProps = { action: ActionNode; put: (part: Record<string, unknown>) => void };

function TakeOut({ action, put }: PartProps) {
  return (
    <div className={classes.two}>
      <SequencesField
        value={texts(action.emailer_campaign_ids)}
        onChange={(ids) => put({ emailer_campaign_ids: ids.length > 0 ? ids : undefined })}
      />
      <Select
        label={t("How")}
        data={[
          { value: "mark_as_finished", label: t("Mark as finished") },
          { value: "stop", label: t("Stop with a reason") },
          { value: "remove", label: t("Remove from the sequence") },
        ]}
        value={text(action.mode)}
        allowDeselect={false}
        onChange={(mode) => put({ mode })}
      />
      {action.mode === "stop" && (
        <TextInput
          label={t("Reason")}
          maxLength={200}
          value={text(action.stop_reason)}
          onChange={({ currentTarget }) => put({ stop_reason: currentTarget.value })}
        />
      )}
    </div>
  );
}

function Task({ action, put }: PartProps) {
  return (
    <>
      <div className={classes.two}>
        <Select
          label={t("Task type")}
          data={KIND_CHOICES.map(({ value, label }) => ({ value, label }))}
          value={text(action.task_type)}
          allowDeselect={false}
          onChange={(task_type) => put({ task_type })}
        />
        <Select
          label={t("Priority")}
          data={[
            { value: "high", label: t("High") },
            { value: "medium", label: t("Medium") },
            { value: "low", label: t("Low") },
          ]}
          value={text(action.priority)}
          allowDeselect={false}
          onChange={(priority) => put({ priority })}
        />
        <OnePerson
          label={t("Assigned to")}
          none={t("Record owner")}
          value={text(action.user_id)}
          onChange={(user_id) => put({ user_id })}
        />
        <NumberInput
          label={t("Due in hours")}
          placeholder={t("Now")}
          min={0}
          max={8760}
          allowDecimal={false}
          value={figure(action.due_in_hours)}
          onChange={(value) => put({ due_in_hours: typeof value === "number" ? value : undefined })}
        />
      </div>
      <TextInput
        label={t("Task title")}
        maxLength={1000}
        value={text(action.title)}
        onChange={({ currentTarget }) => put({ title: currentTarget.value })}
      />
      <Textarea
        label={t("Note")}
        description={sayVariables()}
        autosize
        minRows={2}
        maxLength={5000}
        value={text(action.note)}
        onChange={({ currentTarget }) => put({ note: currentTarget.value })}
      />
    </>
  );
}

function Deal({ action, put }: PartProps) {
  const { data: stages = [] } = useQuery(dealStagesQuery);
  return (
    <>
      <TextInput
        label={t("Name")}
        description={sayVariables()}
        maxLength={200}
        value={text(action.name)}
        onChange={({ currentTarget }) => put({ name: currentTarget.value || undefined })}
      />
      <div className={classes.two}>
        <NumberInput
          label={t("Amount")}
          min={0}
          value={figure(action.amount)}
          onChange={(value) => put({ amount: typeof value === "number" ? value : undefined })}
        />
        <Select
          label={t("Stage")}
          placeholder={t("First stage")}
          clearable
          data={stages.map(({ id, name }) => ({ value: id, label: name }))}
          value={text(action.opportunity_stage_id) || null}
          onChange={(opportunity_stage_id) => put({ opportunity_stage_id })}
        />
        <OnePerson
          label={t("Owner")}
          none={t("Record owner")}
          value={text(action.owner_id)}
          onChange={(owner_id) => put({ owner_id })}
        />
        <NumberInput
          label={t("Closes in days")}
          min={0}
          max={3650}
          allowDecimal={false}
          value={figure(action.closes_in_days)}
          onChange={(value) => put({ closes_in_days: typeof value === "number" ? value : undefined })}
        />
      </div>
    </>
  );
}
