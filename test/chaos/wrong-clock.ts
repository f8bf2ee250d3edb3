/**
 * Loaded into a process before anything else, it puts its clock wrong: by so many milliseconds at first, and by
 * so many after ten seconds. What measures time without the clock goes on as it was.
 */
const [first = 0, then = first] = (process.env.CLOCK_OFFSETS_MS ?? "").split(",").map(Number);
const startedAt = performance.now();
const RightDate = Date;

function now(): number {
  return RightDate.now() + (performance.now() - startedAt < 10_000 ? first : then);
}

globalThis.Date = new Proxy(RightDate, {
  construct: (target, given, newTarget) => Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
  apply: () => new RightDate(now()).toString(),
  get: (target, key) => (key === "now" ? now : Reflect.get(target, key)),
});
