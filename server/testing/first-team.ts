// The only team there is, with an admin: its admins may do what otherwise only the operator may.

import { tokenIn, type World } from "./world.ts";

export async function firstTeam({ operator, client }: World) {
  const owner = { id: "", email: "ines@example.no", password: "a long sentence is a good password" };
  const { invitation_url } = await operator.users.invite({ email: owner.email, role: "admin" });
  const token = tokenIn(invitation_url);
  const { user } = await client().invitations.accept({
    token,
    name: "Ines Okafor",
    password: owner.password,
  });
  return { api: operator, owner: { ...owner, id: user.id } };
}
