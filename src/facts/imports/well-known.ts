/**
 * Top-level modules that come from an index for certain, most under another name than their
 * distribution's. Of any other module a path or a generator may be the origin.
 */
const MODULES = new Set(
  `Crypto Cryptodome OpenSSL PIL PyQt5 PyQt6 aiohttp airflow alembic anthropic apscheduler arrow asyncpg attr
   authlib aws_cdk aws_lambda_powertools azure bcrypt bokeh boto boto3 botocore bottle bs4 cachetools celery
   certifi chalice click cryptography cv2 cx_Oracle dagster dash dask datasets dateutil dbt discord django
   dns docker docx dotenv duckdb elasticsearch falcon fastapi fastmcp feedparser fitz flask flask_cors
   flask_sqlalchemy gensim geopandas git github google gradio graphene grpc gunicorn h5py httpx huggingface_hub
   hypothesis ibm_db influxdb jax jinja2 joblib jose jsonschema jwt kafka keras kubernetes langchain langchain_core
   ldap3 lightgbm loguru lxml magic marshmallow matplotlib mcp mlflow motor msal mysql MySQLdb networkx nltk numba
   numpy oauthlib odoo openai openpyxl opentelemetry orjson pandas paramiko passlib peewee pendulum pika playwright
   plotly polars prefect prometheus_client psutil psycopg psycopg2 pyarrow pydantic pydantic_settings pymongo pymysql
   pyodbc pyspark pytest pytz pytorch_lightning quart ray redis regex requests rest_framework rich ruamel sanic scipy
   scrapy seaborn selenium sentry_sdk serial setuptools shapely simplejson six sklearn slack_sdk slugify snowflake socketio spacy
   sqlalchemy sqlmodel starlette statsmodels streamlit strands stripe structlog tabulate telegram tenacity tensorflow
   tiktoken tomli tornado torch torchvision tqdm transformers twilio twisted typer ujson urllib3 uvicorn uvloop watchdog
   websocket websockets werkzeug xgboost xlrd yaml zmq zope`.split(/\s+/),
);

/** True for a module, or one below a shared namespace, that nobody writes for one repository. */
export function isWellKnown(module: string): boolean {
  return MODULES.has(module.split(".", 1)[0] ?? "");
}
