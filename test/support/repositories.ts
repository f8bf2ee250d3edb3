import type { GitFiles } from "../sandbox/git-objects.ts";

const prose = "Orders takes the shop's orders over HTTP, checks them against the stock and hands them on. ".repeat(5);

/** A small service that is in good order. */
export const healthy: GitFiles = {
  "README.md": `# Orders\n\n${prose}\n`,
  "pyproject.toml":
    '[build-system]\nrequires = ["hatchling"]\n[project]\nname = "orders"\ndependencies = ["fastapi"]\n',
  "src/orders/api.py": "from fastapi import FastAPI\n\napp = FastAPI()\n",
};

/** The same with a README that says nothing. */
export const poor: GitFiles = { ...healthy, "README.md": "# Orders\n" };
