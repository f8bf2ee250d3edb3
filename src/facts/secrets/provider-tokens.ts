import { hasBase62Checksum } from "./checksums.ts";

/** A credential in the format of the one that issues it. */
export interface ProviderToken {
  readonly kind: string;
  /** Where it is revoked. */
  readonly revokeAt: string;
  /** What it begins with, as a regular expression: no secret in itself. */
  readonly head: string;
  /** What follows; the group is the part that was drawn at random. */
  readonly rest: string;
  /** Tells a token from a text of the same shape, where the issuer gave it a checksum. */
  readonly isValid?: (random: string) => boolean;
  /** True for one that ends by itself within hours. */
  readonly isShortLived?: true;
}

const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

/** Sources: the issuers' documentation, and the formats that https://github.com/gitleaks/gitleaks lists. */
export const PROVIDER_TOKENS: readonly ProviderToken[] = [
  {
    kind: "GitHub token",
    revokeAt: "github.com/settings/tokens",
    head: "gh[pour]_",
    rest: "([A-Za-z0-9]{36})",
    isValid: hasBase62Checksum,
  },
  {
    kind: "GitHub installation token",
    revokeAt: "the App's settings",
    head: "ghs_",
    rest: "([A-Za-z0-9]{36})",
    isValid: hasBase62Checksum,
    isShortLived: true,
  },
  {
    kind: "GitHub fine-grained token",
    revokeAt: "github.com/settings/personal-access-tokens",
    head: "github_pat_",
    rest: "([A-Za-z0-9]{22}_[A-Za-z0-9]{59})",
  },
  { kind: "GitLab token", revokeAt: "GitLab's page of access tokens", head: "glpat-", rest: "([\\w-]{20})" },
  {
    kind: "PyPI token",
    revokeAt: "pypi.org/manage/account",
    // What every macaroon of pypi.org begins with.
    head: "pypi-AgEIcHlwaS5vcmc",
    rest: "([\\w-]{50,1000})",
  },
  {
    kind: "npm token",
    revokeAt: "npmjs.com, Access Tokens",
    head: "npm_",
    rest: "([A-Za-z0-9]{36})",
    isValid: hasBase62Checksum,
  },
  {
    kind: "Stripe live key",
    revokeAt: "dashboard.stripe.com/apikeys",
    head: "[rs]k_live_",
    rest: "([A-Za-z0-9]{24,247})",
  },
  {
    kind: "Slack token",
    revokeAt: "api.slack.com/apps",
    head: "xox[abeoprs]-",
    rest: "(?:\\d-)?\\d{9,14}-(?:\\d{9,14}-){0,2}([A-Za-z0-9]{24,64})",
  },
  {
    kind: "Slack app token",
    revokeAt: "api.slack.com/apps",
    head: "xapp-",
    rest: "\\d-A[A-Z0-9]{8,12}-\\d{9,14}-([a-f0-9]{64})",
  },
  {
    kind: "Slack webhook",
    revokeAt: "api.slack.com/apps",
    head: "hooks\\.slack\\.com/services/",
    rest: "T[A-Z0-9]{7,12}/B[A-Z0-9]{7,12}/([A-Za-z0-9]{24})",
  },
  {
    kind: "OpenAI key",
    revokeAt: "platform.openai.com/api-keys",
    head: "sk-",
    rest: "(?:proj-|svcacct-|admin-)?([\\w-]{20,100}T3BlbkFJ[\\w-]{20,100})",
  },
  {
    kind: "Anthropic key",
    revokeAt: "console.anthropic.com/settings/keys",
    head: "sk-ant-",
    rest: "(?:api|admin|oat)\\d\\d-([\\w-]{93}AA)",
  },
  { kind: "Hugging Face token", revokeAt: "huggingface.co/settings/tokens", head: "hf_", rest: "([A-Za-z]{34})" },
  {
    kind: "SendGrid key",
    revokeAt: "app.sendgrid.com/settings/api_keys",
    head: "SG\\.",
    rest: "([\\w-]{22}\\.[\\w-]{43})",
  },
  {
    kind: "DigitalOcean token",
    revokeAt: "cloud.digitalocean.com/account/api/tokens",
    head: "do[opr]_v1_",
    rest: "([a-f0-9]{64})",
  },
  {
    kind: "Plaid access token",
    revokeAt: "Plaid's /item/access_token/invalidate",
    head: "access-production-",
    rest: `(${UUID})`,
  },
  {
    kind: "Azure storage key",
    revokeAt: "the storage account's access keys",
    head: "AccountKey=",
    rest: "([A-Za-z0-9+/]{86}==)",
  },
  {
    kind: "Azure shared access key",
    revokeAt: "the shared access policies of the Azure resource",
    head: "SharedAccessKey=",
    rest: "([A-Za-z0-9+/]{43}=)",
  },
];

/** The storage emulator has one key, and everybody knows it. */
export const KNOWN_TO_ALL = /^Eby8vdM02x/;
