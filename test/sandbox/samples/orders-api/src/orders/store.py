"""Orders in memory, until the database is there."""

from itertools import count

from pydantic import BaseModel


class Order(BaseModel):
    number: int | None = None
    article: str
    count: int


class Store:
    def __init__(self) -> None:
        self._numbers = count(1)
        self._orders: dict[int, Order] = {}
        self._stock = {"tea": 40, "cups": 12}

    def in_stock(self, article: str, wanted: int) -> bool:
        return 0 < wanted <= self._stock.get(article, 0)

    def add(self, order: Order) -> Order:
        number = next(self._numbers)
        kept = order.model_copy(update={"number": number})
        self._orders[number] = kept
        self._stock[order.article] -= order.count
        return kept

    def find(self, number: int) -> Order | None:
        return self._orders.get(number)
