import { z } from "zod";
import { sequence } from "../apollo/sequence.ts";
import { template } from "../apollo/templates.ts";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const input = z.object({ id: fields.id });
const starredSequence = z.strictObject({ emailer_campaign: sequence });
const starredTemplate = z.strictObject({ emailer_template: template });

export const stars = {
  starSequence: endpoint({
    method: "POST",
    path: "/emailer_campaigns/{id}/star",
    scope: "emailer_campaigns/star",
    access: "scoped",
    effect: "write",
    summary: "Star a sequence for the caller",
    input,
    output: starredSequence,
  }),

  unstarSequence: endpoint({
    method: "POST",
    path: "/emailer_campaigns/{id}/unstar",
    scope: "emailer_campaigns/unstar",
    access: "scoped",
    effect: "write",
    summary: "Remove the caller's star from a sequence",
    input,
    output: starredSequence,
  }),

  starTemplate: endpoint({
    method: "POST",
    path: "/emailer_templates/{id}/star",
    scope: "emailer_templates/star",
    access: "scoped",
    effect: "write",
    summary: "Star a template for the caller",
    input,
    output: starredTemplate,
  }),

  unstarTemplate: endpoint({
    method: "POST",
    path: "/emailer_templates/{id}/unstar",
    scope: "emailer_templates/unstar",
    access: "scoped",
    effect: "write",
    summary: "Remove the caller's star from a template",
    input,
    output: starredTemplate,
  }),
};
