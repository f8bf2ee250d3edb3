/** The name of the check run: what a branch's protection asks for. */
export const CHECK_NAME = "pyready";
