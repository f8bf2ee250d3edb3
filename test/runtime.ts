import { createRequire, registerHooks } from "node:module";
import { constants, setPriority } from "node:os";
import { relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const { default: JestRuntime } = require("jest-runtime") as typeof import("jest-runtime");

/**
 * Tests and what supports them are loaded anew for each file of tests; what ships, packages and the sandbox,
 * which hold nothing between two uses, once for a process.
 */
const TESTS = new URL("./", import.meta.url);
const SHARED = new URL("./sandbox/", import.meta.url);
const ANEW = /\.(test|long)\.ts$/;
/** The parameter of an address that tells for which file of tests a module is loaded. */
const FOR = "for";
const GLOBALS = "jest-globals:";

/** What `@jest/globals` is to each file of tests that this process has run. */
const globals = new Map<string, object>();
Object.assign(globalThis, { [Symbol.for(GLOBALS)]: globals });

// A worker of pyready yields to others: what tests it must not be before it.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

registerHooks({
  resolve(specifier, context, next) {
    const file = context.parentURL && new URL(context.parentURL).searchParams.get(FOR);
    if (!file) return next(specifier, context);
    if (specifier === "@jest/globals") return { url: addressFor(file, GLOBALS), format: "module", shortCircuit: true };
    const found = next(specifier, context);
    return isAnew(found.url) ? { ...found, url: addressFor(file, found.url) } : found;
  },
  load(url, context, next) {
    if (!url.startsWith(GLOBALS)) return next(url, context);
    const file = new URL(url).searchParams.get(FOR) ?? "";
    const names = Object.keys(globals.get(file) ?? {}).join(", ");
    const source = `export const { ${names} } = globalThis[Symbol.for("${GLOBALS}")].get(${JSON.stringify(file)});`;
    return { source, format: "module", shortCircuit: true };
  },
});

function isAnew(url: string): boolean {
  return url.startsWith(TESTS.href) && (ANEW.test(url) || !url.startsWith(SHARED.href));
}

function addressFor(file: string, url: string): string {
  const address = new URL(url);
  address.searchParams.set(FOR, file);
  return address.href;
}

/** What `expect` asks of values whether they are one: the code under test and Jest have to mean the same. */
const constructors = Object.entries(Object.getOwnPropertyDescriptors(globalThis)).flatMap(([name, { value }]) =>
  /^[A-Z]/.test(name) && typeof value === "function" ? [[name, value] as const] : [],
);

/**
 * Jest's runtime, except that Node itself imports the tests: as what ships runs, and each module of it once for
 * all files of tests that a process runs. Jest's own way links the whole catalogue anew for every file.
 */
class NativeRuntime extends JestRuntime {
  readonly #isWatching: boolean;

  constructor(...args: ConstructorParameters<typeof JestRuntime>) {
    super(...args);
    const [, environment, , , , , , globalConfig] = args;
    Object.assign(environment.global, Object.fromEntries(constructors));
    this.#isWatching = globalConfig.watch || globalConfig.watchAll;
  }

  /** Imports a file of tests. Under --watch Jest does: what changed has to be loaded again. */
  override async unstable_importModule(path: string, name?: string): Promise<unknown> {
    if (this.#isWatching) return super.unstable_importModule(path, name);
    const file = relative(fileURLToPath(TESTS), path);
    globals.set(file, this.requireModuleOrMock(path, "@jest/globals"));
    return import(addressFor(file, pathToFileURL(path).href));
  }
}

export { NativeRuntime as "module.exports" };
