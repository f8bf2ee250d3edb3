/** Small projects that say how they are set up, for the rules that judge settings. */

/** A program that points Django at its settings, and at a class of them. */
export const pointing = (module: string, configuration?: string) =>
  `import os\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "${module}")\n${
    configuration ? `os.environ.setdefault("DJANGO_CONFIGURATION", "${configuration}")\n` : ""
  }`;
export const requirements = { "requirements.txt": "django\ngunicorn\n" };
/** What makes a module the settings of Django. */
export const apps = 'INSTALLED_APPS = ["shop.cart"]\n';
/** A project with one module of settings. */
export const single = (text: string) => ({
  ...requirements,
  "manage.py": pointing("shop.settings"),
  "shop/wsgi.py": pointing("shop.settings"),
  "shop/settings.py": `import os\n${text}\n${apps}`,
});
/** An application of Flask. */
export const flask = (text: string, more: Readonly<Record<string, string>> = {}) => ({
  "requirements.txt": "flask\ngunicorn\n",
  "shop/app.py": `from flask import Flask\n\napp = Flask(__name__)\n${text}`,
  ...more,
});
/** An image with these lines. */
export const image = (...lines: readonly string[]) => `FROM python:3.14-slim\n${lines.join("\n")}\n`;
