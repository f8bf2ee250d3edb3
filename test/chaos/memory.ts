import { readFileSync } from "node:fs";

/** The memory of a process in MB, now or at its peak, as the kernel counts it; 0 where it has ended. */
export function memoryOf(pid: number, figure: "VmHWM" | "VmRSS"): number {
  try {
    const line = readFileSync(`/proc/${pid}/status`, "utf8")
      .split("\n")
      .find((one) => one.startsWith(figure));
    return Number(/\d+/.exec(line ?? "")?.[0] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
