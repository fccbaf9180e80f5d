// Who is calling, in whose name, and whether they may.

import type { RefusalEntry } from "./entry.ts";

export const calling = {
  invalid_api_key: {
    status: 401,
    plain: true,
    says: "Invalid API key. See https://docs.apollo.io/reference/authentication for how to authenticate.",
  },
  api_key_required: {
    status: 422,
    says: "Api key required",
    fix: "Send the key in the x-api-key header.",
  },
  not_signed_in: { status: 401, says: "You are not signed in.", fix: "Sign in and try again." },
  wrong_sign_in: { status: 401, says: "Email or password is wrong." },
  too_many_sign_ins: {
    status: 429,
    asMessage: true,
    says: "Too many sign-in attempts. Try again in {seconds} seconds.",
  },
  scope_missing: {
    status: 403,
    forbids: true,
    errorCode: "API_INACCESSIBLE",
    says: "This API key is not authorized to access {scope}. Request an API key from your administrator that includes this endpoint in its configured scope.",
    fix: "Create a key that includes “{call}” under Settings, API keys.",
  },
  invalid_access_token: {
    status: 401,
    errorCode: "INVALID_ACCESS_TOKEN",
    challenge: 'Bearer error="invalid_token"',
    says: "The access token is invalid, has expired or was revoked.",
    fix: "Get a new one with the refresh token, or ask the user to authorize the application again.",
  },
  token_scope_missing: {
    status: 403,
    forbids: true,
    errorCode: "API_INACCESSIBLE",
    challenge: 'Bearer error="insufficient_scope"',
    says: "This access token is not authorized to access {scope}. Ask for a scope that includes this endpoint.",
  },
  admin_only: { status: 403, forbids: true, says: "Only an admin of the team can do this." },
  operator_only: { status: 403, forbids: true, says: "Only the operator of this installation can do this." },
  foreign_origin: {
    status: 403,
    says: "This request did not come from a page of Cadenza.",
    fix: "From a program, send an API key instead of a browser session.",
  },
  application_unknown: {
    status: 404,
    says: "No application with this client_id is registered here.",
    fix: "Go back to the application and connect it again.",
  },
  redirect_not_registered: {
    status: 422,
    says: "The redirect_uri is not one that the application has registered.",
  },
  redirect_uri_refused: { status: 400, oauth: "invalid_redirect_uri", says: "{uri} {why}." },
  client_metadata_refused: { status: 400, oauth: "invalid_client_metadata", says: "{why}." },
  registration_closed: {
    status: 403,
    oauth: "access_denied",
    says: "Applications cannot register themselves here. Ask an admin of the team to add the application.",
  },
  client_refused: {
    status: 401,
    oauth: "invalid_client",
    challenge: 'Basic realm="Cadenza"',
    says: "The client is unknown, or its secret is wrong.",
  },
  grant_refused: { status: 400, oauth: "invalid_grant", says: "{why}." },
  grant_type_unknown: {
    status: 400,
    oauth: "unsupported_grant_type",
    says: "grant_type must be authorization_code or refresh_token.",
  },
  scope_refused: {
    status: 400,
    oauth: "invalid_scope",
    says: "{scope} was not granted, or is not a scope.",
  },
  resource_unknown: {
    status: 400,
    oauth: "invalid_target",
    says: "{resource} is not a resource of this server.",
  },
  too_many_tries: {
    status: 429,
    oauth: "temporarily_unavailable",
    says: "Too many attempts. Try again in {seconds} seconds.",
  },
} as const satisfies Record<string, RefusalEntry>;
