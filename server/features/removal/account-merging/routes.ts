import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { customFieldsOf } from "../../contacts/accounts/finding.ts";
import { presentAccount } from "../../contacts/accounts/present.ts";
import { mergeIntoAccount } from "./commands.ts";

export const routes = [
  route(contract.accounts.merge, async ({ input, ...act }) => {
    const { account, merged } = await mergeIntoAccount(act, input.winner_id, input.loser_ids);
    const fields = await customFieldsOf(act, [account.id]);
    return { account: presentAccount(account, fields.get(account.id)), merged_account_ids: merged };
  }),
];
