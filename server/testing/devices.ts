// Devices that are notified: only a signed-in user has some.

import type { Team, World } from "./world.ts";

let made = 0;

/** What a browser tells of itself. No push service listens there, and none is needed. */
export function newDevice() {
  made += 1;
  return {
    endpoint: `https://push.example.invalid/${made}`,
    p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    auth: "BTBZMqHH6r4Tts7J_aSIgg",
  };
}

export function devicesOf(world: Pick<World, "signIn">, team: Team) {
  const signedIn = () => world.signIn(team.owner.email, team.owner.password);
  return {
    owner: async () => ({ cookie: (await signedIn()).cookie }),
    /** The oldest goes first: a user has ten at most. */
    async make() {
      const { api } = await signedIn();
      const { push_subscriptions } = await api.pushSubscriptions.list();
      const [oldest] = push_subscriptions;
      if (oldest && push_subscriptions.length > 8) await api.pushSubscriptions.delete({ id: oldest.id });
      return (await api.pushSubscriptions.create(newDevice())).push_subscription.id;
    },
  };
}
