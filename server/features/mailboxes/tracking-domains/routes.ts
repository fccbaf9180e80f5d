import { contract } from "@cadenza/contract";
import { route, routeWithBefore, type VisitRoute } from "../../../http/route.ts";
import {
  addTrackingDomain,
  changeTrackingDomain,
  lookAtOne,
  noteLook,
  removeTrackingDomain,
} from "./commands.ts";
import { PROOF_PATH } from "./looking.ts";
import { presentTrackingDomain } from "./present.ts";
import { findTrackingDomain, listTrackingDomains, type TrackingDomain } from "./store.ts";

type Scene = { app: { config: { publicUrl: string } } };

const ID = /^[0-9a-f]{24}$/;

const one = ({ app }: Scene, row: TrackingDomain) => ({
  tracking_domain: presentTrackingDomain(row, app.config.publicUrl),
});

export const routes = [
  route(contract.trackingDomains.list, async ({ db, caller, app }) => ({
    tracking_domains: (await listTrackingDomains(db, caller.teamId)).map((row) =>
      presentTrackingDomain(row, app.config.publicUrl),
    ),
  })),

  route(contract.trackingDomains.create, async ({ input, ...act }) =>
    one(act, await addTrackingDomain(act, { domain: input.domain, isDefault: input.default })),
  ),

  route(contract.trackingDomains.update, async ({ input, ...act }) =>
    one(act, await changeTrackingDomain(act, input.id, input.default)),
  ),

  route(contract.trackingDomains.destroy, async ({ input, ...act }) =>
    one(act, await removeTrackingDomain(act, input.id)),
  ),

  routeWithBefore(
    contract.trackingDomains.check,
    ({ app, caller, input }) => lookAtOne(app, caller, input.id),
    async ({ before, ...act }) => one(act, await noteLook(act, before)),
  ),
];

/** Says to a program that asks by the domain's name that this installation knows it. */
export const visits: VisitRoute[] = [
  {
    name: "tracking_domain/proof",
    path: `${PROOF_PATH}/:team/:id`,
    methods: ["GET", "HEAD"],
    async handle({ app, params: { team = "", id = "" } }) {
      const isKnown =
        ID.test(team) && ID.test(id) && (await app.db.inTeam(team, (db) => findTrackingDomain(db, team, id)));
      const type = "text/plain; charset=utf-8";
      return isKnown ? { status: 200, type, body: id } : { status: 404, type, body: "Not found.\n" };
    },
  },
];
