"""The HTTP API of the orders service."""

from fastapi import FastAPI, HTTPException

from orders.store import Order, Store

app = FastAPI(title="Orders")
store = Store()


@app.get("/healthz")
def healthz() -> dict[str, str]:
    return {"status": "ok"}


@app.post("/orders", status_code=201)
def create(order: Order) -> Order:
    if not store.in_stock(order.article, order.count):
        raise HTTPException(status_code=409, detail="not in stock")
    return store.add(order)


@app.get("/orders/{number}")
def show(number: int) -> Order:
    order = store.find(number)
    if order is None:
        raise HTTPException(status_code=404, detail="no such order")
    return order
