// The record of processing activities that article 30 of the GDPR asks of a company.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { etag } from "../etags.ts";
import * as fields from "../fields.ts";

const own = {
  controller: fields.text(2000),
  data_protection_officer: fields.text(2000),
  purposes: fields.text(5000),
  transfers: fields.text(5000),
  security_measures: fields.text(5000),
};

export const processingRecord = z.strictObject({
  controller: z.string(),
  data_protection_officer: z.string(),
  purposes: z.string(),
  transfers: z.string(),
  security_measures: z.string(),
  lawful_basis_field_id: fields.id.nullable(),
  updated_at: fields.stamp.nullable(),
  sections: z.array(z.strictObject({ title: z.string(), lines: z.array(z.string()) })),
  etag: etag(),
});

const output = z.strictObject({ processing_record: processingRecord });

export const processingRecords = {
  show: endpoint({
    method: "GET",
    path: "/processing_record",
    scope: "processing_record/show",
    access: "admin",
    effect: "read",
    summary: "Show the record of processing (GDPR article 30)",
    description: "`sections` is the whole record: your own texts, and what the team's data and settings say.",
    input: z.object({}),
    output,
  }),

  update: endpoint({
    method: "PATCH",
    path: "/processing_record",
    scope: "processing_record/update",
    access: "admin",
    effect: "write",
    summary: "Change your own texts in the record of processing",
    ifMatch: { record: processingRecord },
    input: z.object({
      controller: own.controller.optional(),
      data_protection_officer: own.data_protection_officer.optional(),
      purposes: own.purposes.optional(),
      transfers: own.transfers.optional(),
      security_measures: own.security_measures.optional(),
      lawful_basis_field_id: fields.id.nullish().describe("A picklist field of contacts"),
    }),
    output,
  }),

  file: endpoint({
    method: "GET",
    path: "/processing_record/file",
    scope: "processing_record/file",
    access: "admin",
    effect: "read",
    isFile: true,
    summary: "Download the record of processing as a page",
    input: z.object({}),
    output: z.unknown(),
  }),
};
