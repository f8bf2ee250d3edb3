/** The version of the rules: year, month, and the number of the release in it. Raised whenever an outcome may change. */
export const ruleSetVersion = "2026.11.1";
