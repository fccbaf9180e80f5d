import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { readProfile, setProfile } from "./commands.ts";

export const routes = [
  route(contract.sandbox.profile, async (act) => present(await readProfile(act))),

  route(contract.sandbox.setProfile, async ({ input, ...act }) =>
    present(await setProfile(act, { isStrict: input.strict, plan: input.plan ?? null })),
  ),
];

const present = ({ isStrict, plan }: Awaited<ReturnType<typeof readProfile>>) => ({ strict: isStrict, plan });
