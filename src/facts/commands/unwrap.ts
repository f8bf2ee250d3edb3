/** Wrappers that run the command behind them, with the options that take a value. */
const WRAPPERS: readonly { readonly start: readonly string[]; readonly valued?: RegExp }[] = [
  { start: ["sudo"], valued: /^-(u|g|p)$/ },
  { start: ["env"], valued: /^-(u|C)$/ },
  { start: ["time"] },
  { start: ["nice"], valued: /^-n$/ },
  { start: ["timeout"] },
  { start: ["xvfb-run"], valued: /^(-s|--server-args|-n|-e|-f)$/ },
  { start: ["dbus-run-session"] },
  {
    start: ["uv", "run"],
    valued:
      /^(--group|--extra|--with|--python|-p|--only-group|--no-group|--package|--directory|--project|--env-file|--with-requirements|--index|--resolution)$/,
  },
  { start: ["uvx"], valued: /^(--from|--with|--python|-p)$/ },
  { start: ["uv", "tool", "run"], valued: /^(--from|--with|--python|-p)$/ },
  { start: ["pipx", "run"], valued: /^(--spec|--python)$/ },
  { start: ["poetry", "run"] },
  { start: ["pipenv", "run"] },
  { start: ["pdm", "run"], valued: /^(-p|--project|-e)$/ },
  { start: ["hatch", "run"] },
  { start: ["hatch", "env", "run"], valued: /^(--env|-e)$/ },
  { start: ["rye", "run"] },
  { start: ["pixi", "run"], valued: /^(-e|--environment|--manifest-path)$/ },
  { start: ["conda", "run"], valued: /^(-n|-p|--name|--prefix)$/ },
  { start: ["micromamba", "run"], valued: /^(-n|-p|--name|--prefix)$/ },
  { start: ["mise", "exec"] },
  { start: ["wait-for-it"], valued: /^(-t|--timeout|-h|-p)$/ },
  { start: ["with-contenv"] },
  { start: ["dbus-launch"] },
  { start: ["setsid"] },
  { start: ["stdbuf"] },
  { start: ["xargs"] },
  { start: ["doppler", "run"] },
  { start: ["dotenv", "run"] },
  { start: ["coverage", "run"], valued: /^(--rcfile|--source|--omit|--include|--context|--data-file|--concurrency)$/ },
];
/** Python by any name: of a folder, of a version, or of a variable called after it. */
const PYTHON =
  /^(?:.*[/}])?(?:python|pypy)(?:[\d.]+|\$.*)?(?:\.exe)?$|^\$[({]?\w{0,40}PY(?:THON)?\w{0,40}[)}]?$|^py$/is;
const COMPUTED = /^\$/;

/** A command without what only wraps it: `uv run python -m pytest -q` is `pytest -q`. */
export function unwrap(words: readonly string[]): readonly string[] {
  let rest = [...words];
  for (let steps = 0; steps < 12; steps++) {
    const program = rest.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
    if (program !== 0) rest = program < 0 ? [] : rest.slice(program);
    const python = PYTHON.test(rest[0] ?? "") || (COMPUTED.test(rest[0] ?? "") && rest[1] === "-m");
    const next = python ? withoutPython(rest) : withoutWrapper(rest);
    if (!next || next.length === 0) return rest;
    rest = next;
  }
  return rest;
}

function withoutPython(words: readonly string[]): string[] | undefined {
  let at = 1;
  while (/^-[bBdEiIOqsSuvx]+$|^-[WX]/.test(words[at] ?? "")) at += /^-[WX]$/.test(words[at] ?? "") ? 2 : 1;
  return words[at] === "-m" ? words.slice(at + 1) : undefined;
}

function withoutWrapper(words: readonly string[]): string[] | undefined {
  const wrapper = WRAPPERS.find(({ start }) => start.every((word, index) => words[index] === word));
  if (!wrapper) return undefined;
  let at = wrapper.start.length;
  // The module of `coverage run -m pytest` is the command; so is `python -m`.
  while (words[at]?.startsWith("-")) {
    const option = words[at++] ?? "";
    if (option === "--" || option === "-m" || option === "--module") break;
    if (!option.includes("=") && wrapper.valued?.test(option)) at++;
  }
  if (wrapper.start[0] === "timeout") at++;
  // Hatch chooses a row of its matrix: `hatch run +py=3.13 test:all`.
  while (wrapper.start[0] === "hatch" && /^[+-]\w+=/.test(words[at] ?? "")) at++;
  return words.slice(at);
}
