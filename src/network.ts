import { readFileSync } from "node:fs";
import { setGlobalProxyFromEnv } from "node:http";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { SettingsError } from "./settings.ts";

/**
 * Sends this process's requests the way that the environment names: through `HTTPS_PROXY` and
 * `HTTP_PROXY` but for hosts in `NO_PROXY`, trusting the authorities in `NODE_EXTRA_CA_CERTS` too. Node
 * heeds these by itself only where they were set before it started, and the proxies only when told to.
 * @throws SettingsError
 */
export function useNetworkOf(environment: Readonly<Record<string, string | undefined>>): void {
  const file = environment.NODE_EXTRA_CA_CERTS;
  if (file) trust(file);
  try {
    setGlobalProxyFromEnv({ ...environment });
  } catch {
    // The address may hold a password.
    throw new SettingsError(["HTTPS_PROXY or HTTP_PROXY is no address."]);
  }
}

function trust(file: string): void {
  try {
    setDefaultCACertificates([...getCACertificates("default"), readFileSync(file, "utf8")]);
  } catch {
    throw new SettingsError([`NODE_EXTRA_CA_CERTS names ${file}, which cannot be read as certificates in PEM.`]);
  }
}
