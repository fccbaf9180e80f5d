import type {
  IAuthenticateGeneric,
  ICredentialTestRequest,
  ICredentialType,
  INodeProperties,
} from "n8n-workflow";

export class CadenzaApi implements ICredentialType {
  name = "cadenzaApi";

  displayName = "Cadenza API";

  icon = { light: "file:../icons/cadenza.svg", dark: "file:../icons/cadenza.dark.svg" } as const;

  documentationUrl = "https://cadenza.example/n8n";

  properties: INodeProperties[] = [
    {
      displayName: "URL",
      name: "baseUrl",
      type: "string",
      default: "http://localhost:3000",
      required: true,
      description: "Address of the server, without /api",
    },
    {
      displayName: "API Key",
      name: "apiKey",
      type: "string",
      typeOptions: { password: true },
      default: "",
      required: true,
      description:
        "Create it under Settings, API keys. The trigger needs a master key or an admin's key; the other node needs permission for its operations",
    },
  ];

  authenticate: IAuthenticateGeneric = {
    type: "generic",
    properties: { headers: { "x-api-key": "={{$credentials.apiKey}}" } },
  };

  test: ICredentialTestRequest = {
    request: { baseURL: '={{$credentials.baseUrl.trim().replace(/\\/+$/, "")}}', url: "/api/v1/auth/health" },
    rules: [
      {
        type: "responseSuccessBody",
        properties: {
          key: "is_logged_in",
          value: false,
          message:
            "The server does not accept this key. Check that it belongs to this server and is not revoked.",
        },
      },
    ],
  };
}
