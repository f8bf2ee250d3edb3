from fastapi.testclient import TestClient

from orders.api import app

client = TestClient(app)


def test_an_order_is_kept() -> None:
    created = client.post("/orders", json={"article": "tea", "count": 2})
    assert created.status_code == 201
    assert client.get(f"/orders/{created.json()['number']}").json()["article"] == "tea"


def test_what_is_not_in_stock_cannot_be_ordered() -> None:
    assert client.post("/orders", json={"article": "gold", "count": 1}).status_code == 409
