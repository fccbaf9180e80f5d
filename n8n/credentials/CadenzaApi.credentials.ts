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
      description: "Where the server answers, without /api",
    },
    {
      displayName: "API Key",
      name: "apiKey",
      type: "string",
      typeOptions: { password: true },
      default: "",
      required: true,
      description:
        "Made under Settings, API keys. The trigger needs a key for everything, or one of an admin; the other node what it does",
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
            "The server answers, but does not know this key. Check that it is of this server and was not revoked.",
        },
      },
    ],
  };
}
