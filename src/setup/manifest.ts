/** What GitHub's manifest flow is given. */
export interface AppManifest {
  readonly name: string;
  readonly url: string;
  readonly description: string;
  readonly public: boolean;
  readonly hook_attributes: { readonly url: string; readonly active: boolean };
  readonly redirect_url: string;
  readonly default_permissions: Readonly<Record<string, string>>;
  readonly default_events: readonly string[];
}

/** The App's settings with the addresses of this installation: of its webhook, and of the page that GitHub returns to. */
export function manifestFor(
  app: Readonly<Record<string, unknown>>,
  {
    name,
    webhookUrl,
    redirectUrl,
  }: { readonly name: string; readonly webhookUrl: string; readonly redirectUrl: string },
): AppManifest {
  return {
    name,
    url: String(app.url),
    description: String(app.description),
    public: app.public === true,
    hook_attributes: { url: webhookUrl, active: true },
    redirect_url: redirectUrl,
    default_permissions: app.default_permissions as Readonly<Record<string, string>>,
    default_events: app.default_events as readonly string[],
  };
}

/** What GitHub gives for the code that it returns with. */
export interface Registration {
  readonly id: number;
  readonly slug: string;
  readonly html_url: string;
  readonly pem: string;
  readonly webhook_secret: string;
}

/** The registration as lines of `.env`; the key is in base64, because it has line ends. */
export function environmentOf({ id, pem, webhook_secret }: Registration, gheHost: string | undefined): string {
  const lines = [
    `APP_ID=${id}`,
    `PRIVATE_KEY=${Buffer.from(pem).toString("base64")}`,
    `WEBHOOK_SECRET=${webhook_secret}`,
  ];
  if (gheHost) lines.push(`GHE_HOST=${gheHost}`);
  return `${lines.join("\n")}\n`;
}
