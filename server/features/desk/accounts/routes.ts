import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { withoutBlanks } from "../../../kernel/omit-empty.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { customFieldsOf, getAccount, knownOrganization } from "../../contacts/accounts/finding.ts";
import {
  presentAccount,
  presentCreatedAccount,
  presentOwner,
  presentShownAccount,
  presentUnread,
  presentUnreadRows,
} from "../../contacts/accounts/present.ts";
import { presentLabel } from "../../contacts/labels/present.ts";
import { labelsOf } from "../../contacts/labels/store.ts";
import { presentBulkUpdate } from "../../events/progress/present.ts";
import { readAccountChange, readAll, readOne, readRow } from "../../saving/accounts/account-input.ts";
import {
  changeAccount,
  changeAccounts,
  changeAccountsLater,
  createAccount,
  createAccounts,
  deleteAccount,
} from "../../saving/accounts/commands.ts";

const { accounts } = contract;

export const routes = [
  route(accounts.create, async ({ input, ...act }) => {
    const asked = await readOne(act, input);
    const { account, fieldErrors } = await createAccount(act, asked);
    const fields = await customFieldsOf(act, [account.id]);
    return { account: presentAccount(account, fields.get(account.id), fieldErrors, presentUnread(asked)) };
  }),

  route(accounts.get, async ({ input, ...act }) => {
    const account = await getAccount(act, input.id);
    const fields = await customFieldsOf(act, [account.id]);
    return {
      account: presentShownAccount(
        account,
        fields.get(account.id) ?? {},
        await knownOrganization(act, account),
      ),
      salesforce_users: [],
      hubspot_owners: [],
    };
  }),

  route(accounts.update, async ({ input, ...act }) => {
    const asked = await readOne(act, input);
    const { account, fieldErrors } = await changeAccount(act, input.id, asked);
    const fields = await customFieldsOf(act, [account.id]);
    const labels = await labelsOf(act.db, act.caller.teamId, "accounts", [account.id]);
    return {
      account: presentAccount(account, fields.get(account.id), fieldErrors, presentUnread(asked)),
      labels: labels.map(presentLabel),
    };
  }),

  route(accounts.bulkCreate, async ({ input, ...act }) => {
    const rows = input.accounts ?? input.accounts_with_labels;
    if (!rows || rows.length === 0) throw new Refusal("accounts_missing");
    if (rows.length > 100) throw new Refusal("accounts_too_many");
    const asked = await readAll(act, rows);
    const { created, existing } = await createAccounts(act, {
      rows: asked,
      labelNames: input.append_label_names ?? [],
      dedupe: input.run_dedupe,
    });
    return {
      created_accounts: created.map(presentCreatedAccount),
      existing_accounts: existing.map(presentCreatedAccount),
      field_errors: presentUnreadRows(asked),
    };
  }),

  route(accounts.bulkUpdate, async ({ input, ...act }) => {
    const ids = [...new Set(input.account_ids ?? [])];
    const rows = input.account_attributes ?? input.accounts?.map(withoutBlanks) ?? [];
    if (ids.length === 0 && rows.length === 0) throw new Refusal("account_changes_missing");
    if (ids.length > 1000 || rows.length > 1000) throw new Refusal("account_changes_too_many");
    if (input.async && ids.length === 0) throw new Refusal("async_not_permitted");
    const alike = readAccountChange(input);
    if (input.async) return presentBulkUpdate(await changeAccountsLater(act, ids, alike));

    const changes =
      ids.length > 0
        ? ids.map((id) => ({ id, asked: alike }))
        : rows.map((row) => ({ id: row.id, asked: readRow(row) }));
    const changed = await changeAccounts(act, changes);
    const fields = await customFieldsOf(
      act,
      changed.map(({ id }) => id),
    );
    const askedOf = new Map(changes.map(({ id, asked }) => [id, asked]));
    return {
      accounts: changed.map((account) => {
        const asked = askedOf.get(account.id) ?? {};
        const full = presentAccount(account, fields.get(account.id));
        const unread = presentUnread(asked);
        return {
          id: full.id,
          ...(asked.name !== undefined && { name: full.name }),
          ...(asked.domain !== undefined && { domain: full.domain }),
          ...(asked.phone !== undefined && { phone: full.phone }),
          ...(asked.ownerId !== undefined && { owner_id: full.owner_id }),
          ...(asked.accountStageId !== undefined && { account_stage_id: full.account_stage_id }),
          ...(asked.fields !== undefined && { typed_custom_fields: full.typed_custom_fields }),
          ...(Object.keys(unread).length > 0 && { field_errors: unread }),
        };
      }),
    };
  }),

  route(accounts.updateOwners, async ({ input, ...act }) => {
    const asked = { ownerId: input.owner_id };
    const ids = [...new Set(input.account_ids)];
    const changed = await changeAccounts(
      act,
      ids.map((id) => ({ id, asked })),
    );
    return { accounts: changed.map(presentOwner) };
  }),

  route(accounts.delete, async ({ input, ...act }) => {
    await deleteAccount(act, input.id);
    return { account: { id: input.id, deleted: true as const } };
  }),
];
