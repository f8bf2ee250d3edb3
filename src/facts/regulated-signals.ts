import { dependencies } from "./dependencies.ts";
import { defineFact, type UnreadFile } from "./fact.ts";
import { sourceImports } from "./source-imports.ts";

/** What hints that regulated data is handled: a signal, never a verdict. */
export interface RegulatedSignal {
  readonly about: "payments" | "health" | "identity";
  readonly name: string;
  readonly path: string;
  readonly line: number;
}

export interface RegulatedSignals {
  readonly signals: readonly RegulatedSignal[];
  readonly unread: readonly UnreadFile[];
}

const DISTRIBUTIONS: Readonly<Record<RegulatedSignal["about"], RegExp>> = {
  payments:
    /^(stripe|dj-stripe|plaid-python|braintree|adyen|squareup|paypalrestsdk|paypal-checkout-serversdk|paypal-server-sdk|dwollav2|razorpay|mollie-api-python|checkout-sdk|authorizenet|gocardless-pro|django-payments)$/,
  health: /^(fhir-resources|fhir-core|fhirclient|fhirpy|fhirpathpy|hl7|hl7apy|python-hl7|pydicom|pynetdicom|medcat)$/,
  identity: /^(onfido-python|complyadvantage|sumsub|python-jumio|persona-python|opensanctions|yente)$/,
};
const MODULES: Readonly<Record<RegulatedSignal["about"], readonly string[]>> = {
  payments: [
    "stripe",
    "djstripe",
    "plaid",
    "braintree",
    "Adyen",
    "squareup",
    "paypalrestsdk",
    "paypalcheckoutsdk",
    "dwollav2",
    "razorpay",
    "mollie",
    "checkout_sdk",
    "authorizenet",
    "gocardless_pro",
  ],
  health: ["fhir.resources", "fhirclient", "fhirpy", "hl7", "hl7apy", "pydicom", "pynetdicom"],
  identity: ["onfido", "opensanctions"],
};
const ABOUT = ["payments", "health", "identity"] as const;

/** Signs of payments, health data and checks of identity: what is declared to run with, and what is imported. */
export const regulatedSignals = defineFact({
  uses: { dependencies, sourceImports },
  combine: ({ uses }): RegulatedSignals => {
    const written = uses.dependencies.manifests.filter(({ isCompiled }) => !isCompiled);
    const declared = ABOUT.flatMap((about) =>
      written.flatMap(({ path, declarations }) =>
        declarations
          .filter(({ name, group }) => group === "runtime" && DISTRIBUTIONS[about].test(name))
          .map(({ name, line }) => ({ about, name, path, line })),
      ),
    );
    const imported = ABOUT.flatMap((about) =>
      uses.sourceImports
        .of(...MODULES[about])
        .filter(({ isOptional }) => !isOptional)
        .map(({ name, path, line }) => ({ about, name: name.split(".")[0] ?? name, path, line })),
    );
    return {
      signals: [...declared, ...imported],
      unread: [...uses.dependencies.unread, ...uses.sourceImports.unread],
    };
  },
});
